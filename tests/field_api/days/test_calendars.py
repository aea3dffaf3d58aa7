"""A rep's route in calendar programs: who may fetch it, and what a program reads."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from crm.models import AuditEntry, CalendarFeed, Customer, CyclePlan, PlannedVisit, Rep, User
from crm.vocabulary import PlanState
from tests.field_api.world import API, MONDAY, NOW, publish

OWN = f"{API}/my/calendar-feed"


def path_of(answer):
    assert answer.status_code == 201
    return answer.json()["url"].removeprefix("http://testserver")


def fetched(world, path, **headers):
    return world.client().get(path, headers=headers)


def events(world, path):
    answer = fetched(world, path)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


@pytest.fixture
def path(world):
    return path_of(world.client("rep1").post(OWN))


def again(world, on=MONDAY, **changes):
    """A newer plan of R1's takes the place of the one there is."""
    with world.database.writing() as session:
        old = session.exec(select(CyclePlan).where(CyclePlan.state == PlanState.PUBLISHED)).one()
        old.state = PlanState.REPLACED
        visit = session.exec(select(PlannedVisit)).first()
        plan = publish(session, old.rep_id, visit.customer_id)
        plan.published_at = NOW + timedelta(hours=1)
        (row,) = session.exec(select(PlannedVisit).where(PlannedVisit.plan_id == plan.id))
        row.date = on
        for name, value in changes.items():
            setattr(row, name, value)


def change(world, model, **values):
    with world.database.writing() as session:
        row = session.exec(select(model).order_by(col(model.id)).limit(1)).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_an_event_as_a_program_reads_it(world, path):
    change(world, Customer, street="1 Strait Street", postcode="VLT 1436", city="Valletta")
    answer = fetched(world, path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert (calendar["version"], calendar["calscale"]) == ("2.0", "GREGORIAN")
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 11, 30, 7, 45, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 11, 30, 8, 25, tzinfo=UTC)
    assert event.decoded("dtstamp") == NOW
    assert (event["summary"], event["location"]) == (
        "Customer C1",
        "1 Strait Street, VLT 1436, Valletta",
    )
    assert (event["description"], event["status"]) == ("key customer care", "CONFIRMED")
    assert event["sequence"] == 0
    assert event["dtstart"].params["TZID"] == "Europe/Malta"
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Malta"
    offsets = {part["tzoffsetto"].td for part in zone.subcomponents}
    assert offsets == {timedelta(hours=1), timedelta(hours=2)}


def test_the_same_visit_keeps_its_identity_and_counts_its_moves(world, path):
    (before,) = events(world, path)
    again(world, on=MONDAY + timedelta(days=1))
    (after,) = events(world, path)
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstart") - before.decoded("dtstart") == timedelta(days=1)
    again(world, on=MONDAY + timedelta(days=1))
    assert events(world, path)[0]["sequence"] == 1


def test_a_dropped_visit_is_told_as_cancelled_for_a_while(world, path):
    (before,) = events(world, path)
    again(world, visit_id="C1/2", on=date(2026, 12, 24))
    told = {event["uid"]: event for event in events(world, path)}
    assert told[before["uid"]]["status"] == "CANCELLED"
    assert told[before["uid"]]["sequence"] == 1
    assert [e["status"] for uid, e in told.items() if uid != before["uid"]] == ["CONFIRMED"]
    world.now = NOW + timedelta(days=40)
    assert [e["status"] for e in events(world, path)] == ["CONFIRMED"]


def test_visits_of_long_ago_leave_the_calendar(world, path):
    world.now = NOW + timedelta(days=28)
    assert len(events(world, path)) == 1
    world.now = NOW + timedelta(days=29)
    assert events(world, path) == []


@pytest.mark.parametrize(
    "name",
    [
        '<b>Bar</b> & "Co"',
        "两行\n和\r\nEND:VEVENT\rBEGIN:VALARM",
        "a;b,c\\n",
        "😀" * 60,
        "\x0b\x07x\x7f",
    ],
)
def test_any_name_stays_one_property(world, path, name):
    change(world, Customer, name=name)
    content = fetched(world, path).content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["summary"] == "".join(c if c.isprintable() else " " for c in name).strip()
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any(byte < 32 for line in lines for byte in line)


def test_nothing_confidential_is_told(world, path):
    change(world, Customer, contact_name="Ms Borg", contact_phone="+356 1", trade="bakery")
    text = fetched(world, path).text
    assert "Borg" not in text
    assert "+356" not in text


def test_what_has_not_changed_is_not_sent_again(world, path):
    first = fetched(world, path)
    assert first.headers["last-modified"] == "Mon, 30 Nov 2026 09:00:00 GMT"
    world.now = NOW + timedelta(hours=5)
    again_ = fetched(world, path, **{"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert (again_.status_code, again_.content) == (304, b"")
    change(world, Customer, name="Renamed")
    assert fetched(world, path, **{"If-None-Match": first.headers["etag"]}).status_code == 200


def test_a_new_address_ends_the_one_before(world, path):
    newer = path_of(world.client("rep1").post(OWN))
    assert [fetched(world, p).status_code for p in (path, newer)] == [404, 200]
    assert world.client("rep1").delete(OWN).status_code == 204
    gone = fetched(world, newer)
    assert (gone.status_code, gone.json()["code"]) == (404, "feed_not_found")
    assert world.client("rep1").delete(OWN).status_code == 204


def test_a_closed_account_and_a_rep_who_left_have_no_calendar(world, path):
    change(world, User, active=False)
    assert fetched(world, path).status_code == 404
    change(world, User, active=True)
    assert fetched(world, path).status_code == 200
    change(world, Rep, active=False)
    assert fetched(world, path).status_code == 404


def test_a_manager_has_an_address_of_an_own_rep_until_the_rep_is_anothers(world, path):
    managers = path_of(world.client("malta").post(f"{API}/reps/R1/calendar-feed"))
    assert len(events(world, managers)) == 1
    assert fetched(world, path).status_code == 200
    change(world, Rep, district_id=2)
    assert fetched(world, managers).status_code == 404


def test_only_a_hash_of_the_secret_is_kept_and_giving_it_is_recorded(world, path):
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) >= 43
    with world.database.reading() as session:
        feed = session.exec(select(CalendarFeed)).one()
        assert secret not in str(feed.model_dump())
        entry = session.exec(select(AuditEntry).where(AuditEntry.noun == "calendar_feed")).one()
        assert (entry.action, entry.actor, entry.details) == ("give", "Rep1", {"rep": "R1"})


def test_words_are_in_the_accounts_language(world, path):
    change(world, User, lang="zh")
    (event,) = events(world, path)
    assert event["description"] == "重点维护" or "客户" in event["description"]


def test_the_address_is_the_one_the_settings_name(database):
    from tests.field_api.world import build

    world = build(database, public_url="https://visits.example.com")
    url = world.client("rep1").post(OWN).json()["url"]
    assert url.startswith("https://visits.example.com/calendar/")
