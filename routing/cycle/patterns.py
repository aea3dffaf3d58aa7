"""The patterns of a customer that a search may use."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

from routing.cycle.instance import Family
from routing.rules.gaps import after_omission, gap_allows

Pattern = tuple[date | None, ...]  # the date of each visit; None: it is left out


def patterns_of(family: Family) -> list[Pattern]:
    """The dates of each pattern; of one that breaks the customer's gaps the largest parts that
    keep them. Empty where gaps alone decide."""
    patterns = family.customer.patterns
    if patterns is None or family.jobs[0].visit.accompanies is not None:
        return []
    chosen = [tuple(pattern[job.visit.number - 1] for job in family.jobs) for pattern in patterns]
    return list(dict.fromkeys(part for pattern in chosen for part in _sound(family, pattern)))


def _sound(family: Family, pattern: tuple[date, ...]) -> list[Pattern]:
    for kept in range(len(pattern), 0, -1):
        parts = [
            tuple(day if n in chosen else None for n, day in enumerate(pattern))
            for chosen in combinations(range(len(pattern)), kept)
        ]
        sound = [part for part in parts if _keeps_gaps(family, part)]
        if sound:
            return sound
    return []


def _keeps_gaps(family: Family, pattern: Pattern) -> bool:
    planned = [(n, day) for n, day in enumerate(pattern) if day is not None]
    visits = [job.visit for job in family.jobs]
    return all(
        gap_allows(family.customer, visits[before], visits[n], (day - prior).days)
        if n == before + 1
        else after_omission(family.customer, visits[n], (day - prior).days)
        for (before, prior), (n, day) in pairwise(planned)
    )
