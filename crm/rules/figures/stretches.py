"""What a customer's figures in a span of days are reckoned from."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The days of a span, `first` to `last`, through which a customer stood in one care, and the
    days on which anybody visited, in order and each once; also those before and after. A customer
    who moves in the middle of a month has two stretches in it, who is paused has none meanwhile."""

    first: date
    last: date
    interval_days: int
    in_care_since: date
    visits: tuple[date, ...] = ()

    @property
    def made(self) -> tuple[date, ...]:
        """The visits of the stretch."""
        return tuple(day for day in self.visits if self.first <= day <= self.last)

    def due_after(self, before: date) -> date:
        """When the customer is due, by the last visit before a day; one never visited is due an
        interval after coming into care."""
        known = [day for day in self.visits if day < before]
        base = known[-1] if known else self.in_care_since - timedelta(days=1)
        return base + timedelta(days=self.interval_days)


def cut(first: date, last: date, *, spell: tuple[date, date]) -> tuple[date, date] | None:
    """The days that a span and a spell of care have in common; None: there are none."""
    begin, end = max(first, spell[0]), min(last, spell[1])
    return (begin, end) if begin <= end else None
