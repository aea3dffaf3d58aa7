"""Invented records of the visits made in the last quarter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from crm.rules.calendar import working_days
from field_api.sample import HOLIDAYS, TODAY, WORK_WEEKDAYS, particulars
from field_api.sample.businesses import Business, dice
from field_api.sample.facts import Facts
from field_api.sample.rows import Row

RECORDS_FROM = date(2026, 8, 31)  # thirteen weeks back; beyond only a last visit
NEVER_VISITED, OVERDUE = 0.02, 0.03  # shares of the customers
OVERDUE_ON_GOZO = 0.2  # of those visited once a month or less: its rep cannot keep up
LATE_BY_DAYS = range(4, 22)
MISSED_FOR_DAYS = 25  # who opens only in the evening


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A visit that was made."""

    customer_code: str
    date: date
    rep_code: str

    def row(self) -> Row:
        """As the import file has it."""
        return {"customer_code": self.customer_code, "date": self.date, "rep_code": self.rep_code}


def visits(facts: Facts) -> list[Visit]:
    """The records in order of customer and day: each customer at its interval, each rep's
    customers spread evenly over the weeks; some are overdue, some were never visited."""
    groups: dict[tuple[str, int], list[Business]] = {}
    for one in facts.active:
        key = (facts.reps[one.code], facts.interval_days(one.code))
        groups.setdefault(key, []).append(one)
    made = (
        Visit(customer_code=one.code, date=_worked(day), rep_code=rep)
        for (rep, interval), members in sorted(groups.items(), key=lambda item: item[0])
        for one, last in _spread(rep, interval, members)
        for day in _back_from(last, interval)
    )
    return sorted(made, key=lambda visit: (visit.customer_code, visit.date))


def last_visits(made: Iterable[Visit]) -> dict[str, date]:
    """The day of each customer's last visit; `made` is in order of day."""
    return {visit.customer_code: visit.date for visit in made}


def _spread(
    rep: str, interval: int, members: Iterable[Business]
) -> Iterator[tuple[Business, date]]:
    """Day of the last visit of those that had one, spread over the interval before today."""
    shuffled = list(members)
    dice("order of visits", f"{rep}/{interval}").shuffle(shuffled)
    since = TODAY - timedelta(days=interval - 1)
    days = working_days(since, TODAY, weekdays=WORK_WEEKDAYS, holidays=HOLIDAYS)
    for place, one in enumerate(shuffled):
        chance = dice("last visit", one.code)
        often_late = one.gozo and interval >= 28
        if particulars.closed_at_work(one):
            yield one, TODAY - timedelta(days=interval + MISSED_FOR_DAYS)
        elif chance.random() < NEVER_VISITED:
            continue
        elif chance.random() < (OVERDUE_ON_GOZO if often_late else OVERDUE):
            yield one, TODAY - timedelta(days=interval + chance.choice(LATE_BY_DAYS))
        else:
            yield one, days[place * len(days) // len(shuffled)]


def _back_from(last: date, interval: int) -> Iterator[date]:
    """The last visit's day and the earlier ones on record."""
    yield last
    day = last - timedelta(days=interval)
    while day >= RECORDS_FROM:
        yield day
        day -= timedelta(days=interval)


def _worked(day: date) -> date:
    """The day, or where it was none of work the next that was."""
    fortnight = day + timedelta(days=14)
    return working_days(day, fortnight, weekdays=WORK_WEEKDAYS, holidays=HOLIDAYS)[0]
