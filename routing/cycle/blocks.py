"""Days that share patterns: a rep's Mondays in a cycle of weeks. Plans are crossed by blocks."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from routing.cycle.instance import Instance

WEEK = 7


@dataclass(frozen=True)
class Blocks:
    """For each slot its block, from 0, and its place among the block's days: days at the same
    place take each other's part when two blocks change names."""

    count: int
    block: tuple[int, ...]
    week: tuple[int, ...]


def blocks_of(instance: Instance) -> Blocks:
    """By the patterns where customers name them, else a rep's same weekdays; in a cycle of one
    week, or where patterns tie all days together, each slot is a block of its own."""
    slots = instance.slots
    days = sorted({slot.date for slot in slots})
    tied = _tied(instance)
    if tied is None and days and (days[-1] - days[0]).days >= WEEK:
        tied = {day: day.weekday() for day in days}
    keys: list[Hashable] = [
        (slot.rep.id, tied[slot.date]) if tied else slot.index for slot in slots
    ]
    if tied and len(set(tied.values())) == 1:
        keys = [slot.index for slot in slots]
    number = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    first = days[0] if days else date.min
    spread = len(number) < len(slots)
    return Blocks(
        count=len(number),
        block=tuple(number[key] for key in keys),
        week=tuple((slot.date - first).days // WEEK if spread else 0 for slot in slots),
    )


def _tied(instance: Instance) -> dict[date, int] | None:
    """Days joined by some customer's pattern have one number; None where nobody has patterns."""
    several = [
        pattern
        for family in instance.families
        if family.customer.patterns and len(family.jobs) > 1
        for pattern in family.customer.patterns
    ]
    if not several:
        return None
    group = {slot.date: n for n, slot in enumerate(instance.slots)}
    for pattern in several:
        joined = {group[day] for day in pattern if day in group}
        if len(joined) > 1:
            group = {day: min(joined) if n in joined else n for day, n in group.items()}
    return group
