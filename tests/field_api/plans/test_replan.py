"""The rest of a cycle planned again: what changes, and what stays where it is."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlmodel import select

from crm.errors import Refused
from crm.models import Appointment, Customer, PlannedDay, PlannedVisit, Promise
from crm.store.people.people import RepNotFound
from crm.store.plans.plans import NoPlan
from crm.vocabulary import CustomerStatus, PlanState, PromiseState
from field_api.services.planning import replan
from field_api.services.planning.replan import CycleOver
from routing.check import check
from routing.document import from_document
from tests.field_api.planning_world import BEFORE, FIRST, LAST, LITTLE

EVE = FIRST - timedelta(days=1)
TUESDAY = FIRST + timedelta(days=1)
WEDNESDAY = FIRST + timedelta(days=2)
NEXT_MONDAY = FIRST + timedelta(days=7)


@pytest.fixture
def planned(planning):
    planning.plan()
    return planning


def make_visits(planned, until: date, leave_out=()) -> None:
    """Every visit planned up to a day is made on its day, but those of some customers."""
    for code, days in planned.days().items():
        for day in days:
            if day <= until and code not in leave_out:
                planned.visited(code, on=day)


def visit_rows(planned):
    with planned.database.reading() as session:
        plan = [row for row in planned.plans(PlanState.PUBLISHED) if row.rep_id == 1][-1]
        query = select(PlannedVisit).where(PlannedVisit.plan_id == plan.id)
        return session.exec(query).all()


def someone_on(planned, day_after: date) -> tuple[str, date]:
    """A customer with a visit on or after a day, and that day."""
    return next(
        (code, day)
        for code, days in planned.days().items()
        for day in days
        if day >= day_after and code.startswith("W")
    )


def test_nothing_new_nothing_moved(planned):
    before = planned.days()
    change = planned.replan(EVE)
    assert (change.moved, change.added, change.dropped, change.stability) == ((), (), (), 1.0)
    assert planned.days() == before
    assert change.from_day == FIRST


def test_a_new_commitment_that_cannot_be_kept_is_noted_by_name(planned):
    planned.book("Q1", LAST, code="SUNDAY")
    (note,) = planned.replan(FIRST).notes
    assert note.params == {"code": "SUNDAY", "customer": "Customer Q1", "day": LAST.isoformat()}


@pytest.mark.parametrize("purpose", ["", "  ", "x" * 501])
def test_a_replan_needs_a_purpose_that_can_be_kept(planned, purpose):
    before = len(planned.plans())
    with pytest.raises(Refused, match="states its purpose in 1 to 500 characters"):
        planned.replan(FIRST, purpose=purpose)
    assert len(planned.plans()) == before


def test_the_plan_in_force_is_replaced_with_its_purpose(planned):
    change = planned.replan(EVE, purpose="Market day")
    states = Counter(row.state.value for row in planned.plans())
    assert states == {"replaced": 1, "published": 2}  # the other rep's is as it was
    (new,) = [row for row in planned.plans() if row.id == change.plan_id]
    assert (new.purpose, new.first_day, new.last_day) == ("Market day", FIRST, LAST)
    ((problem, plan),) = from_document(new.document)
    assert check(problem, plan) == ()


def figures(planned) -> dict:
    """The figures of the first rep's plan in force."""
    return [row for row in planned.plans(PlanState.PUBLISHED) if row.rep_id == 1][-1].figures


OF_ALL_DAYS = ("required", "planned", "required_by_grade", "planned_by_grade", "visit_s")
OF_ALL_DAYS += ("travel_s", "travel_m", "wait_s", "field_days", "working_days", "available_s")


@pytest.mark.parametrize("mornings", [(TUESDAY,), (TUESDAY, NEXT_MONDAY)], ids=["once", "twice"])
def test_the_figures_are_of_the_whole_cycle_however_late_it_is_planned_again(planned, mornings):
    before = figures(planned)
    make_visits(planned, LAST)
    for today in mornings:
        assert planned.replan(today).moved == ()
    after = figures(planned)
    assert {name: after[name] for name in OF_ALL_DAYS} == {
        name: before[name] for name in OF_ALL_DAYS
    }


def test_a_visit_missed_and_planned_again_is_required_once(planned):
    before = figures(planned)
    code = next(code for code, days in planned.days().items() if days[0] <= TUESDAY)
    make_visits(planned, TUESDAY, leave_out={code})
    planned.replan(TUESDAY)
    assert figures(planned)["required"] == before["required"]


def test_a_promise_becomes_a_deadline_and_is_kept(planned):
    make_visits(planned, TUESDAY)
    before = planned.days()
    due = TUESDAY + timedelta(days=3)
    planned.promise("Q0", due)
    change = planned.replan(TUESDAY)
    (added,) = change.added
    assert (added.customer_code, added.before) == ("Q0", None)
    assert WEDNESDAY <= added.after <= due
    assert planned.days()["Q0"] == [added.after]
    assert {code: days for code, days in planned.days().items() if code != "Q0"} == before
    assert change.stability == 1.0
    (row,) = [row for row in visit_rows(planned) if row.promise_code]
    assert (row.promise_code, row.purpose) == ("SOON", "promise")


