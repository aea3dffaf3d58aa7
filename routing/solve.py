"""A problem in, a plan out: a compiled search over the cycle, the orders of days by OR-Tools."""

from __future__ import annotations

import time
from datetime import date

from routing.cycle.instance import Instance, Job
from routing.cycle.search import Progress
from routing.day.labels import Day
from routing.day.order import best_order
from routing.day.schedule import timed_route
from routing.explain import explain_all
from routing.fingerprint import fingerprint
from routing.joint import search_jointly
from routing.plan import DayRoute, Plan
from routing.problem import Problem
from routing.validate import require_valid
from routing.weights import Weights

DAY_S = 0.004  # CPU seconds OR-Tools takes for a day
DEFAULT_WORK = 2500  # about four CPU seconds for a rep with four weeks and 240 visits


def solve(
    problem: Problem,
    *,
    seed: int = 1,
    work: int = DEFAULT_WORK,
    weights: Weights | None = None,
    progress: Progress | None = None,
    cpu_limit_s: float | None = None,
) -> Plan:
    """Plan the cycle. Same problem, seed, work and weights: the same plan.

    `work` is in thousands of elementary steps for each visit. `progress` is told now and then and
    stops the search by answering False; `cpu_limit_s` stops it after so many CPU seconds. A
    search that was stopped gives the best plan so far.

    Where the problem carries a published plan, the search starts from it and each visit moved to
    another day costs. Raises `InvalidProblem` for a problem that contradicts itself.
    """
    begun_s = time.process_time()
    require_valid(problem)
    schedule = search_jointly(
        problem,
        weights or Weights(),
        seed=seed,
        work=work,
        progress=progress,
        cpu_limit_s=_left_for_the_search(problem, cpu_limit_s, begun_s),
    )
    instance = schedule.instance
    routes = tuple(_route(instance, day) for day in schedule.days if day.jobs)
    return Plan(
        problem_id=problem.id,
        fingerprint=fingerprint(problem),
        seed=seed,
        work=work,
        routes=routes,
        unserved=explain_all(instance, routes),
        travel_source=problem.travel_source,
    )


def _left_for_the_search(problem: Problem, limit_s: float | None, begun_s: float) -> float | None:
    """The orders of the days by OR-Tools and the reasons come after it."""
    if limit_s is None:
        return None
    days = sum(len(rep.workdays) for rep in problem.reps)
    left_s = limit_s - (time.process_time() - begun_s) - DAY_S * days
    return max(left_s, limit_s / 2)


def _route(instance: Instance, day: Day) -> DayRoute:
    """The day as published if its visits are the same, else in OR-Tools' order."""
    slot = day.slot
    metres = instance.problem.travel_m[slot.rep.transport]
    published = _published_order(instance, slot.rep.id, slot.date)
    jobs = tuple(sorted(day.jobs, key=lambda job: published.get(job.visit.id, -1)))
    unchanged = published.keys() == {job.visit.id for job in jobs} and Day(slot, jobs).fits
    return timed_route(slot, jobs if unchanged else _best_order(day), metres)


def _best_order(day: Day) -> tuple[Job, ...]:
    ordered = Day(day.slot, best_order(day.slot, day.jobs))
    return ordered.jobs if ordered.fits and ordered.cost <= day.cost else day.jobs


def _published_order(instance: Instance, rep_id: str, day: date) -> dict[str, int]:
    return {
        stop.visit_id: stop.order
        for stop in instance.problem.published
        if stop.rep_id == rep_id and stop.date == day
    }
