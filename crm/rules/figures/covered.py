"""覆盖率: active customers with at least one valid visit ÷ active customers."""

from collections.abc import Iterable

from crm.rules.figures.stretches import Stretch
from crm.rules.rep_figures import Share


def coverage(stretches: Iterable[Stretch]) -> Share:
    """A customer counts once in each care it stood in."""
    every = list(stretches)
    return Share(numerator=sum(bool(one.made) for one in every), denominator=len(every))
