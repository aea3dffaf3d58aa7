"""The whole cycle as it stands: every slot's day, what it costs, and where one customer would go.

The search itself is compiled (`core/`); this is its result, and what explanations try things on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from routing.cycle.instance import Family, Instance, Job
from routing.day.labels import Day
from routing.rules.gaps import after_omission, gap_allows

OPEN = -1  # no visit of the family planned yet
_State = tuple[int, bool, int]  # last slot or OPEN, visit before left out?, pattern or OPEN


@dataclass(frozen=True)
class Placement:
    """Where a family's visits go: (job, slot, position), at what cost in weighted seconds."""

    cost: int
    steps: tuple[tuple[Job, int, int], ...]


class Schedule:
    """Days by slot and slots by number of job."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.days = [Day(slot) for slot in instance.slots]
        self.slot_of: dict[int, int] = {}

    def set_day(self, slot: int, jobs: Sequence[int]) -> None:
        """Give a slot that is empty its stops, by the numbers of their jobs."""
        chosen = tuple(self.instance.jobs[job] for job in jobs)
        self.days[slot] = Day(self.instance.slots[slot], chosen)
        self.slot_of |= dict.fromkeys(jobs, slot)

    def cost(self) -> int:
        """The weighted sum of `Weights`, seconds."""
        total = 0
        for job in self.instance.jobs:
            slot = self.slot_of.get(job.index)
            total += job.missed if slot is None else job.wish[slot]
        for day in self.days:
            total += day.leg_cost + self._unevenness(day.slot.index, day.work_s)
        return total

    def best_placement(self, family: Family) -> Placement:
        """The cheapest days and positions for all visits of a customer who is on none, by dynamic
        programming over the visits in order; a visit may be left out at its price."""
        patterns = range(len(family.customer.patterns)) if family.customer.patterns else (OPEN,)
        states: dict[_State, Placement] = {(OPEN, False, n): Placement(0, ()) for n in patterns}
        for number, job in enumerate(family.jobs):
            onward: dict[_State, Placement] = {}
            for (last, _, pattern), placement in states.items():
                _keep(onward, (last, True, pattern), placement, job.missed, None)
            for slot in job.windows:
                insertion = self._insertion(job, slot)
                if insertion is None:
                    continue
                added, position = insertion
                for state, placement in states.items():
                    if self._may_follow(family, number, state, slot):
                        step = (job, slot, position)
                        cost = added + job.wish[slot]
                        _keep(onward, (slot, False, state[2]), placement, cost, step)
            states = onward
        return min(states.values(), key=lambda placement: placement.cost, default=Placement(0, ()))

    def _may_follow(self, family: Family, number: int, state: _State, slot: int) -> bool:
        last, skipped, pattern = state
        job, day = family.jobs[number], self.instance.slots[slot].date
        patterns = family.customer.patterns
        if patterns and patterns[pattern][job.visit.number - 1] != day:
            return False
        if last == OPEN:
            return True
        days = (day - self.instance.slots[last].date).days
        if skipped:
            return after_omission(family.customer, job.visit, days)
        return gap_allows(family.customer, family.jobs[number - 1].visit, job.visit, days)

    def _insertion(self, job: Job, slot: int) -> tuple[int, int] | None:
        """(cost of travel and unevenness, position) of the cheapest place on a day, if any."""
        day = self.days[slot]
        found = day.best_insertion(job)
        if found is None:
            return None
        added, position = found
        after = self._unevenness(slot, day.work_s + job.service_s + added)
        return added + after - self._unevenness(slot, day.work_s), position

    def _unevenness(self, slot: int, work_s: int) -> int:
        off = work_s - self.instance.even_share_s[slot]
        weight = self.instance.weights.balance_s
        return off * off // weight if weight else 0


def _keep(
    states: dict[_State, Placement],
    key: _State,
    before: Placement,
    cost: int,
    step: tuple[Job, int, int] | None,
) -> None:
    total = before.cost + cost
    if key not in states or total < states[key].cost:
        states[key] = Placement(total, (*before.steps, step) if step else before.steps)
