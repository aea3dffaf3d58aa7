"""Ruin and recreate over the whole cycle: take some customers off all their days, put each back
in the cheapest way, keep what is better or, early on, not much worse.

Bounded by rounds, not by the clock; all costs are integers and every choice comes from one
seeded generator, so that the same instance, seed and work give the same plan anywhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from routing.cycle.instance import Family, Instance
from routing.cycle.schedule import Schedule

Progress = Callable[[int, int, int], bool]  # (rounds done, rounds in all, best cost) → go on?

AVERAGE_REMOVED = 4
BLINK = 100  # one insertion in so many is passed over
REPORT_EVERY = 25


def improve(start: Schedule, *, seed: int, work: int, progress: Progress | None = None) -> Schedule:
    """The best schedule found in `work` rounds from `start`, which is left as it is."""
    instance = start.instance
    rng = random.Random(seed)  # noqa: S311  (a search, not a secret)
    neighbours = _neighbours(instance)
    movable = [family for family in instance.families if any(job.windows for job in family.jobs)]
    if not movable:
        return start
    current = best = start
    current_cost = best_cost = start.cost()
    slack = max(1, sum(day.travel_s for day in start.days) // 100)
    for done in range(work):
        trial = current.copy()
        removed = _choose(trial, rng, movable, neighbours)
        if _ruin(trial, removed):
            _recreate(trial, removed, rng)
            cost = trial.cost()
            if cost < current_cost + rng.randrange(slack * (work - done) // work + 1):
                current, current_cost = trial, cost
                if cost < best_cost:
                    best, best_cost = trial, cost
        if (
            progress is not None
            and done % REPORT_EVERY == 0
            and not progress(done, work, best_cost)
        ):
            break
    return best


def fill(schedule: Schedule) -> None:
    """Put customers who are on no day where they cost least, the most important first."""
    for family in sorted(schedule.instance.families, key=importance):
        if all(job.index not in schedule.slot_of for job in family.jobs):
            schedule.place(schedule.best_placement(family))


def importance(family: Family) -> tuple[int, str]:
    """The order in which customers are given room: what missing them costs, then the id."""
    return -max(job.missed for job in family.jobs), family.customer.id


def _choose(
    schedule: Schedule,
    rng: random.Random,
    movable: list[Family],
    neighbours: dict[str, list[Family]],
) -> list[Family]:
    """Customers near to one that has a visit without a place (half of the time, if there is one)
    or to any, or a whole day with the neighbours of one of its customers."""
    waiting = schedule.waiting()
    if waiting and rng.randrange(2):
        family = waiting[rng.randrange(len(waiting))]
    else:
        family = movable[rng.randrange(len(movable))]
    count = rng.randrange(2, 2 * AVERAGE_REMOVED)
    near = neighbours[family.customer.id]
    slots = [schedule.slot_of[job.index] for job in family.jobs if job.index in schedule.slot_of]
    if not slots or rng.randrange(4):
        return near[:count]
    on_day = {job.customer.id for job in schedule.days[rng.choice(slots)].jobs}
    whole = [other for other in movable if other.customer.id in on_day]
    return whole + [other for other in near[: count // 2] if other.customer.id not in on_day]


def _ruin(schedule: Schedule, removed: list[Family]) -> bool:
    """Take customers off; False if a day's rest no longer fits (roads without the triangle
    inequality)."""
    fits = True
    for family in removed:
        fits = schedule.remove(family) and fits
    return fits


def _recreate(schedule: Schedule, removed: list[Family], rng: random.Random) -> None:
    order = removed.copy()
    rng.shuffle(order)
    if rng.randrange(3):
        order.sort(key=importance)
    passed_over = []
    for family in order:
        if rng.randrange(BLINK):
            schedule.place(schedule.best_placement(family))
        else:
            passed_over.append(family)
    for family in passed_over:
        schedule.place(schedule.best_placement(family))


def _neighbours(instance: Instance) -> dict[str, list[Family]]:
    """For each customer the nearest ones by travel time, itself first."""
    movable = [family for family in instance.families if any(job.windows for job in family.jobs)]
    if not instance.slots:
        return {}
    rows = instance.slots[0].travel
    return {
        family.customer.id: sorted(
            movable,
            key=lambda other: (
                rows[family.customer.place][other.customer.place] if other is not family else -1,
                other.customer.id,
            ),
        )[: 2 * AVERAGE_REMOVED]
        for family in movable
    }
