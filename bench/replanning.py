"""How long replanning takes: the rest of a day with forty stops, and of a cycle."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.cpu import cpu_seconds_spent
from bench.days import a_day
from bench.read.cycle import read_cycle
from bench.run import run
from bench.translate.cycle import cycle_problem
from routing.check import check
from routing.plan import Plan
from routing.problem import Problem
from routing.replan import Cancel, Change, Drop, RepIll, RunningLate, Scope, replan

STOPS = 40
HALF_AN_HOUR_S = 1_800
TIMES = 5  # each change is carried out so often, and its middle time counts
FIRST_PLAN_S = 3.0


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`s`: CPU seconds of the slowest change, the middle of its repetitions; `wall_s` its time by
    the clock; `violations` of all plans."""

    s: float
    wall_s: float
    violations: int


def rest_of_a_day() -> Measured:
    """A day of forty stops just begun: the rep runs late, or a customer calls off."""
    problem = cycle_problem("day", a_day(STOPS, 1))
    plan = run(problem, seed=1, cpu_seconds=FIRST_PLAN_S).plan
    (rep,), (route,) = problem.reps, plan.routes
    late = RunningLate(rep_id=rep.id, date=route.date, now_s=route.leave_s + HALF_AN_HOUR_S, at=0)
    off = Drop(visit_id=route.stops[STOPS // 2].visit_id)
    return _measured(problem, plan, [[late], [off]], scope="day")


def rest_of_a_cycle(path: Path) -> Measured:
    """A cycle in which a visit is called off, one is dropped, and the rep is ill for a day."""
    problem = cycle_problem(path.stem, read_cycle(path))
    plan = run(problem, seed=1, cpu_seconds=FIRST_PLAN_S).plan
    routes = sorted(plan.routes, key=lambda route: route.date)
    early = routes[len(routes) // 4]
    ill = RepIll(rep_id=early.rep_id, first_day=early.date, last_day=early.date)
    free = _free_to_move(problem, plan)
    return _measured(
        problem, plan, [[Cancel(visit_id=free)], [Drop(visit_id=free)], [ill]], scope="cycle"
    )


def _free_to_move(problem: Problem, plan: Plan) -> str:
    """The first planned visit of a customer with one visit, on an early day: it has days left."""
    single = {customer.id for customer in problem.customers if _visits_once(problem, customer.id)}
    stops = (stop for route in plan.routes for stop in route.stops)
    return next(stop.visit_id for stop in stops if stop.customer_id in single)


def _visits_once(problem: Problem, customer_id: str) -> bool:
    return sum(visit.customer_id == customer_id for visit in problem.visits) == 1


def _measured(
    problem: Problem, plan: Plan, asked: Sequence[Sequence[Change]], *, scope: Scope
) -> Measured:
    replan(problem, plan, asked[0], scope=scope)  # a warm process
    slowest, violations = (0.0, 0.0), 0
    for changes in asked:
        seconds = []
        for _ in range(TIMES):
            began_s, began_wall_s = cpu_seconds_spent(), time.perf_counter()
            made = replan(problem, plan, changes, scope=scope)
            seconds.append((cpu_seconds_spent() - began_s, time.perf_counter() - began_wall_s))
        violations += len(check(made.problem, made.plan))
        slowest = max(slowest, sorted(seconds)[TIMES // 2])
    return Measured(s=slowest[0], wall_s=slowest[1], violations=violations)
