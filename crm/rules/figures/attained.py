"""频次达成率: Σ min(done, required) ÷ Σ required, by customer."""

from collections.abc import Iterable

from crm.rules.figures.stretches import Stretch
from crm.rules.rep_figures import Share


def required(stretch: Stretch) -> int:
    """Visits that the interval asks for in the stretch: from the day on which the customer is due,
    at the earliest the first, one each interval."""
    due = max(stretch.due_after(stretch.first), stretch.first)
    if due > stretch.last:
        return 0
    return 1 + (stretch.last - due).days // stretch.interval_days


def attained(stretch: Stretch) -> int:
    """Of the visits asked for, those made: one too many hides no gap elsewhere."""
    return min(len(stretch.made), required(stretch))


def frequency_attainment(stretches: Iterable[Stretch]) -> Share:
    """Of no visit asked for there is no share."""
    every = list(stretches)
    return Share(
        numerator=sum(attained(one) for one in every),
        denominator=sum(required(one) for one in every),
    )
