"""Whatever changes: no rule is broken, nothing vanishes, and what is not touched stays."""

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from routing.check import check
from routing.plan import DayRoute, Plan
from routing.problem import Problem
from routing.replan import ChangeRefused, replan
from routing.solve import solve
from tests.routing.random_changes import changes, one_visit
from tests.routing.random_problems import problems

FEW = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@FEW
@given(st.data())
def test_no_replan_breaks_a_rule_and_nothing_vanishes(data):
    problem = data.draw(problems(full=data.draw(st.booleans()), peaks=True))
    plan = solve(problem, seed=1, work=6)
    wanted = data.draw(st.lists(changes(problem, plan), min_size=1, max_size=2))
    days = [day.date for day in problem.reps[0].workdays]
    begun = data.draw(st.sampled_from((None, None, *days)))
    scope = data.draw(st.sampled_from(("day", "cycle")))
    try:
        again = replan(problem, plan, wanted, scope=scope, begun=begun, work=6)
    except ChangeRefused:
        event("refused")
        assume(False)
    event(f"{scope} {type(wanted[0]).__name__}")
    assert [violation.message for violation in check(again.problem, again.plan)] == []
    gone = visits_of(problem) - visits_of(again.problem)
    dropped = {change.visit_id for change in again.difference.dropped}
    made = gone - dropped
    assert planned(again.plan) | unserved(again.plan) == visits_of(again.problem)
    assert made <= planned(plan)


@FEW
@given(st.data())
def test_a_change_to_one_visit_leaves_the_other_days_as_they_were(data):
    problem = data.draw(problems(full=data.draw(st.booleans()), peaks=True))
    plan = solve(problem, seed=1, work=6)
    change = data.draw(one_visit(problem))
    try:
        again = replan(problem, plan, [change], scope="day", work=6)
    except ChangeRefused:
        assume(False)
    told = again.difference
    changed = {c.visit_id for c in (*told.moved, *told.added, *told.dropped, *told.unserved)}
    changed.add(change.visit_id)
    near = {visit for visit, day in places(plan) if day in days_of(plan, change.visit_id)}
    assert changed <= near | {change.visit_id}
    touched = {
        day for visit in changed for day in (*days_of(plan, visit), *days_of(again.plan, visit))
    }
    assert untouched(again.plan, touched) == untouched(plan, touched)


def visits_of(problem: Problem) -> set[str]:
    return {visit.id for visit in problem.visits}


def planned(plan: Plan) -> set[str]:
    return {stop.visit_id for route in plan.routes for stop in route.stops}


def unserved(plan: Plan) -> set[str]:
    return {missed.visit_id for missed in plan.unserved}


def places(plan: Plan) -> set:
    return {(stop.visit_id, where(route)) for route in plan.routes for stop in route.stops}


def days_of(plan: Plan, visit_id: str) -> set:
    return {day for visit, day in places(plan) if visit == visit_id}


def untouched(plan: Plan, touched: set) -> dict:
    return {where(route): route for route in plan.routes if where(route) not in touched}


def where(route: DayRoute) -> tuple:
    return route.rep_id, route.date
