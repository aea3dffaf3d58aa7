"""A cycle for every rep: who is planned, what is kept, and when nothing is."""

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.models import Customer, PlannedDay, PlannedVisit, Rep, Territory, UnservedVisit
from crm.rules.access import OPERATOR
from crm.vocabulary import CustomerStatus, PlanState
from field_api.services.planning import CycleRequest, Effort, cycle, plan_cycle
from field_api.services.planning.cycle import NothingToPlan, cycle_tasks, hours_of
from field_api.services.planning.figures import attainment, total, travel_share
from field_api.services.planning.solving import PlanRefused
from field_api.services.territories import UnsettledTerritories
from routing.check import check
from routing.checks.violation import Rule, Violation
from routing.document import from_document
from routing.fingerprint import fingerprint
from routing.many import task
from tests.builders import MDINA, a_customer, a_district, a_rep
from tests.field_api.planning_world import FIRST, LAST, LITTLE, POOL


def rows(planning, table):
    with planning.database.reading() as session:
        return session.exec(select(table)).all()


def test_every_rep_gets_a_checked_plan_of_own_customers(planning):
    outcome = planning.plan()
    assert [rep.rep_code for rep in outcome.reps] == ["R1", "R2"]
    assert outcome.notes == ()
    for rep in outcome.reps:
        assert check(rep.problem, rep.plan) == ()
    assert set(planning.days("R2")) == {"G1", "G2"}
    days = planning.days("R1")
    assert set(days) == {f"W{n}" for n in range(8)}  # the quarterly ones are not due
    assert {len(own) for own in days.values()} == {2}


def test_what_is_kept_is_the_plan(planning):
    (one, _) = planning.plan().reps
    kept = planning.plans()[0]
    assert (kept.first_day, kept.last_day, kept.state) == (FIRST, LAST, PlanState.PUBLISHED)
    assert kept.fingerprint == one.plan.fingerprint
    ((problem, plan),) = from_document(kept.document)
    assert (plan, fingerprint(problem)) == (one.plan, fingerprint(one.problem))
    visits = [row for row in rows(planning, PlannedVisit) if row.plan_id == kept.id]
    stops = {
        (stop.visit_id, route.date, position, stop.begin_s, stop.travel_m)
        for route in one.plan.routes
        for position, stop in enumerate(route.stops, start=1)
    }
    assert {(v.visit_id, v.date, v.position, v.begin_s, v.travel_m) for v in visits} == stops
    days = [row for row in rows(planning, PlannedDay) if row.plan_id == kept.id]
    assert [day.travel_s for day in days] == [route.travel_s for route in one.plan.routes]


def test_figures_have_their_denominators(planning):
    (one, other) = planning.plan().reps
    figures = one.figures
    assert (figures["required"], figures["planned"]) == (16, 16)
    assert figures["required_by_grade"] == {"A": 16}
    assert figures["visit_s"] == 16 * 2400
    assert figures["working_days"] == 10
    assert figures["available_s"] == 10 * (9 * 3600 - 2700)
    assert attainment(figures) == 1
    spent = sum(r.return_s - r.leave_s for r in one.plan.routes)
    lunches = sum(2700 for r in one.plan.routes if r.leave_s <= r.lunch_begin_s < r.return_s)
    parts = figures["travel_s"] + figures["visit_s"] + figures["wait_s"]
    assert parts == spent - lunches
    assert travel_share(figures) == pytest.approx(figures["travel_s"] / parts)
    both = total([figures, other.figures])
    assert both["required"] == 16 + other.figures["required"]
    assert both["planned_by_grade"] == {"A": both["planned"]}


def test_hours_are_told_before_the_search(planning):
    heard = []
    request = CycleRequest(first_day=FIRST, weeks=2)
    plan_cycle(
        planning.database,
        OPERATOR,
        request,
        effort=LITTLE,
        on_hours=lambda hours: heard.append([row.rep_code for row in hours]),
        on_progress=heard.append,
    )
    assert heard[0] == ["R1", "R2"]
    assert heard[-1] == 2


