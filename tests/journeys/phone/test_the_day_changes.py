"""The day changes under way: looked at, then accepted; without a network, reckoned on the phone."""

import pytest
from sqlmodel import select

from crm.models import DayChange
from crm.vocabulary import DayChangeState
from field_api.sample import malta as sample

pytestmark = pytest.mark.browser
DAY = sample.FIRST_DAY.isoformat()


def changes_kept(service):
    database = service.database()
    with database.reading() as session:
        found = session.exec(select(DayChange)).all()
    database.close()
    return found


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
    tap(phone, "Closed")
    told(phone)
    assert "Home at" in phone.page.inner_text(".home")
    assert changes_kept(service) == []
    tap(phone, "Leave it")
    phone.page.wait_for_selector(".stops:not(.rest) .stop")
    assert phone.stops() == before
    assert changes_kept(service) == []

    phone.open(f"#/customer/{DAY}/{before[0]}")
    tap(phone, "Closed")
    told(phone)
    tap(phone, "Accept")
    phone.page.wait_for_selector(".stops:not(.rest) .stop")
    phone.until("here => !here", lambda: before[0] in phone.stops())
    (kept,) = changes_kept(service)
    assert kept.state is DayChangeState.ACCEPTED
    assert phone.count("outbox") == 0


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
    assert phone.page.locator(".stop.cancelled").count() == 1
    assert phone.stops()[-1] == before[0]
    assert "1 waiting to be sent" in phone.page.inner_text("#state")

    phone.offline(False)
    phone.page.get_by_role("link", name="Look at it again").click()
    told(phone)
    assert "Provisional." not in phone.page.inner_text("main")
    assert changes_kept(service) == []
    tap(phone, "Accept")
    phone.until("n => n === 0", lambda: phone.count("outbox"))
    (kept,) = changes_kept(service)
    assert kept.kind == "no_show"


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
