"""A rep's report arrives while the manager reads; it is sent back and comes corrected; a customer
who moved is decided on the map, and two managers do not decide twice."""

import pytest
from sqlmodel import select

from crm.models import Approval, Customer, VisitReport
from crm.vocabulary import ApprovalState
from field_api.sample import malta as sample
from tests.journeys.axe import violations
from tests.journeys.desk.seat import TABLET
from tests.journeys.phone.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAY = sample.FIRST_DAY.isoformat()
ASK_NOW = "document.dispatchEvent(new Event('visibilitychange'))"
HOSTILE = "<img src=x onerror=alert(1)> ${7*7} 要新的冰柜"


@pytest.fixture
def phone(browser, service):
    one = Phone(browser, service.url)
    one.log_in("maria")
    one.until_in_touch()
    yield one
    thrown = one.thrown
    one.close()
    assert not thrown


def rows(service, table):
    database = service.database()
    with database.reading() as session:
        found = session.exec(select(table)).all()
    database.close()
    return found


def sent(phone):
    phone.until("n => n === 0", lambda: phone.count("outbox"))


def test_a_report_arrives_is_sent_back_and_comes_corrected(seat, phone, service):
    first, second, *_ = phone.stops()
    phone.visit(f"#/report/{DAY}/{first}", said="Wants crates", photos=1, promise="Sample sheet")
    sent(phone)
    carmen = seat("carmen", locale="en-GB").page
    carmen.goto(f"{service.url}/desk/reports")
    carmen.keyboard.press("j")
    carmen.keyboard.press("Enter")
    carmen.wait_for_selector("#open .deciding")
    carmen.fill("#comment", "Which crates?")

    phone.visit(f"#/report/{DAY}/{second}", said=HOSTILE)  # while she reads and writes
    sent(phone)
    carmen.evaluate(ASK_NOW)
    carmen.get_by_text("1 new report").wait_for()
    assert carmen.input_value("#comment") == "Which crates?"

    (other,) = [str(one.id) for one in rows(service, VisitReport) if str(one.id) not in carmen.url]
    carmen.get_by_role("button", name="Send back").click()
    carmen.wait_for_url(f"**/desk/reports/{other}")  # the next to read
    assert HOSTILE in carmen.inner_text("#open")
    assert violations(carmen) == []

    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.open("#/follow-ups")
    phone.page.get_by_text("Carmen: Which crates?").wait_for()
    phone.page.get_by_text("Reports to correct").wait_for()
    phone.page.locator("a[href^='#/mending/']").click()
    phone.page.wait_for_selector("form.report")
    phone.page.fill("#notes", "Wants blue crates")
    phone.page.fill("#reason", "Named the crates")
    phone.page.get_by_text("Send the correction").click()
    sent(phone)

    carmen.goto(f"{service.url}/desk/reports?q=blue")
    carmen.locator("#list li a").first.click()
    carmen.get_by_text("Version 2").wait_for()
    assert "Wants blue crates" in carmen.inner_text("#open .changes")
    carmen.locator("a[data-large]").click()
    carmen.wait_for_selector("#large[open] img")
    carmen.keyboard.press("Escape")
    carmen.get_by_role("button", name="Reviewed, next").click()
    carmen.get_by_text("The report is reviewed.").wait_for()


def test_a_customer_who_moved_is_decided_on_the_map(seat, phone, service):
    first, *_ = phone.stops()
    phone.open(f"#/correction/{DAY}/{first}")
    phone.page.get_by_text("The place is where I stand").click()
    phone.page.get_by_text("The place will be proposed").wait_for()
    phone.page.fill("#note", "Moved down the street")
    phone.page.get_by_text("Propose it").click()
    sent(phone)
    (asked,) = [one for one in rows(service, Approval) if one.state is ApprovalState.OPEN]
    carmen = seat("carmen", viewport=TABLET).page
    grace = seat("grace").page
    for page in (carmen, grace):
        page.goto(f"{service.url}/desk/decisions/{asked.id}")
        page.wait_for_selector("#open .deciding")
    frame = carmen.frame_locator("iframe.map")
    frame.locator("body[data-ready=yes]").wait_for(state="attached")
    assert frame.locator(".panel li").count() == 3
    assert violations(carmen) == []

    carmen.get_by_role("button", name="Approve").click()
    carmen.get_by_text("Approved.").wait_for()
    (customer,) = [one for one in rows(service, Customer) if one.code == first]
    assert round(customer.lat, 4) == 35.9509

    grace.fill("#comment", "No")
    grace.get_by_role("button", name="Refuse").click()
    grace.get_by_text("This was decided already").wait_for()
    assert grace.input_value("#comment") == "No"


def test_a_promise_is_moved_handed_over_and_kept(seat, phone, service):
    first, *_ = phone.stops()
    phone.visit(f"#/report/{DAY}/{first}", said="x", photos=1, promise="A very special sheet")
    sent(phone)
    carmen = seat("carmen").page
    carmen.goto(f"{service.url}/desk/promises?q=very+special")
    carmen.locator("#list li a").first.click()
    carmen.get_by_role("heading", name="A very special sheet").wait_for()
    assert violations(carmen) == []
    carmen.get_by_text("Move the due day").click()
    carmen.fill("#due", "2026-12-24")
    carmen.get_by_role("button", name="Move it").click()
    carmen.get_by_text("say why that day is moved").wait_for()
    carmen.fill("#move-reason", "The printer is late")
    carmen.get_by_role("button", name="Move it").click()
    carmen.get_by_text("The promise is due on another day.").wait_for()
    assert "The printer is late" in carmen.inner_text("#open")
    carmen.get_by_text("Hand over", exact=True).click()
    carmen.fill("#hand-reason", "On leave")
    carmen.get_by_role("button", name="Hand it over").click()
    carmen.get_by_text("The promise is handed over").wait_for()
    carmen.fill("#evidence", "Signed by the owner")
    carmen.locator("input[name=photo]").first.check()
    carmen.get_by_role("button", name="Close as kept").click()
    carmen.get_by_text("The promise is kept.").wait_for()
    assert carmen.locator("#open .photos img").count() == 1
