"""Customers at the desk: narrowed, kept as a view, changed many at once and taken back; a card that
two people edit at once; the people at a customer's and how they stand to each other."""

import pytest
from playwright.sync_api import expect
from sqlmodel import col, select

from crm.models import Customer
from tests.journeys.axe import violations

pytestmark = pytest.mark.browser
LIST = "/desk/customers"


@pytest.fixture
def codes(service):
    """Customers of the district in order of name, the first one under a name that is code."""
    database = service.database()
    with database.writing() as session:
        rows = session.exec(select(Customer).order_by(col(Customer.name))).all()
        rows[0].name = "  <script>alert(1)</script> ${1} =cmd()"
        found = [row.code for row in rows if row.grade == "A"]
    database.close()
    return found


def channels(service, codes):
    database = service.database()
    with database.reading() as session:
        rows = session.exec(select(Customer).where(col(Customer.code).in_(codes))).all()
        found = {row.code: row.channel for row in rows}
    database.close()
    return found


def test_narrowed_kept_changed_and_taken_back(seat, service, codes):
    before = channels(service, codes)
    carmen = seat("carmen")
    page = carmen.page
    carmen.open(LIST)
    assert violations(page) == []
    usual = page.viewport_size
    for width in (1280, 1024, 820, 640, 360):
        page.set_viewport_size({"width": width, "height": usual["height"]})
        wide, seen = page.locator("#list .scroll").evaluate("n => [n.scrollWidth, n.clientWidth]")
        assert wide <= seen, f"scrolls sideways at {width} px"
    expect(page.locator(".unseen-columns")).to_be_visible()
    page.set_viewport_size({"width": 820, "height": usual["height"]})
    page.get_by_role("link", name="Map", exact=True).click()
    map_box, rows_box = page.locator("#list iframe.map"), page.locator("#list .scroll")
    expect(map_box).to_be_visible()  # above the rows that it shows: nobody looks for it below them
    assert map_box.bounding_box()["y"] < rows_box.bounding_box()["y"]
    page.get_by_role("link", name="Without map").click()
    expect(map_box).to_have_count(0)
    page.set_viewport_size(usual)
    page.select_option('select[name="grade"]', "A")
    page.wait_for_url("**grade=A**")
    expect(page.locator("tbody .choice input").first).to_be_visible()
    expect(page.locator("#list b").first).to_contain_text(f"{len(codes)} of")

    page.click('button[popovertarget="save-view"]')
    page.fill("#view-name", "All A")
    page.click("#save-view button.main")
    view = page.get_by_role("link", name="All A")
    expect(view).to_be_visible()

    page.check("#choose-page")
    page.select_option('#bulk select[name="kind"]', "channel")
    page.fill('#bulk [data-kind="channel"] input', "key accounts")
    assert violations(page) == []
    page.click("#bulk button.main")
    page.wait_for_url("**/all/changes/*")
    assert channels(service, codes) == before
    expect(page.locator("main")).to_contain_text("Nothing is changed yet.")
    assert violations(page) == []
    page.click(".actions button.main")
    expect(page.locator(".actions button")).to_have_text("Undo")
    assert set(channels(service, codes).values()) == {"key accounts"}
    page.click(".actions button")
    page.wait_for_url(f"**{LIST}")
    assert channels(service, codes) == before

    page.get_by_role("link", name="All A").click()
    page.wait_for_url("**grade=A**")
    page.fill("#q", "nobody of this name")
    page.press("#q", "Enter")
    expect(page.locator("#list .empty")).to_be_visible()


def test_a_card_that_two_people_edit_at_once(seat, codes):
    carmen, grace = seat("carmen"), seat("grace")
    for one in (carmen, grace):
        one.open(f"{LIST}/{codes[0]}")
        one.page.click('button[popovertarget="edit"]')
    assert violations(carmen.page) == []
    carmen.page.fill("#card-contact_name", "Ms Borg")
    carmen.page.click("#edit button.main")
    expect(carmen.page.locator("#base")).to_contain_text("Ms Borg")

    grace.page.fill("#card-contact_phone", "+356 2100 0000")
    grace.page.fill("#card-contact_name", "Mr Vella")
    grace.page.click("#edit button.main")
    clash = grace.page.locator("#clash")
    expect(clash).to_contain_text("Carmen changed this customer meanwhile.")
    expect(clash).to_contain_text("Ms Borg")
    expect(grace.page.locator("#card-contact_phone")).to_have_value("+356 2100 0000")
    clash.get_by_role("button", name="Save mine over it").click()
    expect(grace.page.locator("#base")).to_contain_text("Mr Vella · +356 2100 0000")
    expect(grace.page.locator("#changes")).to_contain_text("Ms Borg")


def test_people_and_how_they_stand_to_each_other(seat, codes):
    carmen = seat("carmen")
    page = carmen.page
    carmen.open(f"{LIST}/{codes[0]}")
    there = page.locator("#people .lines").first.locator("li").count()
    for name in ("Ms Borg", "<b>Mr Vella</b>"):
        page.click('button[popovertarget="person-new"]')
        page.fill("#person-new-name", name)
        page.click("#person-new button.main")
        expect(page.locator("#people")).to_contain_text(name)
    page.click('button[popovertarget="relation"]')
    page.select_option("#relation-person", label="<b>Mr Vella</b>")
    page.select_option("#relation-other", label="Ms Borg")
    page.click("#relation button.main")
    expect(page.locator("svg.relations")).to_contain_text("reports to")
    assert violations(page) == []
    assert page.locator("#people .lines").first.locator("li").count() == there + 2


def test_the_confidential_file_opens_for_the_general_manager_with_a_reason(seat, codes):
    carmen, grace = seat("carmen"), seat("grace")
    carmen.open(f"{LIST}/{codes[0]}")
    expect(carmen.page.locator("#confidential-file")).to_have_count(0)
    carmen.page.click('button[popovertarget="fact"]')
    carmen.page.fill("#fact-topic", "credit")
    carmen.page.fill("#fact-content", "Two banks have said no")
    carmen.page.check('#fact input[name="confidential"]')
    carmen.page.click("#fact button.main")
    carmen.page.wait_for_load_state("load")
    expect(carmen.page.locator("main")).not_to_contain_text("Two banks")
    grace.open(f"{LIST}/{codes[0]}")
    grace.page.fill("#open-reason", "The yearly contract")
    grace.page.click("#confidential-file button")
    expect(grace.page.locator("#confidential")).to_contain_text("Two banks have said no")
