"""The sets of days on which all visits of one customer could be made."""

from __future__ import annotations

from routing.cycle.instance import Family, Instance
from routing.rules.gaps import gap_allows

Pattern = tuple[int, ...]  # a slot for each visit of the family, in order

KEPT = 40  # patterns kept for a customer, the most regular ones


def patterns(instance: Instance, family: Family) -> tuple[Pattern, ...]:
    """Up to `KEPT` patterns, best first: those that keep the weekday and come nearest to the
    due dates. Empty where no days hold all visits."""
    slots = instance.slots
    found: list[tuple[int, Pattern]] = [(0, ())]
    for number, job in enumerate(family.jobs):
        longer = []
        for cost, pattern in found:
            for slot in job.windows:
                step = job.wish[slot]
                if pattern:
                    before = slots[pattern[-1]].date
                    days = (slots[slot].date - before).days
                    if not gap_allows(
                        family.customer, family.jobs[number - 1].visit, job.visit, days
                    ):
                        continue
                    if days % 7:
                        step += instance.weights.off_due_date(family.customer, 1)
                longer.append((cost + step, (*pattern, slot)))
        found = sorted(longer)[: KEPT * 5]
    return tuple(pattern for _, pattern in found[:KEPT])
