"""The general manager adds a district and its manager, who logs in by the link handed over; a leave
entered at the desk is in the hours that the next plan has; steps are tried before they hold."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from crm.rules.access import OPERATOR
from crm.store.people import people
from crm.store.plans import plans
from field_api.sample import MALTA
from field_api.services.planning.problem import cycle_task
from tests.journeys.axe import violations
from tests.journeys.desk.seat import TABLET

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = "/desk/administration"
NEXT_CYCLE = MALTA.last_day + timedelta(days=1)
AWAY = date(2027, 1, 11), date(2027, 1, 12)
SENTENCE = "a long new sentence"


def test_a_district_and_its_manager_who_logs_in_by_her_link(seat, browser):
    grace = seat("grace")
    page = grace.page
    grace.open(f"{ROOT}/organisation")
    page.fill("#district-code", "NORTH")
    page.fill("#district-name", "The North")
    page.click("text=Make the district")
    expect(page.locator(".district", has_text="The North")).to_be_visible()

    grace.open(f"{ROOT}/people/new")
    page.fill("#username", "nora")
    page.fill("#name", "Nora North")
    page.select_option("#role", "district_manager")
    expect(page.locator("#rep_code")).to_be_hidden()
    page.select_option("#district_code", "NORTH")
    page.click("text=Add, and make the link")
    link = page.locator("[data-copied]").input_value()
    assert "/new-password#" in link
    assert violations(page) == []

    context = browser.new_context(viewport=TABLET)
    nora = context.new_page()
    nora.goto(link)
    nora.fill("#password", SENTENCE)
    nora.click("button.main")
    nora.locator("#done").wait_for()
    nora.goto(f"{grace.url}/login?next=%2Fdesk")
    nora.fill("#username", "nora")
    nora.fill("#password", SENTENCE)
    nora.click("form button.main")
    nora.wait_for_url(f"{grace.url}/desk")
    expect(nora.locator(".me")).to_have_text("Nora North")
    context.close()


def test_a_leave_is_in_the_hours_of_the_next_plan(seat, service):
    before = hours(service)
    grace = seat("grace", viewport=TABLET)
    page = grace.page
    grace.open(f"{ROOT}/calendars")
    page.select_option("#leave-rep", "R1")
    page.fill("#leave-first", AWAY[0].isoformat())
    page.fill("#leave-last", AWAY[1].isoformat())
    page.click("text=Note the leave")
    expect(page.locator("#leave tbody tr")).to_have_count(1)
    days, available_s = hours(service)
    assert days == before[0] - 2
    assert available_s < before[1]

    page.click("text=Take away")
    expect(page.locator("#leave .empty")).to_be_visible()
    assert hours(service) == before


def test_steps_say_what_they_mean_before_they_hold(seat):
    grace = seat("grace")
    page = grace.page
    grace.open(f"{ROOT}/procedures/strike_out")
    page.locator("[data-name=decides]").select_option("general_manager")
    expect(page.locator("#explained")).to_contain_text("General manager decides within 2 days")
    expect(page.locator("#explained [role=alert]")).to_contain_text("who is not above")
    page.locator("[data-name=after]").select_option("chairman")
    page.click("text=Add a step")
    page.locator("[data-name=decides]").nth(1).select_option("general_manager")
    expect(page.locator("#explained [role=alert]")).to_contain_text("named twice")
    page.locator("[data-remove]").nth(1).click()
    expect(page.locator("#explained [role=alert]")).to_have_count(0)
    page.fill("#reason", "Decided by the board")
    page.click("text=Set these steps")
    expect(page.locator("text=the company's own").first).to_be_visible()
    assert violations(page) == []


def hours(service) -> tuple[int, int]:
    """Working days and seconds that R1 has in the cycle after the sample's."""
    database = service.database()
    with database.reading() as session:
        rep = people.get_rep(session, OPERATOR, "R1")
        facts = plans.facts_of(session, OPERATOR, rep, before=NEXT_CYCLE)
    database.close()
    task = cycle_task(
        facts, first_day=NEXT_CYCLE, last_day=NEXT_CYCLE + timedelta(days=27), country="MT"
    )
    workdays = task.problem.reps[0].workdays
    return len(workdays), sum(day.end_s - day.begin_s for day in workdays)
