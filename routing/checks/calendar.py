"""On which days a customer is visited: its weekdays, and its patterns of dates."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.facts import Facts, Planned
from routing.checks.violation import Rule, Violation


def on_its_weekdays(facts: Facts) -> Iterator[Violation]:
    """A visit without a commitment is on one of the customer's weekdays."""
    for planned in facts.planned:
        weekdays = planned.customer.weekdays
        if weekdays is None or planned.visit.commitment is not None:
            continue
        if planned.date.weekday() not in weekdays:
            yield _at(planned, Rule.WRONG_WEEKDAY)


def in_one_pattern(facts: Facts) -> Iterator[Violation]:
    """Every planned visit of a customer is on its date in one and the same pattern; told at the
    first visit that is off the pattern which holds most of them."""
    for customer_id, visits in facts.once_by_customer.items():
        patterns = facts.customers[customer_id].patterns
        if patterns is None:
            continue
        off = [[v for v in visits if pattern[v.visit.number - 1] != v.date] for pattern in patterns]
        fewest = min(off, key=len, default=visits)
        if fewest:
            yield _at(fewest[0], Rule.WRONG_PATTERN)


def _at(planned: Planned, rule: Rule) -> Violation:
    return Violation(
        rule=rule,
        visit_id=planned.visit.id,
        rep_id=planned.route.rep_id,
        date=planned.date,
        params={
            "visit": planned.visit.id,
            "customer": planned.customer.id,
            "date": planned.date.isoformat(),
        },
    )
