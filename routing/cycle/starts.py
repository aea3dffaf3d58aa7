"""Where a search begins: on days that CP-SAT chose, from nothing, or from the plan in force."""

from __future__ import annotations

from routing.cycle.days import choose_days
from routing.cycle.instance import Instance
from routing.cycle.schedule import Placement, Schedule
from routing.cycle.search import Progress, fill, importance, improve

EXPLORED = 6  # each start is searched for one part in so many of the work, the best for the rest


def search(
    instance: Instance, *, seed: int, work: int, progress: Progress | None = None
) -> Schedule:
    """The best schedule found with `work` rounds in all.

    A search seldom leaves the weekdays that it began with, so several starts are tried briefly
    and the best of them is improved. With a plan in force there is one start: that plan.
    """
    if instance.problem.published:
        return improve(from_published(instance), seed=seed, work=work, progress=progress)
    starts = (from_days(instance, seed), from_days(instance, seed + 1), from_nothing(instance))
    share = work // EXPLORED
    tried = [
        improve(start, seed=seed + n, work=share, progress=_part(progress, n * share, work))
        for n, start in enumerate(starts)
    ]
    best = min(tried, key=Schedule.cost)
    spent = share * len(starts)
    return improve(best, seed=seed, work=work - spent, progress=_part(progress, spent, work))


def from_days(instance: Instance, seed: int) -> Schedule:
    """Every customer on the days that CP-SAT chose, or where there is room."""
    schedule = Schedule(instance)
    chosen = choose_days(instance, seed)
    for family in sorted(instance.families, key=importance):
        pattern = chosen.get(family.customer.id)
        placement = schedule.placement_on(family, pattern) if pattern else None
        if placement is not None or pattern or any(job.visit.commitment for job in family.jobs):
            schedule.place(placement or schedule.best_placement(family))
    fill(schedule)
    return schedule


def from_nothing(instance: Instance) -> Schedule:
    """Every customer where it costs least, the most important first."""
    schedule = Schedule(instance)
    fill(schedule)
    return schedule


def from_published(instance: Instance) -> Schedule:
    """The published plan as far as it still holds; what is new goes where it costs least."""
    schedule = Schedule(instance)
    jobs = {job.visit.id: job for job in instance.jobs}
    slots = {(slot.rep.id, slot.date): slot.index for slot in instance.slots}
    for stop in sorted(instance.problem.published, key=lambda s: (s.date, s.rep_id, s.order)):
        job, slot = jobs.get(stop.visit_id), slots.get((stop.rep_id, stop.date))
        if job is None or slot is None or slot not in job.windows:
            continue
        position = len(schedule.days[slot].jobs)
        if schedule.days[slot].with_job(job, position).fits:
            schedule.place(Placement(0, ((job, slot, position),)))
    for family in instance.families:
        if not schedule.keeps_gaps(family):
            schedule.remove(family)
    fill(schedule)
    return schedule


def _part(progress: Progress | None, before: int, work: int) -> Progress | None:
    """Progress of a part of the work, told as progress of the whole."""
    if progress is None:
        return None
    return lambda done, _, cost: progress(before + done, work, cost)
