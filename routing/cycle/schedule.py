"""The whole cycle as it stands in a search: every slot's day, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from routing.cycle.instance import Family, Instance, Job
from routing.cycle.patterns import Pattern
from routing.day.labels import Day
from routing.rules.gaps import after_omission, gap_allows

OPEN = -1  # no visit of the family planned yet


@dataclass(frozen=True)
class Placement:
    """Where a family's visits go: (job, slot, position), at what cost in weighted seconds."""

    cost: int
    steps: tuple[tuple[Job, int, int], ...]


class Schedule:
    """Days by slot and slots by job. `copy` is cheap: days are values."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.days = [Day(slot) for slot in instance.slots]
        self.slot_of: dict[int, int] = {}

    def copy(self) -> Schedule:
        """An independent schedule with the same days."""
        twin = Schedule.__new__(Schedule)
        twin.instance = self.instance
        twin.days, twin.slot_of = self.days.copy(), self.slot_of.copy()
        return twin

    def cost(self) -> int:
        """The weighted sum of `Weights`, seconds."""
        total = 0
        for job in self.instance.jobs:
            slot = self.slot_of.get(job.index)
            total += job.missed if slot is None else job.wish[slot]
        for day in self.days:
            total += day.travel_s + self._unevenness(day.slot.index, day.work_s)
        return total

    def waiting(self) -> list[Family]:
        """The customers with a visit that some day could hold and none does, in fixed order."""
        return [
            family
            for family in self.instance.families
            if any(job.windows and job.index not in self.slot_of for job in family.jobs)
        ]

    def keeps_gaps(self, family: Family) -> bool:
        """Whether the customer's planned visits are as far apart as they have to be."""
        slots, before, skipped = self.instance.slots, None, False
        for job in family.jobs:
            if job.index not in self.slot_of:
                skipped = True
                continue
            if before is not None:
                here, there = self.slot_of[before.index], self.slot_of[job.index]
                days = (slots[there].date - slots[here].date).days
                if not _may_follow(family, before, job, days, skipped):
                    return False
            before, skipped = job, False
        return True

    def remove(self, family: Family) -> bool:
        """Take a customer off all days; False if what remains of a day no longer fits."""
        fits = True
        for slot in {self.slot_of.pop(j.index) for j in family.jobs if j.index in self.slot_of}:
            self.days[slot] = self.days[slot].without(family)
            fits &= self.days[slot].fits
        return fits

    def place(self, placement: Placement) -> None:
        """Carry out a placement made for the schedule as it stands."""
        for job, slot, position in placement.steps:
            self.days[slot] = self.days[slot].with_job(job, position)
            self.slot_of[job.index] = slot

    def best_single(self, job: Job) -> Placement:
        """The cheapest place for a customer's only visit, or its omission."""
        best = Placement(job.missed, ())
        for slot in job.windows:
            found = self._insertion(job, slot)
            if found is not None and found[0] + job.wish[slot] < best.cost:
                best = Placement(found[0] + job.wish[slot], ((job, slot, found[1]),))
        return best

    def best_placement(self, family: Family) -> Placement:
        """The cheapest days and positions for all visits of a customer who is on none, by dynamic
        programming over the visits in order; a visit may be left out at its price."""
        if len(family.jobs) == 1:
            return self.best_single(family.jobs[0])
        slots = self.instance.slots
        # (last slot or OPEN, whether the visit just before was left out) → (cost, steps)
        states: dict[tuple[int, bool], Placement] = {(OPEN, False): Placement(0, ())}
        for number, job in enumerate(family.jobs):
            onward: dict[tuple[int, bool], Placement] = {}
            for (last, _), placement in states.items():
                _keep(onward, (last, True), placement, job.missed, None)
            for slot in job.windows:
                insertion = self._insertion(job, slot)
                if insertion is None:
                    continue
                added, position = insertion
                for (last, skipped), placement in states.items():
                    if last != OPEN:
                        days = (slots[slot].date - slots[last].date).days
                        before = family.jobs[number - 1]
                        if not _may_follow(family, before, job, days, skipped):
                            continue
                    step = (job, slot, position)
                    _keep(onward, (slot, False), placement, added + job.wish[slot], step)
            states = onward
        return min(states.values(), key=lambda placement: placement.cost)

    def placement_on(self, family: Family, pattern: Pattern) -> Placement | None:
        """The cheapest positions on given days; None if one of them has no room."""
        steps, cost = [], 0
        for job, slot in zip(family.jobs, pattern, strict=True):
            insertion = self._insertion(job, slot)
            if insertion is None:
                return None
            added, position = insertion
            steps.append((job, slot, position))
            cost += added
        return Placement(cost, tuple(steps))

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
    states: dict[tuple[int, bool], Placement],
    key: tuple[int, bool],
    before: Placement,
    cost: int,
    step: tuple[Job, int, int] | None,
) -> None:
    total = before.cost + cost
    if key not in states or total < states[key].cost:
        states[key] = Placement(total, (*before.steps, step) if step else before.steps)


def _may_follow(family: Family, before: Job, job: Job, days: int, skipped: bool) -> bool:
    if skipped:
        return after_omission(family.customer, job.visit, days)
    return gap_allows(family.customer, before.visit, job.visit, days)
