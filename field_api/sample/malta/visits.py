"""Invented records of the visits made in the last quarter."""

from datetime import date

from field_api.sample.dice import dice
from field_api.sample.malta import MALTA, particulars
from field_api.sample.malta.facts import Facts
from field_api.sample.rounds import NEVER, Rounds, Visit

RECORDS_FROM = date(2026, 8, 31)  # thirteen weeks back; beyond only a last visit
NEVER_VISITED, OVERDUE = 0.02, 0.03  # shares of the customers
OVERDUE_ON_GOZO = 0.2  # of those visited once a month or less: its rep cannot keep up
LATE_BY_DAYS = range(4, 22)
MISSED_FOR_DAYS = 25  # who opens only in the evening


def visits(facts: Facts) -> list[Visit]:
    """The records in order of customer and day."""
    groups: dict[tuple[str, int], list[str]] = {}
    for one in facts.active:
        key = (facts.reps[one.code], facts.interval_days(one.code))
        groups.setdefault(key, []).append(one.code)
    businesses = {one.code: one for one in facts.active}

    def days_late(code: str, interval: int) -> int | None:
        business, chance = businesses[code], dice("last visit", code)
        often_late = business.gozo and interval >= 28
        if particulars.closed_at_work(business):
            return MISSED_FOR_DAYS
        if chance.random() < NEVER_VISITED:
            return NEVER
        if chance.random() < (OVERDUE_ON_GOZO if often_late else OVERDUE):
            return chance.choice(LATE_BY_DAYS)
        return None

    return Rounds(sample=MALTA, since=RECORDS_FROM, days_late=days_late).visits(groups)
