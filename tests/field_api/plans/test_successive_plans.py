"""Plans of one rep after each other, and two people at work on one of them."""

import sys
from datetime import timedelta

import pytest

from crm.models import CyclePlan, Visit
from crm.rules.access import OPERATOR
from crm.store.days import days
from crm.store.people import people
from crm.store.plans import plans
from crm.store.plans.plans import PlanReplaced
from crm.vocabulary import PlanState
from field_api.services.planning import replan
from routing.check import check
from routing.document import from_document
from tests.field_api.planning_world import BEFORE, FIRST, LAST, LITTLE, territory_of

WEDNESDAY = FIRST + timedelta(days=2)
NEXT_MONDAY = FIRST + timedelta(days=7)
NEXT_CYCLE = LAST + timedelta(days=1)


def published(planning, on):
    with planning.database.reading() as session:
        day = days.published_day(session, OPERATOR, "R1", on)
        plan = session.get(CyclePlan, day.plan_id)
        session.expunge(plan)
        return plan


def test_the_cycle_that_runs_is_planned_again_though_the_next_one_is_published(planning):
    planning.plan()
    planning.plan(first_day=NEXT_CYCLE)
    later = published(planning, NEXT_CYCLE)
    change = planning.replan(WEDNESDAY)
    assert change.from_day == WEDNESDAY + timedelta(days=1)
    assert published(planning, WEDNESDAY).id == change.plan_id
    assert published(planning, NEXT_CYCLE).id == later.id


@pytest.mark.parametrize("on", [BEFORE, WEDNESDAY, LAST])
def test_the_plan_in_force_holds_the_day_or_is_the_next(planning, on):
    planning.plan()
    planning.plan(first_day=NEXT_CYCLE)
    with planning.database.reading() as session:
        rep = people.get_rep(session, OPERATOR, "R1")
        ids = [row.id for row in planning.plans() if row.rep_id == rep.id]
        assert plans.plan_in_force(session, OPERATOR, rep, on).id == ids[0]
        assert plans.plan_in_force(session, OPERATOR, rep, NEXT_CYCLE).id == ids[1]
        assert plans.plan_in_force(session, OPERATOR, rep, LAST + timedelta(90)).id == ids[1]


def test_a_plan_that_begins_within_another_leaves_its_first_days_in_force(planning):
    planning.plan()
    before = published(planning, WEDNESDAY)
    planning.plan(first_day=NEXT_MONDAY)
    still = published(planning, WEDNESDAY)
    assert (still.id, still.last_day) == (before.id, NEXT_MONDAY - timedelta(days=1))
    assert published(planning, NEXT_MONDAY).id != before.id


def test_a_plan_cut_short_is_planned_again_for_the_days_it_has(planning):
    planning.plan()
    planning.plan(first_day=NEXT_MONDAY)
    later = published(planning, NEXT_MONDAY)
    change = planning.replan(FIRST)
    assert (change.moved, change.added, change.dropped) == ((), (), ())
    assert published(planning, WEDNESDAY).last_day == NEXT_MONDAY - timedelta(days=1)
    assert published(planning, NEXT_MONDAY).id == later.id
    ((problem, plan),) = from_document(published(planning, WEDNESDAY).document)
    assert check(problem, plan) == ()
    assert plan.unserved == ()


def test_whoever_comes_second_does_not_overwrite(planning, monkeypatch):
    planning.plan()
    replanning = sys.modules["field_api.services.planning.replan"]  # the package hides it
    real = replanning.plan_all

    def slow(problems, effort, on_planned=None):
        monkeypatch.setattr(replanning, "plan_all", real)
        planning.replan(FIRST, purpose="the other one")
        return real(problems, effort, on_planned)

    monkeypatch.setattr(replanning, "plan_all", slow)
    with pytest.raises(PlanReplaced):
        planning.replan(FIRST, purpose="mine")
    (now,) = [row for row in planning.plans(PlanState.PUBLISHED) if row.rep_id == 1]
    assert now.purpose == "the other one"


def test_an_appointment_and_a_promise_of_one_code_are_two(planning):
    late, early = FIRST + timedelta(days=9), FIRST + timedelta(days=3)
    planning.book("Q0", late, code="1")
    planning.promise("Q0", early, code="1")
    planning.plan()
    held = planning.days()["Q0"]
    assert (len(held), held[0] <= early, held[1]) == (2, True, late)
    planning.replan(FIRST)
    assert planning.days()["Q0"] == held


def test_a_visit_in_the_reports_and_in_the_records_is_one(planning):
    planning.plan()
    with planning.database.writing() as session:
        rep = people.get_rep(session, OPERATOR, "R1")
        customer = planning.customer_id("W0")
        for rep_id in (None, rep.id):
            session.add(Visit(customer_id=customer, date=FIRST, rep_id=rep_id))
        session.flush()
        assert plans.visited_since(session, OPERATOR, rep, FIRST) == {customer: [FIRST]}


def test_a_territory_of_another_district_stays_in_its_reps_plan(planning):
    planning.plan()
    before = planning.days()
    with planning.database.writing() as session:
        territory = territory_of(session, "T1")
        territory.district_id = territory_of(session, "T2").district_id
    manager = planning.asker("R1")
    change = replan(
        planning.database, manager, rep_code="R1", today=FIRST, purpose="x", effort=LITTLE
    )
    assert change.dropped == ()
    assert planning.days() == before
