"""Windows, calendars, reps and gaps as the planner applies them, against the checker's own reading
of the rules."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.check import check
from routing.checks.violation import Rule
from routing.problem import Commitment
from routing.reasons import ReasonCode
from routing.rules.calendar import calendar_allows, keeps_a_pattern
from routing.rules.gaps import after_omission, gap_allows, neighbours_allow
from routing.rules.people import first_workday, rep_may
from routing.rules.windows import start_windows
from tests.routing.builders import (
    MON,
    TUE,
    WED,
    a_plan,
    a_problem,
    due,
    opens,
    shop,
    unfit,
)
from tests.routing.random_problems import problems

FEW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
AT_A_TIME_OF_DAY = {
    Rule.CLOSED_DATE,
    Rule.OUTSIDE_OPEN_HOURS,
    Rule.IN_UNFIT_TIME,
    Rule.APPOINTMENT_MOVED,
    Rule.WRONG_WEEKDAY,
    Rule.WRONG_PATTERN,
}
OF_GAPS = {
    Rule.GAP_TOO_SHORT,
    Rule.GAP_TOO_LONG,
    Rule.TWO_VISITS_A_DAY,
    Rule.OUT_OF_ORDER,
    Rule.WRONG_PATTERN,
}


def hhmmss(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def broken(problem, plan, rules) -> bool:
    return any(violation.rule in rules for violation in check(problem, plan))


@FEW
@given(problems(days=2, shops=1) | problems(days=2, shops=1, full=True), st.integers(0, 86399))
def test_a_visit_may_begin_exactly_where_the_checker_lets_it(problem, somewhere):
    (customer,), visit = problem.customers, problem.visits[0]
    day = visit.earliest
    windows = start_windows(customer, visit, day)
    edges = {second + n for window in windows for second in window for n in (-1, 0, 1)}
    for begin_s in sorted({somewhere, *range(0, 86400, 3600), *edges}):
        if not 0 <= begin_s <= 86400 - visit.service_s:
            continue
        plan = a_plan(problem, {day: f"{visit.id} {hhmmss(begin_s)}"})
        allowed = any(first <= begin_s <= last for first, last in windows)
        assert allowed != broken(problem, plan, AT_A_TIME_OF_DAY), hhmmss(begin_s)


@FEW
@given(problems(joint=True, peaks=True))
def test_a_rep_may_make_exactly_the_visits_that_the_checker_lets_him(problem):
    customers = {customer.id: customer for customer in problem.customers}
    day = problem.first_day
    for visit in problem.visits:
        for rep in problem.reps:
            plan = a_plan(problem, {day: f"{visit.id} 09:00"}, rep=rep.id)
            allowed = rep_may(customers[visit.customer_id], visit, rep.id)
            assert allowed != broken(problem, plan, {Rule.REP_NOT_ALLOWED}), (visit.id, rep.id)


@FEW
@given(problems(joint=True, peaks=True))
def test_a_plan_that_leaves_everything_out_breaks_no_rule(problem):
    plan = a_plan(problem, {}, {visit.id: ReasonCode.HOURS_SHORT for visit in problem.visits})
    assert check(problem, plan) == ()


@FEW
@given(problems(days=4, shops=1) | problems(days=4, shops=1, full=True))
def test_two_visits_are_as_far_apart_as_the_checker_lets_them(problem):
    (customer,), visits = problem.customers, problem.visits
    days = [day.date for day in problem.reps[0].workdays]
    begins = first_workday(customer, problem.reps)
    if len(visits) != 2 or begins is None:
        return
    for first in days:
        for second in days:
            texts = {first: f"{visits[0].id} 09:00"}
            texts[second] = ", ".join(
                part for part in (texts.get(second), f"{visits[1].id} 12:00") if part
            )
            plan = a_plan(problem, texts)
            around = all(
                neighbours_allow(
                    customer, visit, day, is_last=visit is visits[-1], first_workday=begins
                )
                for visit, day in zip(visits, (first, second), strict=True)
            )
            in_pattern = keeps_a_pattern(customer, {1: first, 2: second})
            allowed = around and in_pattern and gap_allows(customer, *visits, (second - first).days)
            assert allowed != broken(problem, plan, OF_GAPS), (first, second)


def test_windows_by_hand():
    problem = a_problem(
        shop("a", due(30), open_hours=opens("09:00-12:00", "14:00-14:29")), days=[MON]
    )
    (customer,), (visit,) = problem.customers, problem.visits
    assert start_windows(customer, visit, MON) == ((9 * 3600, 41400),)  # the last at 11:30
    lunchtime = replace(customer, unfit_times=(unfit("10:00-10:30", MON),))
    assert start_windows(lunchtime, visit, MON) == ((32400, 34200), (37800, 41400))
    assert start_windows(lunchtime, visit, TUE) == ((9 * 3600, 41400),)
    shut = replace(customer, closed_dates=frozenset({MON}))
    assert start_windows(shut, visit, MON) == ()
    by_start = replace(customer, window_holds_for="start")
    assert start_windows(by_start, visit, MON) == ((32400, 43200), (50400, 52140))


@pytest.mark.parametrize(
    ("days", "plain", "with_commitment"),
    [(0, False, False), (1, False, True), (3, True, True), (9, True, True), (10, False, False)],
)
def test_gaps_by_hand(days, plain, with_commitment):
    problem = a_problem(shop("a", due(), due(), min_gap_days=3, max_gap_days=9))
    (customer,), (first, second) = problem.customers, problem.visits
    promised = replace(second, commitment=Commitment(kind="promise", id="p"))
    assert gap_allows(customer, first, second, days) == plain
    assert gap_allows(customer, first, promised, days) == with_commitment
    assert after_omission(customer, second, days) == (days >= 3)
    assert after_omission(customer, promised, days) == (days >= 1)


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    [(3, 3, True), (2, 3, False), (3, 2, False), (9, 9, True), (10, 3, False), (3, 10, False)],
)
def test_gaps_to_the_visits_around_the_cycle(since, until, allowed):
    problem = a_problem(shop("a", due(), min_gap_days=3, max_gap_days=9), days=[MON])
    around = {
        "last_visit": MON - timedelta(days=since),
        "next_visit": MON + timedelta(days=until),
    }
    customer = replace(problem.customers[0], **around)
    (visit,) = problem.visits
    # a maximum that was broken before the first working day binds nobody: it begins earlier here
    begins = MON - timedelta(days=5)
    found = neighbours_allow(customer, visit, MON, is_last=True, first_workday=begins)
    assert found == allowed


def test_an_overdue_visit_may_be_made_on_any_day():
    problem = a_problem(shop("a", due(), max_gap_days=9, last_visit=MON - timedelta(days=10)))
    (customer,), (visit,) = problem.customers, problem.visits
    for day in (MON, TUE):
        assert neighbours_allow(customer, visit, day, is_last=True, first_workday=MON)


def test_calendars_by_hand():
    problem = a_problem(
        shop("a", due(), due(), weekdays=frozenset({0, 1}), patterns=((MON, WED), (TUE, WED)))
    )
    (customer,), (first, second) = problem.customers, problem.visits
    assert calendar_allows(customer, first, MON)
    assert not calendar_allows(customer, first, WED)  # no weekday and in no pattern
    assert not calendar_allows(customer, second, TUE)  # a weekday and in no pattern
    assert not calendar_allows(customer, second, WED)  # in a pattern and no weekday
    promised = replace(second, commitment=Commitment(kind="promise", id="p"))
    assert calendar_allows(customer, promised, WED)
    assert keeps_a_pattern(customer, {1: TUE, 2: WED})
    assert not keeps_a_pattern(customer, {1: WED})
    assert keeps_a_pattern(customer, {})


def test_a_joint_visit_is_bound_by_the_visit_that_it_accompanies():
    problem = a_problem(
        shop("a", due(), due(15, joins=1, rep="boss"), patterns=((MON,),), min_gap_days=9),
        reps=("anna", "boss"),
    )
    customer, second = replace(problem.customers[0], last_visit=MON), problem.visits[1]
    assert calendar_allows(customer, second, TUE)
    assert neighbours_allow(customer, second, TUE, is_last=True, first_workday=MON)


def test_the_first_workday_is_of_the_customers_own_reps():
    problem = a_problem(shop("a", rep_ids=frozenset({"ben"})), reps=("anna", "ben"))
    (customer,), (anna, ben) = problem.customers, problem.reps
    later = replace(ben, workdays=ben.workdays[2:])
    assert first_workday(customer, (anna, later)) == WED
    assert first_workday(customer, (anna,)) is None
