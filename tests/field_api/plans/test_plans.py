"""The plan in force and replanning over HTTP, with the real planner."""

import os
from datetime import date, timedelta

import pytest
from sqlmodel import select

from crm.models import AuditEntry, CyclePlan, Promise, Territory
from crm.rules.access import OPERATOR
from crm.vocabulary import PlanState
from field_api.jobs.workers import NoWorkers
from field_api.services.planning import CycleRequest, Effort, plan_cycle
from field_api.services.plans.plans import _alone
from tests.builders import VALLETTA, a_customer
from tests.field_api.world import API, MONDAY

URL = f"{API}/plans"


@pytest.fixture
def planned(world):
    """The world with a cycle of its own planned for rep R1: ten customers, one never open."""
    with world.database.writing() as session:
        for old in session.exec(select(CyclePlan)):
            old.state = PlanState.REPLACED
        for promise in session.exec(select(Promise)):
            promise.due = date(2026, 12, 20)
        territory = session.exec(select(Territory).where(Territory.code == "T1")).one()
        for number in range(10):
            near = (VALLETTA[0] + number / 1000, VALLETTA[1])
            hours = "Mo-Su 22:00-23:00" if number == 0 else ""
            values = {"territory_id": territory.id, "opening_hours": hours}
            session.add(a_customer(f"N{number}", near, grade="A", **values))
    request = CycleRequest(first_day=MONDAY, weeks=2, rep_codes=("R1",))
    plan_cycle(world.database, OPERATOR, request, effort=Effort(work=5))
    return world


def test_the_plan_in_force_names_what_found_no_place(planned):
    plan = planned.client("rep1").get(f"{URL}/current", params={"rep_code": "R1"}).json()
    assert (plan["state"], plan["last_day"]) == ("published", "2026-12-13")
    assert plan["visits"] == plan["figures"]["planned"]
    missed = [u for u in plan["unserved"] if u["customer_code"] == "N0"]
    assert {u["reason"] for u in missed} == {"no_open_hours"}
    assert plan["figures"]["required"] == plan["visits"] + len(plan["unserved"])


def test_no_plan_is_said_so(world):
    answer = world.client("malta").get(f"{URL}/current", params={"rep_code": "R2"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_plan")


def test_a_promise_made_in_the_field_comes_into_the_plan(planned):
    """Made in a report today, on a day of the plan after a replan, with the difference told."""
    day = planned.client("rep1").get(f"{API}/my/days/{MONDAY}").json()
    assert day["stops"]
    with planned.database.writing() as session:
        customer = a_customer("NEW", VALLETTA, grade="E")
        territory = session.exec(select(Territory).where(Territory.code == "T1")).one()
        customer.territory_id = territory.id
        session.add(customer)
        session.flush()
        session.add(
            Promise(
                code="SOON",
                customer_id=customer.id,
                owner_rep_id=1,
                what="x",
                made_on=MONDAY,
                due=MONDAY + timedelta(days=3),
            )
        )
    body = {"rep_code": "R1", "purpose": "A promise by Thursday"}
    answer = planned.client("malta").post(f"{URL}/replan", json=body)
    assert answer.status_code == 200, answer.text
    change = answer.json()
    assert (change["purpose"], change["from_day"]) == ("A promise by Thursday", "2026-12-01")
    (added,) = [move for move in change["added"] if move["customer_code"] == "NEW"]
    assert "2026-12-01" <= added["after"] <= "2026-12-03"
    assert added["before"] is None
    stops = planned.client("rep1").get(f"{API}/my/days/{added['after']}").json()["stops"]
    (stop,) = [stop for stop in stops if stop["customer"]["code"] == "NEW"]
    assert stop["promise_code"] == "SOON"
    current = planned.client("rep1").get(f"{URL}/current", params={"rep_code": "R1"}).json()
    assert current["plan_id"] == change["plan_id"]
    # the days before stay as they were
    again = planned.client("rep1").get(f"{API}/my/days/{MONDAY}").json()
    assert [s["planned_visit_id"] for s in again["stops"]] == [
        s["planned_visit_id"] for s in day["stops"]
    ]


def test_one_replan_of_a_rep_at_a_time(planned):
    body = {"rep_code": "R1", "purpose": "x"}
    with _alone("R1"):
        answer = planned.client("malta").post(f"{URL}/replan", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "replan_running")


def test_a_purpose_is_asked_for(planned):
    body = {"rep_code": "R1", "purpose": " "}
    assert planned.client("malta").post(f"{URL}/replan", json=body).status_code == 422


def test_a_replan_is_the_managers_own_decision_and_in_the_trail_as_that(planned):
    body = {"rep_code": "R1", "purpose": "The manager decides"}
    number = planned.client("malta").post(f"{URL}/replan", json=body).json()["plan_id"]
    with planned.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.key == str(number))).all()
        (entry,) = [entry for entry in entries if entry.noun == "plan"]
    assert (entry.action, entry.actor, entry.role) == ("publish", "Malta", "district_manager")
    assert entry.reason == "The manager decides"


@pytest.mark.one_database
def test_replanning_uses_the_service_s_own_processes_while_it_runs(planned):
    """They stay warm from one request to the next, and end with the service."""
    workers = planned.app.state.house.supervisor.workers
    with planned.client("malta") as client:
        found = set()
        for _ in range(2):
            sent = {"rep_code": "R1", "purpose": "again"}
            assert client.post(f"{URL}/replan", json=sent).status_code == 200
            assert workers.share_a_fate  # it has made its pool
            found.add(workers.submit(os.getpid).result())
        assert os.getpid() not in found
        assert workers.renewed == 0
    assert not workers.is_open
    with pytest.raises(NoWorkers):
        workers.submit(os.getpid)
