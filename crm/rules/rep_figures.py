"""A rep's work in figures, each with what it is of: how the days went, not how they were meant."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

Stop = tuple[int, date]  # a customer's number and the day


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of a whole; an empty whole has no share."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """From 0 to 1, rounded to a tenth of a per cent."""
        return round(self.numerator / self.denominator, 3) if self.denominator else None


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A promise that was due: `kept_on` None while it is not kept."""

    due: date
    kept_on: date | None


@dataclass(frozen=True, kw_only=True)
class DaySpent:
    """A day as it was planned, in seconds: away from leaving to returning, of it the break, the
    road and visits."""

    away_s: int
    lunch_s: int
    travel_s: int
    visit_s: int


def plan_adherence(
    planned: Collection[Stop], visited: Collection[Stop], closed: Collection[Stop]
) -> Share:
    """拜访达成率: planned customers visited on their day ÷ planned. A customer found closed is left
    out of both, unless there was a visit that day after all."""
    reachable = {stop for stop in planned if stop in visited or stop not in closed}
    return Share(numerator=sum(stop in visited for stop in reachable), denominator=len(reachable))


def promises_kept(owed: Iterable[Owed]) -> Share:
    """承诺兑现率: kept by their due date ÷ due."""
    promises = list(owed)
    kept = sum(one.kept_on is not None and one.kept_on <= one.due for one in promises)
    return Share(numerator=kept, denominator=len(promises))


def travel_share(days: Iterable[DaySpent]) -> Share:
    """在途占比: travel ÷ (travel + visit + wait), in seconds; the break is none of them."""
    spent = list(days)
    return Share(
        numerator=sum(day.travel_s for day in spent),
        denominator=sum(max(day.away_s - day.lunch_s, day.travel_s + day.visit_s) for day in spent),
    )


def month_of(day: date) -> tuple[date, date]:
    """The first and last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def months_back(day: date, count: int) -> list[tuple[date, date]]:
    """A day's month and so many before it, the latest first."""
    found = [month_of(day)]
    for _ in range(count):
        found.append(month_of(found[-1][0] - timedelta(days=1)))
    return found