def test_a_promise_to_a_customer_who_is_due_anyway_moves_that_visit_up(planned):
    code, _ = next((c, days[1]) for c, days in planned.days().items() if days[1] > NEXT_MONDAY)
    make_visits(planned, TUESDAY)
    planned.promise(code, WEDNESDAY)
    planned.replan(TUESDAY)
    kept = [day for day in planned.days()[code] if TUESDAY < day <= WEDNESDAY]
    assert len(kept) == 1


def test_visits_made_are_not_planned_again(planned):
    before = planned.days()
    make_visits(planned, NEXT_MONDAY)
    change = planned.replan(NEXT_MONDAY)
    assert planned.days() == before
    assert (change.added, change.stability) == ((), 1.0)


def test_a_planned_visit_that_was_not_made_comes_back(planned):
    code, day = someone_on(planned, FIRST)
    make_visits(planned, day, leave_out=[code])
    change = planned.replan(day + timedelta(days=1))
    back = [move for move in change.added if move.customer_code == code]
    assert [move.customer_code for move in change.added] == [code]
    assert day + timedelta(days=2) <= back[0].after <= day + timedelta(days=9)


def test_visits_of_today_are_under_way(planned):
    """A replan at noon does not plan the afternoon's visits a second time."""
    before = planned.days()
    _, today = someone_on(planned, FIRST)
    make_visits(planned, today - timedelta(days=1))
    change = planned.replan(today)
    assert change.added == ()
    assert planned.days() == before


def test_a_visit_of_today_that_is_not_made_after_all_comes_back_later(planned):
    code, today = someone_on(planned, FIRST)
    make_visits(planned, today - timedelta(days=1))
    planned.replan(today)
    made = [other for other, days in planned.days().items() if today in days and other != code]
    planned.visited(*made, on=today)
    change = planned.replan(today + timedelta(days=1))
    assert [move.customer_code for move in change.added] == [code]


def test_what_one_replan_has_counted_the_next_does_not_count_again(planned):
    """Made in the first week, missed in the second: the first visit does not stand for it."""
    make_visits(planned, NEXT_MONDAY - timedelta(days=1))
    planned.replan(NEXT_MONDAY - timedelta(days=1))
    code, day = someone_on(planned, NEXT_MONDAY)
    make_visits_of_second_week = [
        (other, on)
        for other, days in planned.days().items()
        for on in days
        if NEXT_MONDAY <= on <= day and other != code
    ]
    for other, on in make_visits_of_second_week:
        planned.visited(other, on=on)
    change = planned.replan(day + timedelta(days=1))
    assert [move.customer_code for move in change.added] == [code]


def test_a_missed_visit_that_came_back_is_planned_once(planned):
    code, day = someone_on(planned, FIRST)
    make_visits(planned, day, leave_out=[code])
    planned.replan(day + timedelta(days=1))
    before = planned.days()
    change = planned.replan(day + timedelta(days=1))
    assert (change.added, change.moved, change.stability) == ((), (), 1.0)
    assert planned.days() == before


def test_a_customer_struck_out_leaves(planned):
    code, _ = someone_on(planned, WEDNESDAY)
    before = planned.days()
    planned.change(Customer, code, status=CustomerStatus.STRUCK_OUT)
    change = planned.replan(EVE)
    assert {move.customer_code for move in change.dropped} == {code}
    assert [move.after for move in change.dropped] == [None] * len(before[code])
    assert {c: days for c, days in before.items() if c != code} == planned.days()
    assert change.stability == pytest.approx(14 / 16)


def test_an_appointment_made_since_is_booked(planned):
    friday = FIRST + timedelta(days=4)
    planned.book("W3", friday, begin_s=15 * 3600)
    planned.replan(EVE)
    (row,) = [row for row in visit_rows(planned) if row.appointment_code]
    assert (row.date, row.begin_s) == (friday, 15 * 3600)
    assert len(planned.days()["W3"]) == 2


def test_an_appointment_moved_is_kept_on_its_new_day(planning):
    friday, thursday = FIRST + timedelta(days=4), FIRST + timedelta(days=3)
    planning.book("W3", friday)
    planning.plan()
    planning.change(Appointment, "BOOKED", date=thursday, begin_s=9 * 3600)
    count = len(planning.days()["W3"])
    planning.replan(EVE)
    (row,) = [row for row in visit_rows(planning) if row.appointment_code]
    assert (row.date, row.begin_s) == (thursday, 9 * 3600)
    assert len(planning.days()["W3"]) == count


