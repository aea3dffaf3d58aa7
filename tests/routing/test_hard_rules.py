"""Windows and gaps as the planner applies them, against the checker's own reading of the rules."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.check import check
from routing.checks.violation import Rule
from routing.problem import Commitment
from routing.rules.gaps import after_omission, gap_allows, neighbours_allow
from routing.rules.windows import start_windows
from tests.routing.builders import (
    MON,
    TUE,
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
}
OF_GAPS = {Rule.GAP_TOO_SHORT, Rule.GAP_TOO_LONG, Rule.TWO_VISITS_A_DAY, Rule.OUT_OF_ORDER}


def hhmmss(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def broken(problem, plan, rules) -> bool:
    return any(violation.rule in rules for violation in check(problem, plan))


@FEW
@given(problems(days=2, shops=1), st.integers(0, 86399))
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
@given(problems(days=4, shops=1))
def test_two_visits_are_as_far_apart_as_the_checker_lets_them(problem):
    (customer,), visits = problem.customers, problem.visits
    days = [day.date for day in problem.reps[0].workdays]
    if len(visits) != 2:
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
                    customer, visit, day, is_last=visit is visits[-1], first_workday=days[0]
                )
                for visit, day in zip(visits, (first, second), strict=True)
            )
            allowed = around and gap_allows(customer, *visits, (second - first).days)
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