@pytest.mark.parametrize("status", [s for s in CustomerStatus if s is not CustomerStatus.ACTIVE])
def test_only_active_customers_are_planned(planning, status):
    planning.change(Customer, "W0", status=status)
    planning.plan()
    assert set(planning.days()) == {f"W{n}" for n in range(1, 8)}


def test_an_open_promise_and_an_appointment_come_into_the_plan(planning):
    planning.promise("Q0", FIRST.replace(day=30), code="P-EARLY")
    planning.book("Q1", LAST.replace(day=9), begin_s=14 * 3600)
    planning.plan()
    assert planning.days()["Q0"] == [FIRST]
    (booked,) = [v for v in rows(planning, PlannedVisit) if v.appointment_code]
    assert (booked.date, booked.begin_s) == (LAST.replace(day=9), 14 * 3600)
    (kept,) = [v for v in rows(planning, PlannedVisit) if v.promise_code]
    assert (kept.promise_code, kept.purpose) == ("P-EARLY", "promise")


def test_a_cycle_that_would_begin_before_today_is_refused(planning):
    planning.plan(today=FIRST)
    with pytest.raises(NothingToPlan, match=r"begin on 2026-11-30, before today \(2026-12-01\)"):
        planning.plan(today=FIRST + timedelta(days=1))
    assert len(planning.plans()) == 2


def test_a_commitment_that_cannot_be_kept_is_noted_by_name(planning):
    planning.book("Q0", FIRST, code="KEPT", begin_s=10 * 3600)
    planning.book("Q1", LAST, code="SUNDAY")
    planning.change(Customer, "Q2", opening_hours="Sa 10:00-12:00")
    planning.promise("Q2", FIRST + timedelta(days=3), code="CLOSED")
    said = [note.text.format(**note.params) for note in planning.plan().notes]
    assert said == [
        "Appointment SUNDAY with Customer Q1 on 2026-12-13 finds no place: call there.",
        "Promise CLOSED to Customer Q2 finds no place by 2026-12-03: tell the customer.",
    ]


def test_a_rep_without_visits_due_is_noted(planning):
    for code in ("G1", "G2"):
        planning.change(Customer, code, status=CustomerStatus.STRUCK_OUT)
    outcome = planning.plan()
    (note,) = outcome.notes
    assert note.params == {"code": "R2"}
    assert [one.rep_code for one in outcome.reps] == ["R1"]
    assert planning.plan(rep_codes=("R1",)).notes == ()


def test_an_overdue_promise_is_noted(planning):
    planning.promise("Q0", FIRST.replace(day=20))
    (note,) = planning.plan().notes
    assert note.params["promise"] == "SOON"
    assert planning.days()["Q0"][0] <= FIRST.replace(month=12, day=2)


def test_a_visit_without_a_place_is_kept_with_its_reason(planning):
    planning.change(Customer, "W0", opening_hours="Mo-Su 22:00-23:00")
    planning.plan()
    missed = rows(planning, UnservedVisit)
    assert [row.code for row in missed] == ["no_open_hours"] * 2
    assert missed[0].remedy["code"] == "widen_window"
    assert "W0" not in planning.days()


def test_only_the_reps_named(planning):
    outcome = planning.plan(rep_codes=("R2",))
    assert [rep.rep_code for rep in outcome.reps] == ["R2"]
    with pytest.raises(NothingToPlan, match="no rep R9"):
        planning.plan(rep_codes=("R1", "R9"))


def test_a_rep_without_customers_is_left_out(planning):
    with planning.database.writing() as session:
        district = a_district("D3", "Third")
        session.add(district)
        session.flush()
        session.add(a_rep(district, "R3"))
    assert [rep.rep_code for rep in planning.plan().reps] == ["R1", "R2"]
    with pytest.raises(NothingToPlan, match="No visit is due from 2026-11-30 to 2026-12-13"):
        planning.plan(rep_codes=("R3",))


def test_nothing_at_all_is_said_so(database):
    with pytest.raises(NothingToPlan, match="import reps"):
        plan_cycle(database, OPERATOR, CycleRequest(first_day=FIRST), effort=LITTLE)


