"""Between a customer's visits: their order, one a day, not too close, not too far apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from routing.checks.facts import Facts, Planned
from routing.checks.violation import Rule, Violation
from routing.problem import Customer


@dataclass(frozen=True, kw_only=True)
class _Gap:
    """Two neighbouring visits of a customer. `adjacent`: no unserved visit lies between."""

    customer: Customer
    since: date
    until: date
    adjacent: bool
    commitment: bool
    visit_id: str

    def violation(self, rule: Rule, limit: int) -> Violation:
        return Violation(
            rule=rule,
            visit_id=self.visit_id,
            date=self.until,
            params={
                "customer": self.customer.id,
                "days": (self.until - self.since).days,
                "since": self.since.isoformat(),
                "until": self.until.isoformat(),
                "limit": limit,
            },
        )


def in_order_of_number(facts: Facts) -> Iterator[Violation]:
    """Visit k of a customer is before visit k+1."""
    for visits in facts.once_by_customer.values():
        for first, second in pairwise(visits):
            if second.date < first.date:
                params: dict[str, str | int] = {
                    "customer": second.customer.id,
                    "visit": second.visit.id,
                    "date": second.date.isoformat(),
                    "other": first.visit.id,
                    "other_date": first.date.isoformat(),
                }
                yield Violation(
                    rule=Rule.OUT_OF_ORDER,
                    visit_id=second.visit.id,
                    rep_id=second.route.rep_id,
                    date=second.date,
                    params=params,
                )


def one_visit_a_day(facts: Facts) -> Iterator[Violation]:
    """A customer is visited at most once a day, whoever comes."""
    for customer_id, visits in facts.once_by_customer.items():
        for day, times in sorted(Counter(item.date for item in visits).items()):
            if times > 1:
                params: dict[str, str | int] = {"customer": customer_id, "date": day.isoformat()}
                yield Violation(rule=Rule.TWO_VISITS_A_DAY, date=day, params=params)


def not_too_close(facts: Facts) -> Iterator[Violation]:
    """At least `min_gap_days` lie between neighbours, waived where one is a commitment."""
    for gap in _gaps(facts):
        limit = gap.customer.min_gap_days
        if (gap.until - gap.since).days < limit and not gap.commitment:
            yield gap.violation(Rule.GAP_TOO_SHORT, limit)


def not_too_far_apart(facts: Facts) -> Iterator[Violation]:
    """At most `max_gap_days` lie between neighbours with no unserved visit between them.

    A customer whose last visit was already too long ago before the first day anybody could
    have come is overdue; the plan cannot be blamed for that gap.
    """
    for gap in _gaps(facts):
        limit = gap.customer.max_gap_days
        if limit is None or not gap.adjacent or (gap.until - gap.since).days <= limit:
            continue
        if gap.since == gap.customer.last_visit and _overdue(facts, gap.customer, limit):
            continue
        yield gap.violation(Rule.GAP_TOO_LONG, limit)


def _gaps(facts: Facts) -> Iterator[_Gap]:
    """Every pair of neighbours: last visit, planned ones in order, next visit. Pairs out of
    order or on one day are left to their own rules."""
    totals = Counter(v.customer_id for v in facts.problem.visits if v.accompanies is None)
    for customer_id, visits in facts.once_by_customer.items():
        customer, first, last = facts.customers[customer_id], visits[0], visits[-1]
        if customer.last_visit is not None:
            yield _Gap(
                customer=customer,
                since=customer.last_visit,
                until=first.date,
                adjacent=first.visit.number == 1,
                commitment=_committed(first),
                visit_id=first.visit.id,
            )
        for before, after in pairwise(visits):
            if before.date < after.date:
                yield _Gap(
                    customer=customer,
                    since=before.date,
                    until=after.date,
                    adjacent=after.visit.number == before.visit.number + 1,
                    commitment=_committed(before) or _committed(after),
                    visit_id=after.visit.id,
                )
        if customer.next_visit is not None:
            yield _Gap(
                customer=customer,
                since=last.date,
                until=customer.next_visit,
                adjacent=last.visit.number == totals[customer_id],
                commitment=_committed(last),
                visit_id=last.visit.id,
            )


def _committed(planned: Planned) -> bool:
    return planned.visit.commitment is not None


def _overdue(facts: Facts, customer: Customer, limit: int) -> bool:
    days = [
        day
        for (rep_id, day) in facts.workdays
        if rep_id in customer.rep_ids and day >= facts.problem.first_day
    ]
    return (
        customer.last_visit is not None
        and bool(days)
        and (min(days) - customer.last_visit).days > limit
    )
