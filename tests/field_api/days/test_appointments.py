"""Appointments: booked once, from a report or by themselves, and called off."""

from uuid import uuid4

import pytest
from sqlmodel import select

from crm.models import Appointment, AuditEntry, Customer, Territory
from tests.field_api.test_concurrency import WRITERS, at_once
from tests.field_api.world import API, REPORT, a_report

URL = f"{API}/appointments"
REPORT_URL = f"{API}/visit-reports/{REPORT}"
NEW = {"code": "A1", "customer_code": "C1", "date": "2026-12-07", "time": "10:30"}


def book(world, by="rep1", **changes):
    return world.client(by).post(URL, json=NEW | changes)


def rows(world):
    with world.database.reading() as session:
        return session.exec(select(Appointment).order_by(Appointment.id)).all()


def codes(world, by="rep1", **params):
    answer = world.client(by).get(URL, params=params)
    assert answer.status_code == 200, answer.text
    return [item["code"] for item in answer.json()["items"]]


def test_a_visit_is_booked_once(world):
    first = book(world, note="Tasting")
    again = book(world, note="Tasting")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json() == {
        "code": "A1",
        "customer_code": "C1",
        "customer_name": "Customer C1",
        "date": "2026-12-07",
        "time": "10:30",
        "begin_s": 37800,
        "minutes": 30,
        "note": "Tasting",
        "cancelled": False,
        "report_id": None,
        "clashes_with": [],
    }
    assert len(rows(world)) == 1


@pytest.mark.parametrize(
    ("by", "changes"),
    [("rep1", {"time": "10:31"}), ("malta", {"minutes": 45}), ("rep3", {})],
)
def test_another_visit_under_the_code_is_a_conflict(world, by, changes):
    book(world)
    answer = book(world, by, **changes)
    assert (answer.status_code, answer.json()["code"]) == (409, "appointment_code_taken")


