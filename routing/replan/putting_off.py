"""Visits that found no place where they stood go where there is room, and nothing gives way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from routing.cycle.instance import Job, lay_out
from routing.cycle.schedule import Schedule
from routing.day.labels import Day
from routing.day.schedule import timed_route
from routing.problem import Problem
from routing.replan.cut import cut
from routing.replan.draft import Draft
from routing.replan.neighbours import Neighbours
from routing.replan.standing import Where
from routing.weights import Weights


def put_off(
    draft: Draft, loose: Collection[str], weights: Weights, closed: Collection[Where]
) -> None:
    """Place `loose` visits of the draft, the dearest first, each where it costs least on a day
    that is not begun and not `closed`; the other stops of that day keep their order. A joint visit
    waits for the cycle to be planned: two reps' days would have to give way."""
    days = {
        where
        for where in draft.workdays.keys() - draft.begun - set(closed) - _with_joint_visits(draft)
        if any(draft.may_be(draft.visits[visit_id], where) for visit_id in loose)
    }
    part = cut(draft, days, {*draft.standing_on(days), *loose})
    schedule = Schedule(lay_out(_held(draft, part.problem), weights))
    _as_they_stand(draft, schedule)
    jobs = [job for job in schedule.instance.jobs if job.visit.id in loose]
    accompanied = {visit.accompanies for visit in draft.problem.visits}
    for job in sorted(jobs, key=lambda job: (-job.missed, job.index)):
        found = None if job.visit.id in accompanied else _cheapest(draft, schedule, job)
        if found is None:
            continue
        slot, position = found
        schedule.days[slot] = day = schedule.days[slot].with_job(job, position)
        schedule.slot_of[job.index] = slot
        metres = schedule.instance.problem.travel_m[day.slot.rep.transport]
        draft.put([timed_route(day.slot, day.jobs, metres)], ())


def _with_joint_visits(draft: Draft) -> set[Where]:
    joint = {v.id for v in draft.problem.visits if v.accompanies is not None}
    joint |= {v.accompanies for v in draft.problem.visits if v.accompanies is not None}
    return {where for visit_id, where in draft.where.items() if visit_id in joint}


def _held(draft: Draft, problem: Problem) -> Problem:
    """The problem with every visit that stands fixed to its place."""
    return replace(
        problem,
        visits=tuple(
            replace(visit, pinned_rep_id=where[0], pinned=where[1])
            if (where := draft.where.get(visit.id)) is not None
            else visit
            for visit in problem.visits
        ),
    )


def _as_they_stand(draft: Draft, schedule: Schedule) -> None:
    jobs = {job.visit.id: job for job in schedule.instance.jobs}
    for slot in schedule.instance.slots:
        route = draft.routes.get((slot.rep.id, slot.date))
        if route is not None:
            own = tuple(jobs[stop.visit_id] for stop in route.stops)
            schedule.days[slot.index] = Day(slot, own)
            schedule.slot_of.update({job.index: slot.index for job in own})


def _cheapest(draft: Draft, schedule: Schedule, job: Job) -> tuple[int, int] | None:
    """(slot, position) where the visit costs least; None where no day has room."""
    bound = Neighbours(draft, frozenset({job.visit.id})).bounded(draft.visits[job.visit.id])
    if bound is None:
        return None
    found = []
    for slot in job.windows:
        day = schedule.days[slot]
        if not (bound.earliest <= day.slot.date <= bound.latest and day.fits):
            continue
        insertion = day.best_insertion(job)
        if insertion is not None:
            added_s, position = insertion
            found.append((added_s + job.wish[slot], slot, position))
    return min(found)[1:] if found else None
