"""Promises: how they stand by their owner's date, and closing them once."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from crm.models import Promise, Rep, Territory
from tests.field_api.world import API, build

URL = f"{API}/promises"
KEEP, WITHDRAW = f"{URL}/P1/keep", f"{URL}/P1/withdraw"


def codes(client, **params):
    return [item["code"] for item in client.get(URL, params=params).json()["items"]]


def owed(world, number, due):
    with world.database.writing() as session:
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        values = {"customer_id": 1, "owner_rep_id": rep.id, "what": "x"}
        session.add(Promise(code=f"N{number}", made_on=date(2026, 11, 1), due=due, **values))


def test_each_sees_own(world):
    assert codes(world.client("rep1")) == ["P1"]
    assert codes(world.client("malta")) == ["P1", "P2"]
    assert codes(world.client("gozo")) == ["P3"]
    assert codes(world.client("general")) == ["P1", "P2", "P3"]


def test_a_promise_goes_with_the_customer_and_stays_with_who_made_it(world):
    with world.database.writing() as session:
        territory = session.exec(select(Territory).where(Territory.code == "T1")).one()
        territory.rep_id = session.exec(select(Rep).where(Rep.code == "R2")).one().id
    assert codes(world.client("rep2")) == ["P1", "P2"]
    assert codes(world.client("rep1")) == ["P1"]


def test_states_on_the_edges_of_days(world):
    # today is 30 November; due soon reaches three days ahead, the due day is in time
    for day in (29, 30):
        owed(world, day, date(2026, 11, day))
    for day in (3, 4):
        owed(world, day, date(2026, 12, day))
    client = world.client("rep1")
    assert codes(client, state="late") == ["N29"]
    assert codes(client, state="due_soon") == ["N30", "P1", "N3"]
    assert codes(client, state="open") == ["N29", "N30", "P1", "N3", "N4"]
    found = {p["code"]: p["standing"] for p in client.get(URL).json()["items"]}
    assert found == {
        "N29": "late",
        "N30": "due_soon",
        "P1": "due_soon",
        "N3": "due_soon",
        "N4": "open",
    }


@pytest.mark.parametrize(("zone", "late"), [("Asia/Shanghai", ["P1"]), ("Europe/Malta", [])])
def test_late_by_the_owners_date(database, zone, late):
    world = build(database)
    with database.writing() as session:
        session.exec(select(Rep).where(Rep.code == "R1")).one().timezone = zone
    world.now = datetime(2026, 12, 1, 16, 30, tzinfo=UTC)  # after midnight in Shanghai
    for asker in ("rep1", "malta", "general"):
        assert codes(world.client(asker), state="late") == late


def test_keeping_twice_is_keeping_once(world):
    client = world.client("rep1")
    first = client.post(KEEP, json={"evidence": "Handed over"})
    world.now = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    again = client.post(KEEP, json={"evidence": "Handed over"})
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert (first.json()["standing"], first.json()["evidence"]) == ("kept", "Handed over")
    assert first.json()["closed_at"] == "2026-11-30T09:00:00Z"
    assert codes(client, state="kept") == ["P1"]
    assert codes(client, state="open") == []


@pytest.mark.parametrize(
    ("url", "body"),
    [(KEEP, {"evidence": "Otherwise"}), (WITHDRAW, {"reason": "Handed over"})],
)
def test_closing_otherwise_is_a_conflict(world, url, body):
    client = world.client("rep1")
    client.post(KEEP, json={"evidence": "Handed over"})
    answer = client.post(url, json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "promise_closed")


def test_withdrawing_needs_a_reason(world):
    client = world.client("rep1")
    assert client.post(WITHDRAW, json={"reason": "  "}).status_code == 422
    answer = client.post(WITHDRAW, json={"reason": "Ordered without"}).json()
    assert (answer["standing"], answer["evidence"]) == ("withdrawn", "Ordered without")


def test_an_offline_phone_says_when(world):
    client = world.client("rep1")
    future = client.post(KEEP, json={"evidence": "x", "at": "2026-12-01T09:00:01Z"})
    assert (future.status_code, future.json()["code"]) == (422, "impossible_times")
    answer = client.post(KEEP, json={"evidence": "x", "at": "2026-11-28T10:00:00+01:00"})
    assert answer.json()["closed_at"] == "2026-11-28T09:00:00Z"


def test_anothers_promise_is_not_found(world):
    answer = world.client("rep2").post(KEEP, json={"evidence": "x"})
    assert (answer.status_code, answer.json()["code"]) == (404, "promise_not_found")


def test_the_list_goes_on_from_its_cursor(world):
    for number in range(4):
        owed(world, number, date(2026, 12, 1))
    client = world.client("rep1")
    part = client.get(URL, params={"limit": 3}).json()
    rest = client.get(URL, params={"limit": 3, "cursor": part["next_cursor"]}).json()
    assert [p["code"] for p in part["items"] + rest["items"]] == ["P1", "N0", "N1", "N2", "N3"]
    assert rest["next_cursor"] is None