@pytest.mark.parametrize(
    ("by", "changes", "status", "code"),
    [
        ("rep1", {"customer_code": "C2"}, 404, "customer_not_found"),
        ("gozo", {}, 404, "customer_not_found"),
        ("info", {}, 403, "role_not_allowed"),
        ("rep1", {"time": "24:00"}, 422, "invalid_input"),
        ("rep1", {"time": "10:60"}, 422, "invalid_input"),
        ("rep1", {"time": "23:45"}, 422, "invalid_input"),
        ("rep1", {"minutes": 0}, 422, "invalid_input"),
        ("rep1", {"minutes": 601}, 422, "invalid_input"),
        ("rep1", {"minutes": 2**70}, 422, "invalid_input"),
        ("rep1", {"date": "2026-02-30"}, 422, "invalid_input"),
        ("rep1", {"code": f"visit-{REPORT}"}, 422, "invalid_input"),
    ],
)
def test_what_cannot_be_booked(world, by, changes, status, code):
    answer = book(world, by, **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert rows(world) == []


def test_what_cannot_both_be_kept_is_said(world):
    with world.database.writing() as session:
        territory = session.exec(select(Territory).where(Territory.code == "T2")).one()
        values = {"name": "x", "lat": 35.9, "lon": 14.5, "source_lat": 35.9, "source_lon": 14.5}
        session.add(Customer(code="C9", territory_id=territory.id, **values))
    book(world)
    book(world, code="A2", time="10:45", minutes=15)
    book(world, "rep2", code="A3", customer_code="C2")  # another rep's
    assert book(world, code="A4", time="11:00").json()["clashes_with"] == []
    found = world.client("malta").get(URL).json()["items"]
    assert {a["code"]: a["clashes_with"] for a in found} == {
        "A1": ["A2"],
        "A2": ["A1"],
        "A3": [],
        "A4": [],
    }


def test_each_sees_own_by_day_and_time(world):
    book(world, code="late", time="15:00")
    book(world, code="next", date="2026-12-08", time="08:00")
    book(world, code="early", time="08:00")
    book(world, "rep3", code="gozo", customer_code="C3")
    assert codes(world) == codes(world, "malta") == ["early", "late", "next"]
    assert codes(world, "gozo") == ["gozo"]
    assert codes(world, "info") == []
    assert codes(world, "general", customer_code="C3") == ["gozo"]
    assert codes(world, first_day="2026-12-08") == ["next"]
    assert codes(world, last_day="2026-12-07") == ["early", "late"]


def test_the_list_goes_on_from_its_cursor(world):
    for number in range(5):
        book(world, code=f"N{number}", time=f"{9 + number // 2:02}:00")
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        part = world.client("rep1").get(URL, params=params).json()
        seen += [item["code"] for item in part["items"]]
        if (cursor := part["next_cursor"]) is None:
            break
    assert seen == [f"N{number}" for number in range(5)]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyIyMDI2LTEyLTA3IiwgIngteSJd"])
def test_a_made_up_cursor_is_refused(world, cursor):
    answer = world.client("rep1").get(URL, params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


def test_calling_off_twice_is_calling_off_once(world):
    book(world)
    client = world.client("malta")
    first, again = (client.delete(f"{URL}/A1", params={"reason": "Ill"}) for _ in range(2))
    assert (first.status_code, first.json()["cancelled"]) == (200, True)
    assert again.json() == first.json()
    assert codes(world) == []
    assert codes(world, cancelled="true") == ["A1"]
    assert book(world).json()["cancelled"] is True  # sent once more by a phone that never heard
    with world.database.reading() as session:
        trail = session.exec(select(AuditEntry).where(AuditEntry.noun == "appointment")).all()
    assert [(e.action, e.actor, e.reason) for e in trail] == [
        ("book", "Rep1", ""),
        ("call_off", "Malta", "Ill"),
    ]


def test_anothers_appointment_is_not_found(world):
    book(world)
    for stranger in ("rep2", "gozo", "info"):
        answer = world.client(stranger).delete(f"{URL}/A1")
        assert (answer.status_code, answer.json()["code"]) == (404, "appointment_not_found")


def next_visit(**changes):
    return {"date": "2026-12-07", "note": "after ten", "time": "10:30"} | changes


def correct(world, agreed):
    body = {"id": str(uuid4()), "reason": "x", "report": a_report(next_visit=agreed)}
    assert world.client("rep1").post(f"{REPORT_URL}/corrections", json=body).status_code == 201


@pytest.mark.parametrize(
    "agreed",
    [None, {"date": "2026-12-07", "note": "after ten"}, next_visit(date="2026-11-29")],
)
def test_without_a_time_to_come_nothing_is_booked(world, agreed):
    assert world.client("rep1").put(REPORT_URL, json=a_report(next_visit=agreed)).is_success
    assert rows(world) == []


def test_what_is_agreed_on_leaving_is_booked_and_follows_corrections(world):
    body = a_report(next_visit=next_visit(minutes=45))
    for _ in range(2):
        assert world.client("rep1").put(REPORT_URL, json=body).is_success
    (booked,) = world.client("malta").get(URL).json()["items"]
    assert (booked["code"], booked["report_id"]) == (f"visit-{REPORT}", str(REPORT))
    assert (booked["date"], booked["time"], booked["minutes"]) == ("2026-12-07", "10:30", 45)
    correct(world, next_visit(time="11:15"))
    assert [(a.begin_s, a.minutes, a.cancelled) for a in rows(world)] == [(40500, 30, False)]
    correct(world, None)
    assert [a.cancelled for a in rows(world)] == [True]
    correct(world, next_visit(time="12:00"))
    assert [(a.begin_s, a.cancelled) for a in rows(world)] == [(43200, False)]


def test_what_was_called_off_stays_so_unless_the_report_says_another_time(world):
    world.client("rep1").put(REPORT_URL, json=a_report(next_visit=next_visit()))
    world.client("malta").delete(f"{URL}/visit-{REPORT}")
    correct(world, next_visit())
    assert [a.cancelled for a in rows(world)] == [True]
    correct(world, next_visit(date="2026-12-08"))
    assert [a.cancelled for a in rows(world)] == [False]


def test_a_correction_may_book_what_was_forgotten(world):
    world.client("rep1").put(REPORT_URL, json=a_report())
    correct(world, next_visit())
    assert len(rows(world)) == 1


def test_copies_sent_at_once_are_one_appointment(world):
    answers = at_once(WRITERS, lambda _: book(world))
    assert sorted(a.status_code for a in answers) == [200] * (WRITERS - 1) + [201]
    assert len(rows(world)) == 1
