"""Whatever is asked: the planner's plan breaks no rule, and is the same each time."""

import json
import os
import subprocess
import sys

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.check import check
from routing.codec import encode
from routing.problem import Problem
from routing.solve import solve
from routing.weights import Weights
from tests.routing.builders import MON, TUE, WED, WEEK, a_problem, due, lunch, opens, shop
from tests.routing.random_problems import problems, published

FEW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@FEW
@given(problems())
def test_no_plan_breaks_a_rule(problem: Problem):
    plan = solve(problem, seed=1, work=12)
    assert [violation.message for violation in check(problem, plan)] == []


@FEW
@given(problems(full=True))
def test_no_plan_of_several_reps_breaks_a_rule(problem: Problem):
    plan = solve(problem, seed=1, work=12)
    assert [violation.message for violation in check(problem, plan)] == []


@FEW
@given(problems(full=True, joint=True))
def test_no_plan_with_joint_visits_breaks_a_rule(problem: Problem):
    plan = solve(problem, seed=1, work=12)
    assert [violation.message for violation in check(problem, plan)] == []


@FEW
@given(st.data())
def test_no_replan_breaks_a_rule(data):
    problem = data.draw(problems(full=data.draw(st.booleans())))
    first = solve(problem, seed=1, work=6)
    again = data.draw(published(problem, first))
    plan = solve(again, seed=1, work=6)
    assert [violation.message for violation in check(again, plan)] == []


def a_cycle() -> Problem:
    """Twenty customers in a week, a few with hours, a break and commitments."""
    items = [
        shop(
            f"s{n:02}",
            *([due(25, (MON, TUE)), due(25, (WED, WEEK[-1]))] if n % 5 == 0 else [due(40)]),
            grade="ABCDE"[n % 5],
            open_hours=opens("09:00-12:30", "14:00-17:00") if n % 3 == 0 else None,
            min_gap_days=2,
        )
        for n in range(18)
    ]
    items.append(shop("booked", due(30, on=WED, appointment="11:00"), grade="A"))
    items.append(shop("promised", due(30, (MON, TUE), promise=True), grade="E"))
    drives = {
        (here.name, there.name): 3 + (i * 7 + j * 11) % 23
        for i, here in enumerate(items)
        for j, there in enumerate(items)
        if i < j
    }
    return a_problem(*items, rest=lunch(), drives=drives)


PRINT_A_PLAN = (
    "import json; from routing.codec import encode; from routing.solve import solve; "
    "from tests.routing.test_solve import a_cycle; "
    "print(json.dumps(encode(solve(a_cycle(), seed=3, work=60))))"
)


def test_same_seed_same_plan_in_another_process():
    here = encode(solve(a_cycle(), seed=3, work=60))
    for hash_seed in ("1", "777"):
        there = subprocess.run(
            [sys.executable, "-c", PRINT_A_PLAN],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(there.stdout) == here


def test_twenty_customers_are_all_planned():
    problem = a_cycle()
    plan = solve(problem, work=60)
    assert (plan.unserved, check(problem, plan)) == ((), ())
    assert plan.travel_source == "by hand"


def test_progress_is_told_and_can_stop_the_search():
    told = []

    def stop(done, work, cost):
        told.append((done, work, cost))
        return False

    problem = a_cycle()
    plan = solve(problem, work=500, progress=stop)
    assert check(problem, plan) == ()
    assert told
    assert {work for _, work, _ in told} == {500}
    assert {done < 500 for done, _, _ in told} == {True}  # what was stopped is not done
    assert len(told) < 10


def test_without_a_day_to_work_everything_is_unserved_with_its_reason():
    problem = a_problem(shop("a"), shop("b"), days=[MON])
    idle = Problem(**{**vars(problem), "reps": (_without_days(problem.reps[0]),)})
    plan = solve(idle, work=5)
    assert [missed.code.value for missed in plan.unserved] == ["no_workday"] * 2
    assert check(idle, plan) == ()


def _without_days(rep):
    return type(rep)(**{**vars(rep), "workdays": ()})


def test_nothing_due_is_an_empty_plan():
    problem = a_problem(days=[MON])
    plan = solve(problem, work=5)
    assert (plan.routes, plan.unserved) == ((), ())


def test_the_higher_grade_gets_the_room():
    items = [shop(f"{grade}{n}", due(120), grade=grade) for grade in "EDCBA" for n in range(2)]
    problem = a_problem(*items, days=[MON])  # room for four
    plan = solve(problem, work=40)
    assert {stop.customer_id for route in plan.routes for stop in route.stops} == {
        *("A0", "A1", "B0", "B1")
    }


def test_days_are_even():
    items = [shop(f"s{n}", due(60)) for n in range(10)]
    plan = solve(a_problem(*items), work=60)
    assert [len(route.stops) for route in plan.routes] == [2] * 5
    lopsided = solve(a_problem(*items), work=60, weights=Weights(balance_s=0, off_ideal=0))
    assert max(len(route.stops) for route in lopsided.routes) > 2
