"""A rep who leaves: everything passes in one step, nothing is lost, and the account is shut."""

from datetime import date

import pytest
from sqlmodel import select

from crm.models import AuditEntry, CyclePlan, FieldChange, Promise, Rep, Territory, User
from crm.vocabulary import PlanState
from tests.field_api import world as worlds
from tests.field_api.world import API, REPORT, a_report

BODY = {"to_rep_code": "R2", "reason": "Leaves the company"}


def hand_over(world, asker="malta", rep="R1", **changes):
    return world.client(asker).post(f"{API}/reps/{rep}/hand-over", json=BODY | changes)


def one(world, table, **wanted):
    with world.database.reading() as session:
        query = select(table)
        for name, value in wanted.items():
            query = query.where(getattr(table, name) == value)
        return session.exec(query).one()


def test_customers_promises_and_account(world):
    assert world.client("rep2").get(f"{API}/promises").json()["items"][0]["code"] == "P2"
    answer = hand_over(world)
    assert answer.status_code == 200
    assert answer.json() == {
        "from_rep_code": "R1",
        "to_rep_code": "R2",
        "territories": 1,
        "customers": 1,
        "promises": 1,
        "plans_ended": [one(world, CyclePlan).id],
        "visits_to_plan": 0,
        "accounts_closed": ["rep1"],
        "planning_run_id": None,
        "not_planned_because": "",
    }
    codes = {p["code"] for p in world.client("rep2").get(f"{API}/promises").json()["items"]}
    assert codes == {"P1", "P2"}
    assert world.client("rep1").get(f"{API}/me").status_code == 401
    assert not one(world, Rep, code="R1").active
    told = world.client("rep2").get(f"{API}/my/messages").json()["items"]
    assert "R1" in told[0]["text"]


def test_it_stands_in_the_audit_trail(world):
    hand_over(world)
    entry = one(world, AuditEntry, action="hand_over")
    assert (entry.noun, entry.key, entry.reason) == ("rep", "R1", BODY["reason"])
    assert entry.details["promises"] == ["P1"]
    with world.database.reading() as session:
        changed = session.exec(select(FieldChange).where(FieldChange.noun == "territory")).all()
    assert [change.field for change in changed] == ["rep_id"]


def test_days_to_come_end_and_are_counted(world):
    with world.database.writing() as session:
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        customer = session.exec(select(Promise).where(Promise.code == "P1")).one().customer_id
        later = worlds.publish(session, rep.id, customer, on=date(2026, 12, 7))
        later.last_day = date(2026, 12, 20)
        later_id = later.id
    answer = hand_over(world).json()
    assert answer["visits_to_plan"] == 1
    assert answer["planning_run_id"] or answer["not_planned_because"]
    assert later_id in answer["plans_ended"]
    assert one(world, CyclePlan, id=later_id).state is PlanState.REPLACED
    with world.database.reading() as session:
        running = session.exec(select(CyclePlan).where(CyclePlan.id != later_id)).one()
    assert (running.state, running.last_day) == (PlanState.PUBLISHED, worlds.MONDAY)


def test_what_was_reported_stays_the_leavers(world):
    world.client("rep1").put(f"{API}/visit-reports/{REPORT}", json=a_report())
    hand_over(world)
    report = world.client("malta").get(f"{API}/visit-reports/{REPORT}").json()
    assert report["rep_code"] == "R1"


@pytest.mark.parametrize(
    ("rep", "to", "status", "code"),
    [
        ("R1", "R1", 409, "hand_over_refused"),
        ("R1", "R3", 404, "rep_not_found"),  # of another district
        ("R9", "R2", 404, "rep_not_found"),
    ],
)
def test_what_cannot_be_is_refused_whole(world, rep, to, status, code):
    answer = hand_over(world, rep=rep, to_rep_code=to)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert one(world, Rep, code="R1").active
    assert one(world, User, username="rep1").active


def test_who_has_left_neither_gives_nor_takes(world):
    assert hand_over(world).status_code == 200
    assert hand_over(world).json()["code"] == "hand_over_refused"
    assert hand_over(world, rep="R2", to_rep_code="R1").status_code == 409
    with world.database.reading() as session:
        owner = session.exec(select(Territory.rep_id).where(Territory.code == "T1")).one()
    assert owner == one(world, Rep, code="R2").id
