"""The months over which sales are looked at, and the same months a year before."""

from datetime import date, timedelta
from enum import IntEnum

YEAR_MONTHS = 12
LONGEST_MONTH = timedelta(days=31)

Span = tuple[date, date]  # first and last day


class Period(IntEnum):
    """Over how many months is looked."""

    QUARTER = 3
    HALF = 6
    YEAR = 12


def months_until(newest: date, months: int) -> Span:
    """So many whole months, the last one that of the newest sale."""
    after = (newest.replace(day=1) + LONGEST_MONTH).replace(day=1)
    number = after.year * YEAR_MONTHS + after.month - 1 - months
    first = date(number // YEAR_MONTHS, number % YEAR_MONTHS + 1, 1)
    return first, after - timedelta(days=1)


def year_before(months: Span) -> Span:
    """The same whole months a year before."""
    after = months[1] + timedelta(days=1)
    return month_a_year_before(months[0]), month_a_year_before(after) - timedelta(days=1)


def month_a_year_before(first_of_month: date) -> date:
    """The first day of the same month of the year before."""
    return first_of_month.replace(year=first_of_month.year - 1)


def each_month(months: Span) -> list[date]:
    """The first day of each."""
    found = [months[0]]
    while (after := (found[-1] + LONGEST_MONTH).replace(day=1)) <= months[1]:
        found.append(after)
    return found
