"""When a customer is due: the call interval, the tolerance around it, and the visits of a cycle."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

EPOCH = date(2024, 1, 1)  # a Monday; phases of customers never visited count from it
LEAST_TOLERANCE_DAYS = 3
TOLERANCE_PART = 4  # a quarter of the interval


@dataclass(frozen=True, kw_only=True)
class DueVisit:
    """A visit that the interval asks for. `due` is the ideal day; on any day from `earliest` to
    `latest` it keeps the gaps. `overdue`: it was due before the cycle began."""

    due: date
    earliest: date
    latest: date
    overdue: bool = False


def tolerance_days(interval_days: int) -> int:
    """How far a visit may be off its due day: a quarter of the interval, at least three days,
    but for intervals of less than a week no more than half."""
    if interval_days < 7:
        return interval_days // 2
    return max(LEAST_TOLERANCE_DAYS, interval_days // TOLERANCE_PART)


def gap_limits(interval_days: int) -> tuple[int, int]:
    """Least and most days between two visits."""
    tolerance = tolerance_days(interval_days)
    return max(1, interval_days - tolerance), interval_days + tolerance


def due_visits(
    *,
    code: str,
    interval_days: int,
    last_visit: date | None,
    first_day: date,
    last_day: date,
) -> tuple[DueVisit, ...]:
    """The visits due from `first_day` to `last_day`, both included, in order; none where the
    last day is before the first.

    A visit is due one interval after the last one; when that day has passed, at the cycle's
    start. A customer never visited has a phase from the code, so that over an interval equally
    many fall due each week. Raises ValueError for an interval of less than a day.
    """
    if interval_days < 1:
        raise ValueError(f"interval_days is {interval_days}; at least 1")
    if last_day < first_day:
        return ()
    if last_visit is None:
        due = first_day + timedelta(days=_days_to_phase(code, interval_days, first_day))
    else:
        due = last_visit + timedelta(days=interval_days)
    tolerance = timedelta(days=tolerance_days(interval_days))
    found = []
    if due < first_day:
        latest = min(last_day, first_day + tolerance)
        found.append(DueVisit(due=first_day, earliest=first_day, latest=latest, overdue=True))
        due = first_day + timedelta(days=interval_days)
    while due <= last_day:
        earliest, latest = max(first_day, due - tolerance), min(last_day, due + tolerance)
        found.append(DueVisit(due=due, earliest=earliest, latest=latest))
        due += timedelta(days=interval_days)
    return tuple(found)


def _days_to_phase(code: str, interval_days: int, day: date) -> int:
    """Days from `day` to the next one of the customer's phase, 0 to interval_days - 1."""
    phase = int.from_bytes(sha256(code.encode()).digest()[:8], "big") % interval_days
    return (phase - (day - EPOCH).days) % interval_days
