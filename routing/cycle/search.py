"""The search over the cycle: how much of which kind, and the finished `Schedule`.

From nothing, many short annealed searches make a population whose plans are crossed by blocks of
days. With a plan in force there is one search, from that plan and never hot.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from routing.cycle.compiled import Found, Order
from routing.cycle.compiled import search as search_compiled
from routing.cycle.instance import Instance
from routing.cycle.schedule import Schedule
from routing.problem import NO_WAY

Progress = Callable[[int, int, int], bool]  # (work done, work in all, best cost) → go on?

Stops = Sequence[tuple[int, int]]  # (job, slot) in order of slots and stops

STEPS_OF_WORK = 1000  # for each visit
START_STEPS = 24_000  # of one short search, for each visit
CHILD_STEPS = 12_000
STARTS = 60  # of one population
PATIENCE = 200  # children without a better plan before another population begins
REPORT_STEPS = 20_000_000  # about a tenth of a CPU second
DEGREE = 256  # temperatures are in 256ths of a second

# Temperatures as parts of the mean leg, in thousandths.
HOT, WARM, COLD = 450, 150, 5


def search(
    instance: Instance,
    *,
    seed: int,
    work: int,
    progress: Progress | None = None,
    cpu_limit_s: float | None = None,
    start: Stops | None = None,
) -> Schedule:
    """The best schedule found with `work` thousand steps for each visit, from nothing, from the
    plan in force or from `start`.

    `cpu_limit_s` is a second bound, in CPU seconds of this process, for people in a hurry: a
    search that meets it gives a good plan, but not the same one everywhere.
    """
    steps = max(1, work * STEPS_OF_WORK * max(len(instance.jobs), 1))
    begun_s = time.process_time()
    stopped = False

    def report(done: int, cost: int) -> int:
        nonlocal stopped
        if progress is not None and not progress(work * done // steps, work, cost):
            stopped = True
            return 0
        if cpu_limit_s is None:
            return steps
        spent_s = time.process_time() - begun_s
        # What is left of the time, at the pace so far; the phases of the search shrink with it.
        return int(done * cpu_limit_s / spent_s) if spent_s > 0 else steps

    if start is None and instance.problem.published:
        start = _published(instance)
    found = search_compiled(
        instance,
        order_of(instance, seed=seed, steps=steps),
        start=start,
        report=None if progress is None and cpu_limit_s is None else report,
        report_every=min(REPORT_STEPS, max(steps // 100, 1)),
    )
    if progress is not None and not stopped:
        progress(work, work, found.cost)
    return _schedule(instance, found)


def order_of(instance: Instance, *, seed: int, steps: int) -> Order:
    """What the work buys: as many short searches as it holds, up to a number, then longer ones."""
    visits = max(len(instance.jobs), 1)
    leg_s = _mean_leg_s(instance)
    return Order(
        seed=seed,
        steps=steps,
        start_steps=START_STEPS * visits,
        child_steps=CHILD_STEPS * visits,
        starts=STARTS,
        patience=PATIENCE,
        hot=leg_s * DEGREE * HOT // 1000 + 1,
        warm=leg_s * DEGREE * WARM // 1000 + 1,
        cold=leg_s * DEGREE * COLD // 1000 + 1,
    )


def _mean_leg_s(instance: Instance) -> int:
    """A guess at the mean leg of a plan: half as long again as the way to the third nearest."""
    nodes = sorted({job.node for job in instance.jobs})
    if len(nodes) < 2 or not instance.slots:
        return 1
    rows = instance.slots[0].travel
    third = [
        sorted(rows[node][other] for other in nodes if other != node)[:3][-1] for node in nodes
    ]
    third = [leg_s for leg_s in third if leg_s < NO_WAY]
    return max(1, sum(third) * 3 // (2 * max(len(third), 1)))


def _published(instance: Instance) -> Stops:
    """The plan in force as far as its visits still exist, in order of slots and stops."""
    jobs = {job.visit.id: job.index for job in instance.jobs}
    slots = {(slot.rep.id, slot.date): slot.index for slot in instance.slots}
    return [
        (jobs[stop.visit_id], slots[stop.rep_id, stop.date])
        for stop in sorted(
            instance.problem.published, key=lambda stop: (stop.date, stop.rep_id, stop.order)
        )
        if stop.visit_id in jobs and (stop.rep_id, stop.date) in slots
    ]


def _schedule(instance: Instance, found: Found) -> Schedule:
    schedule = Schedule(instance)
    for slot in range(len(instance.slots)):
        schedule.set_day(slot, [job for job, on in found.stops if on == slot])
    return schedule