def test_an_appointment_moved_out_of_the_cycle_leaves(planning):
    planning.book("Q3", WEDNESDAY)
    planning.plan()
    planning.change(Appointment, "BOOKED", date=LAST + timedelta(days=3))
    change = planning.replan(EVE)
    assert [move.customer_code for move in change.dropped] == ["Q3"]


def test_a_cancelled_appointment_leaves_an_ordinary_visit(planning):
    planning.book("W3", WEDNESDAY)
    planning.plan()
    count = len(planning.days()["W3"])
    planning.change(Appointment, "BOOKED", cancelled=True)
    planning.replan(EVE)
    own = [row for row in visit_rows(planning) if row.customer_id == planning.customer_id("W3")]
    assert len(own) == count
    assert {(row.appointment_code, row.purpose) for row in own} == {("", "key_care")}
    assert {row.end_s - row.begin_s for row in own} == {2400}


@pytest.mark.parametrize("state", [PromiseState.KEPT, PromiseState.WITHDRAWN])
def test_a_promise_closed_before_its_visit_needs_none(planning, state):
    planning.promise("Q0", LAST)
    planning.plan()
    assert len(planning.days()["Q0"]) == 1
    planning.change(Promise, "SOON", state=state)
    change = planning.replan(EVE)
    assert [move.customer_code for move in change.dropped] == ["Q0"]


def test_a_promise_brought_forward_is_kept_by_its_new_date(planning):
    planning.promise("Q0", LAST)
    planning.plan()
    planning.change(Promise, "SOON", due=TUESDAY)
    planning.replan(EVE)
    assert planning.days()["Q0"] <= [TUESDAY]


def test_a_promise_missed_is_due_by_its_date_not_a_week_later(planning):
    due = NEXT_MONDAY + timedelta(days=1)
    planning.promise("Q0", TUESDAY)
    planning.plan()
    planning.change(Promise, "SOON", due=due)
    (first,) = planning.days()["Q0"]
    make_visits(planning, first, leave_out=["Q0"])
    change = planning.replan(FIRST + timedelta(days=3))
    assert first < planning.days()["Q0"][-1] <= due
    (plan,) = [row for row in planning.plans() if row.id == change.plan_id]
    ((problem, _),) = from_document(plan.document)
    (again,) = [visit for visit in problem.visits if visit.customer_id == "Q0"]
    assert (again.commitment.id, again.latest) == ("SOON", due)


def test_a_visit_made_before_its_day_is_not_made_again(planned):
    make_visits(planned, FIRST)
    code, day = next((c, d[0]) for c, d in planned.days().items() if d[0] > TUESDAY)
    planned.visited(code, on=TUESDAY)
    make_visits(planned, TUESDAY, leave_out=[c for c, d in planned.days().items() if FIRST in d])
    change = planned.replan(TUESDAY)
    (dropped,) = change.dropped
    assert (dropped.customer_code, dropped.before) == (code, day)
    assert planned.replan(WEDNESDAY).dropped == ()


def test_past_days_stay_in_the_plan_as_they_were(planned):
    make_visits(planned, WEDNESDAY)
    past = {(row.visit_id, row.date, row.begin_s) for row in visit_rows(planned)}
    past = {row for row in past if row[1] <= WEDNESDAY}
    planned.promise("Q0", LAST)
    planned.replan(WEDNESDAY)
    kept = {(row.visit_id, row.date, row.begin_s) for row in visit_rows(planned)}
    assert past
    assert past <= kept
    with planned.database.reading() as session:
        plan = planned.plans(PlanState.PUBLISHED)[-1]
        days = session.exec(select(PlannedDay).where(PlannedDay.plan_id == plan.id)).all()
    assert {day.date for day in days} == {row[1] for row in kept}
    ((problem, _),) = from_document(plan.document)
    assert problem.first_day == WEDNESDAY + timedelta(days=1)


def test_the_clock_set_back_plans_nothing_twice(planned):
    make_visits(planned, WEDNESDAY)
    planned.replan(WEDNESDAY)
    before = planned.days()
    change = planned.replan(FIRST)
    assert change.from_day == WEDNESDAY + timedelta(days=1)
    assert planned.days() == before


def test_a_cycle_that_is_over(planned):
    with pytest.raises(CycleOver, match="ended on 2026-12-13"):
        planned.replan(LAST)
    planned.replan(LAST - timedelta(days=1))


def test_a_rep_without_a_plan_or_of_another_district(planning):
    with pytest.raises(NoPlan, match="R1"):
        planning.replan(EVE)
    planning.plan()
    with pytest.raises(RepNotFound):
        replan(
            planning.database,
            planning.asker("R2"),
            rep_code="R1",
            today=EVE,
            purpose="x",
            effort=LITTLE,
        )
    with pytest.raises(RepNotFound):
        planning.replan(EVE, rep_code="R9")


def test_an_overdue_promise_is_noted(planned):
    planned.promise("Q0", BEFORE)
    (note,) = planned.replan(EVE).notes
    assert note.params["due"] == BEFORE.isoformat()
