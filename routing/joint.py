"""Joint visits: somebody, a manager say, accompanies a rep's visit, at the same second.

First the cycle is planned without the companions, accompanied visits on days on which both work.
Then each meeting is where and when the rep is there, the companions' visits are appointments, and
the search goes on from that plan.
"""

from __future__ import annotations

from datetime import date

from routing.cycle.instance import Instance, lay_out
from routing.cycle.schedule import Schedule
from routing.cycle.search import Progress, search
from routing.day.schedule import timed_route
from routing.problem import Problem
from routing.weights import Weights


def search_jointly(
    problem: Problem,
    weights: Weights,
    *,
    seed: int,
    work: int,
    progress: Progress | None = None,
    cpu_limit_s: float | None = None,
) -> Schedule:
    """The best schedule found; where nobody accompanies anybody, in one search."""
    first = lay_out(problem, weights)
    if all(visit.accompanies is None for visit in problem.visits):
        return search(first, seed=seed, work=work, progress=progress, cpu_limit_s=cpu_limit_s)
    half_s = None if cpu_limit_s is None else cpu_limit_s / 2
    alone = search(first, seed=seed, work=work // 2, progress=progress, cpu_limit_s=half_s)
    meetings = _meetings(problem, alone)
    while True:
        together = search(
            second := lay_out(problem, weights, meetings),
            seed=seed,
            work=work - work // 2,
            progress=progress,
            cpu_limit_s=half_s,
            start=_same_stops(alone, second),
        )
        if not (left := _left_alone(together)):
            return together
        # Some meeting's own visit gave way: without its companion it may stand again.
        meetings = {visit: met for visit, met in meetings.items() if visit not in left}
        alone = together


def _left_alone(schedule: Schedule) -> set[str]:
    """Companions that are on a day while the visit they accompany is on none, and that visit."""
    visits = {job.visit.id for day in schedule.days for job in day.jobs}
    return {
        visit_id
        for day in schedule.days
        for job in day.jobs
        if job.visit.accompanies is not None and job.visit.accompanies not in visits
        for visit_id in (job.visit.id, job.visit.accompanies)
    }


def _meetings(problem: Problem, alone: Schedule) -> dict[str, tuple[str, date, int]]:
    """Visit id → rep, date and second, for accompanied visits that are on a day and for their
    companions. Who cannot be met meets nobody: such a companion has no day at all."""
    begins: dict[str, tuple[str, date, int]] = {}
    for day in alone.days:
        if day.jobs:
            metres = problem.travel_m[day.slot.rep.transport]
            for stop in timed_route(day.slot, day.jobs, metres).stops:
                begins[stop.visit_id] = (day.slot.rep.id, day.slot.date, stop.begin_s)
    meetings = {}
    for visit in problem.visits:
        met = begins.get(visit.accompanies or "")
        if met is not None and visit.pinned_rep_id is not None and visit.accompanies is not None:
            meetings[visit.accompanies] = met
            meetings[visit.id] = (visit.pinned_rep_id, *met[1:])
    return meetings


def _same_stops(alone: Schedule, instance: Instance) -> list[tuple[int, int]]:
    """The stops of a plan by the jobs of another layout of the same problem."""
    jobs = {job.visit.id: job.index for job in instance.jobs}
    return [
        (jobs[job.visit.id], day.slot.index)
        for day in alone.days
        for job in day.jobs
        if job.visit.id in jobs
    ]
