"""Invented records of visits: each customer at its interval, a rep's spread evenly over the
weeks; some overdue, some never visited."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from field_api.sample.description import Sample
from field_api.sample.dice import dice
from field_api.sample.tables import Row

FORTNIGHT = timedelta(days=14)
NEVER = -1  # days late of who was never visited


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A visit that was made."""

    customer_code: str
    date: date
    rep_code: str

    def row(self) -> Row:
        """As an import file has it."""
        return {"customer_code": self.customer_code, "date": self.date, "rep_code": self.rep_code}


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """How the records of a sample come about: from `since` on, before that only a last visit;
    `days_late(code, interval)` is None for who is on time, or `NEVER`."""

    sample: Sample
    since: date
    days_late: Callable[[str, int], int | None]

    def visits(self, groups: Mapping[tuple[str, int], Sequence[str]]) -> list[Visit]:
        """In order of customer and day. Customers' codes by their rep and interval (days)."""
        made = (
            Visit(customer_code=code, date=self._worked(day), rep_code=rep)
            for (rep, interval), codes in sorted(groups.items(), key=lambda item: item[0])
            for code, last in self._spread(rep, interval, codes)
            for day in self._back_from(last, interval)
        )
        return sorted(made, key=lambda visit: (visit.customer_code, visit.date))

    def _spread(self, rep: str, interval: int, codes: Sequence[str]) -> Iterator[tuple[str, date]]:
        """Day of the last visit of those that had one, spread over the interval before today."""
        shuffled = list(codes)
        dice("order of visits", f"{rep}/{interval}").shuffle(shuffled)
        today = self.sample.today
        days = self.sample.worked(today - timedelta(days=interval - 1), today)
        for place, code in enumerate(shuffled):
            late = self.days_late(code, interval)
            if late is None:
                yield code, days[place * len(days) // len(shuffled)]
            elif late != NEVER:
                yield code, today - timedelta(days=interval + late)

    def _back_from(self, last: date, interval: int) -> Iterator[date]:
        """The last visit's day and the earlier ones on record."""
        yield last
        day = last - timedelta(days=interval)
        while day >= self.since:
            yield day
            day -= timedelta(days=interval)

    def _worked(self, day: date) -> date:
        """The day, or where it was none of work the next that was."""
        return self.sample.worked(day, day + FORTNIGHT)[0]


def last_visits(made: Iterable[Visit]) -> dict[str, date]:
    """The day of each customer's last visit; `made` is in order of day."""
    return {visit.customer_code: visit.date for visit in made}
