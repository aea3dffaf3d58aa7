"""逾期率: customers past their due date ÷ customers with an interval."""

from collections.abc import Iterable
from datetime import date, timedelta

from crm.rules.figures.stretches import Stretch
from crm.rules.rep_figures import Share


def is_overdue(stretch: Stretch, until: date) -> bool:
    """Whether the due day had gone by unvisited when `until` was over."""
    return stretch.due_after(until + timedelta(days=1)) <= until


def overdue_rate(stretches: Iterable[Stretch], until: date) -> Share:
    """Of the customers still in care when `until` was over."""
    there = [one for one in stretches if one.last >= until]
    return Share(
        numerator=sum(is_overdue(one, until) for one in there),
        denominator=len(there),
    )
