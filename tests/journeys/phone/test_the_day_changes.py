"""The day changes under way: looked at, then accepted; without a network, reckoned on the phone."""

import pytest
from sqlmodel import select

from crm.models import DayChange, VisitReport
from crm.rules.reports import is_valid_visit
from crm.vocabulary import DayChangeState, VisitOutcome
from field_api.sample import malta as sample

pytestmark = pytest.mark.browser
DAY = sample.FIRST_DAY.isoformat()


def kept(service, model):
    database = service.database()
    with database.reading() as session:
        found = session.exec(select(model)).all()
    database.close()
    return found


def changes_kept(service):
    return kept(service, DayChange)


def tap(phone, words: str) -> None:
    phone.page.get_by_role("button", name=words, exact=True).click()


def told(phone) -> None:
    """The rest of the day is shown."""
    phone.page.wait_for_selector(".home")


def test_a_closed_customer_is_one_tap_a_look_and_a_yes(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    before = phone.stops()
    phone.page.get_by_text("Something changed").click()
    with phone.page.expect_request("**/changes") as asked:
        tap(phone, "Closed")
    told(phone)
    assert asked.value.post_data_json["standing"]["position"] == {"lat": 35.951, "lon": 14.415}
    assert "Home at" in phone.page.inner_text(".home")
    assert "Your report goes with it: Closed." in phone.page.inner_text("main")
    assert changes_kept(service) == []
    tap(phone, "Leave it")
    phone.page.wait_for_selector(".stops:not(.rest) .stop")
    assert phone.stops() == before
    assert changes_kept(service) == []
    assert kept(service, VisitReport) == []

    phone.open(f"#/customer/{DAY}/{before[0]}")
    tap(phone, "Closed")
    told(phone)
    tap(phone, "Accept")
    phone.page.wait_for_selector(".stops:not(.rest) .stop")
    phone.until("here => !here", lambda: before[0] in phone.stops())
    (change,) = changes_kept(service)
    assert change.state is DayChangeState.ACCEPTED
    assert phone.count("outbox") == 0
    (report,) = kept(service, VisitReport)
    assert report.outcome is VisitOutcome.CLOSED
    assert report.distance_m is not None
    assert not is_valid_visit(report.outcome, report.checked_out_at)
    assert "Closed" in phone.page.locator("li.cancelled", has_text="put off").inner_text()
    later = [day for day in phone.value_of_all("days") if day["date"] > DAY]
    moved = [s for day in later for s in day["stops"] if s["customer"]["code"] == before[0]]
    assert all(stop["reports"] == [] for stop in moved)  # it is still to be visited


def test_without_a_network_the_phone_reckons_and_the_service_is_asked_later(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    before = phone.stops()
    phone.offline()
    phone.open(f"#/customer/{DAY}/{before[0]}")
    tap(phone, "Nobody there")
    told(phone)
    assert "Provisional." in phone.page.inner_text("main")
    tap(phone, "Accept")
    phone.page.wait_for_selector(".stops:not(.rest) .stop")
    assert phone.page.locator(".stop.missed").count() == 1
    assert phone.stops()[0] == before[0]
    assert "2 waiting to be sent" in phone.page.inner_text("#state")
    assert len([one for one in phone.value_of_all("outbox") if one["kind"] == "report"]) == 1

    phone.offline(False)
    phone.page.get_by_role("link", name="Look at it again").click()
    told(phone)
    assert "Provisional." not in phone.page.inner_text("main")
    assert changes_kept(service) == []
    tap(phone, "Accept")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    (change,) = changes_kept(service)
    assert change.kind == "no_show"
    (report,) = kept(service, VisitReport)
    assert report.outcome is VisitOutcome.NOT_MET
    assert report.planned_visit_id.startswith(before[0])


def test_a_visit_begun_becomes_the_report_of_a_closed_customer(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    code = phone.stops()[0]
    phone.open(f"#/report/{DAY}/{code}")
    phone.page.wait_for_selector("form.report")
    phone.page.fill("#notes", "Shutters down")
    phone.offline()
    phone.open(f"#/customer/{DAY}/{code}")
    tap(phone, "Closed")
    told(phone)
    tap(phone, "Accept")
    phone.page.wait_for_selector(".stop.missed")
    assert phone.count("drafts") == 0
    phone.offline(False)
    phone.until("n => n === 1", lambda: phone.count("outbox"))  # the change, to be looked at again
    (report,) = kept(service, VisitReport)
    assert (report.outcome, report.first_line) == (VisitOutcome.CLOSED, "Shutters down")
    phone.open(f"#/customer/{DAY}/{code}")
    phone.page.wait_for_selector("dl.facts")
    assert phone.page.get_by_role("button", name="Plan the rest of the day again").count() == 0


def test_an_accepted_change_waits_for_the_network_and_arrives_once(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    phone.open(f"#/changes/{DAY}")
    tap(phone, "15 min")
    told(phone)
    phone.offline()
    phone.page.get_by_role("button", name="Accept").or_(
        phone.page.get_by_role("button", name="Ask for it")
    ).click()
    phone.page.wait_for_selector(".stops:not(.rest) .stop")
    assert "1 waiting to be sent" in phone.page.inner_text("#state")
    phone.offline(False)
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    assert len(changes_kept(service)) == 1


def test_an_urgent_customer_is_found_by_name_and_comes_in(phone, service):
    phone.log_in("maria")
    phone.until_in_touch()
    today = set(phone.stops())
    later = phone.page.evaluate(ANOTHER_DAYS_CUSTOMER, [DAY, sorted(today)])
    for off in (True, False):
        phone.offline(off)
        phone.open(f"#/changes/{DAY}")
        phone.page.fill("#urgent", later["name"])
        phone.page.locator(".found button").first.click()
        told(phone)
        assert later["name"] in phone.page.inner_text(".stops.rest")
        assert ("Provisional." in phone.page.inner_text("main")) is off


ANOTHER_DAYS_CUSTOMER = """async ([today, codes]) => {
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open("callcycle");
    asked.onsuccess = () => resolve(asked.result);
  });
  const asked = db.transaction("days").objectStore("days").getAll();
  await new Promise((resolve) => { asked.onsuccess = resolve; });
  db.close();
  const stops = asked.result.filter((day) => day.date !== today).flatMap((day) => day.stops);
  return stops.map((stop) => stop.customer).find((card) => !codes.includes(card.code));
}"""
