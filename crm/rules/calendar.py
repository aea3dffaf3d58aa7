"""Which days are worked: the rep's weekdays less public holidays."""

from collections.abc import Collection
from datetime import date, timedelta


def working_days(
    first_day: date, last_day: date, *, weekdays: str, holidays: Collection[date]
) -> tuple[date, ...]:
    """The days from first to last, both included, that fall on one of the weekdays (digits,
    Monday is 0) and are no public holiday."""
    days = (first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1))
    return tuple(day for day in days if str(day.weekday()) in weekdays and day not in holidays)
