"""The whole cycle as it stands: every slot's day, and what it costs. The search's result."""

from __future__ import annotations

from collections.abc import Sequence

from routing.cycle.instance import Instance
from routing.day.labels import Day


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

    def _unevenness(self, slot: int, work_s: int) -> int:
        off = work_s - self.instance.even_share_s[slot]
        weight = self.instance.weights.balance_s
        return off * off // weight if weight else 0