def test_a_customer_in_no_territory_stops_the_planning(planning):
    planning.add(a_customer("LOST", MDINA))
    with pytest.raises(UnsettledTerritories, match=r"1 active customers in none \(LOST\)"):
        planning.plan()
    assert planning.plans() == []
    planning.change(Customer, "LOST", status=CustomerStatus.PROSPECT)
    planning.plan()


def test_a_customer_in_two_territories_stops_the_planning(planning):
    with planning.database.writing() as session:
        first = session.exec(select(Territory).where(Territory.code == "T1")).one()
        session.add(Territory(**first.model_dump(exclude={"id", "code"}), code="T1B"))
    with pytest.raises(UnsettledTerritories, match="12 in several"):
        planning.plan()


def test_published_replaces_what_overlaps_and_a_draft_nothing(planning):
    planning.plan()
    planning.plan(publish=False, rep_codes=("R1",))
    assert [row.state.value for row in planning.plans()] == ["published", "published", "draft"]
    planning.plan(rep_codes=("R1",))
    states = [row.state.value for row in planning.plans()]
    assert states == ["replaced", "published", "draft", "published"]
    planning.plan(first_day=LAST.replace(day=14), rep_codes=("R1",))  # the next cycle
    states = [row.state.value for row in planning.plans()]
    assert states == ["replaced", "published", "draft", "published", "published"]


def test_all_plans_are_kept_or_none(planning, monkeypatch):
    """The second rep's plan breaks a rule: the first one's is not kept either."""
    real = check

    def judged(problem, plan):
        if problem.reps[0].id == "R1":
            return real(problem, plan)
        return (Violation(rule=Rule.LUNCH_MISSING, params={"rep": "R2", "date": "2026-11-30"}),)

    monkeypatch.setattr(task, "check", judged)
    with pytest.raises(PlanRefused, match="R2 has no lunch on 2026-11-30"):
        planning.plan()
    assert (planning.plans(), rows(planning, PlannedVisit)) == ([], [])


def test_a_failure_in_the_middle_of_keeping_keeps_nothing(planning, monkeypatch):
    planning.plan()
    before = [(row.id, row.state) for row in planning.plans()]
    real = cycle.keep_plan

    def bursting(session, rep, *arguments, **named):
        if rep.code == "R2":
            raise OSError("disk full")
        return real(session, rep, *arguments, **named)

    monkeypatch.setattr(cycle, "keep_plan", bursting)
    with pytest.raises(OSError, match="disk full"):
        planning.plan()
    assert [(row.id, row.state) for row in planning.plans()] == before


def test_same_seed_same_plan(planning):
    first = planning.plan().reps[0].plan
    assert planning.plan().reps[0].plan == first
    request = CycleRequest(first_day=FIRST, weeks=2)
    other = plan_cycle(
        planning.database, OPERATOR, request, effort=Effort(seed=7, work=5, executor=POOL)
    )
    assert other.reps[0].plan.seed == 7


def test_a_manager_plans_the_own_district_only(planning):
    request = CycleRequest(first_day=FIRST, weeks=2)
    with planning.database.reading() as session:
        tasks = cycle_tasks(session, planning.asker("R2"), request)
        assert [task.rep.code for task in tasks] == ["R2"]
        assert {c.id for c in tasks[0].problem.customers} == {"G1", "G2"}
        assert [row.rep_code for row in hours_of(tasks)] == ["R2"]


def test_hours_short_are_seen_before_the_search(planning):
    with planning.database.writing() as session:
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        rep.day_begin_s, rep.day_end_s = 11 * 3600, 14 * 3600
        rep.work_weekdays = "0"
    with planning.database.reading() as session:
        hours = hours_of(cycle_tasks(session, OPERATOR, CycleRequest(first_day=FIRST, weeks=2)))
    assert hours[0].hours.short_s > 0
    outcome = planning.plan(rep_codes=("R1",))
    assert {missed.code.value for missed in outcome.reps[0].plan.unserved} <= {
        "hours_short",
        "gap_impossible",
    }
    assert outcome.reps[0].plan.unserved
