"""Which days a customer's visits may be on: its weekdays, and its patterns of dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from routing.problem import Customer, Visit


def calendar_allows(customer: Customer, visit: Visit, day: date) -> bool:
    """Whether the day is one of the customer's weekdays, which a commitment need not be on, and
    the visit's date in at least one pattern."""
    weekdays = customer.weekdays if visit.commitment is None else None
    if weekdays is not None and day.weekday() not in weekdays:
        return False
    return visit.accompanies is not None or keeps_a_pattern(customer, {visit.number: day})


def keeps_a_pattern(customer: Customer, days: Mapping[int, date]) -> bool:
    """Whether one and the same pattern has all the days, given by number of visit; a visit on no
    day is left out and leaves its date free. Visits that accompany others do not count."""
    if customer.patterns is None:
        return True
    return any(
        all(pattern[number - 1] == day for number, day in days.items())
        for pattern in customer.patterns
    )
