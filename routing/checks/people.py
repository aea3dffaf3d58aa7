"""Who visits whom: active customers, their own reps, on days these work, one route a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from routing.checks.facts import Facts
from routing.checks.violation import Rule, Violation


def only_active_customers(facts: Facts) -> Iterator[Violation]:
    """A prospect, struck-out or blacklisted customer is on no route."""
    for planned in facts.planned:
        if planned.customer.status != "active":
            yield Violation(
                rule=Rule.NOT_ACTIVE,
                visit_id=planned.visit.id,
                rep_id=planned.route.rep_id,
                date=planned.date,
                params={
                    "visit": planned.visit.id,
                    "customer": planned.customer.id,
                    "status": planned.customer.status,
                },
            )


def only_their_own_rep(facts: Facts) -> Iterator[Violation]:
    """The route's rep is one of the customer's and the one that a person fixed for the visit;
    whoever accompanies another need only be the fixed one."""
    for planned in facts.planned:
        rep_id, visit = planned.route.rep_id, planned.visit
        foreign = rep_id not in planned.customer.rep_ids and visit.accompanies is None
        if rep_id in facts.reps and (foreign or visit.pinned_rep_id not in (None, rep_id)):
            yield Violation(
                rule=Rule.REP_NOT_ALLOWED,
                visit_id=planned.visit.id,
                rep_id=rep_id,
                date=planned.date,
                params={"visit": planned.visit.id, "customer": planned.customer.id, "rep": rep_id},
            )


def reps_work_that_day(facts: Facts) -> Iterator[Violation]:
    """Each route is of a known rep, on a day the rep works, and the only one of that day."""
    routes = Counter((route.rep_id, route.date) for route in facts.plan.routes)
    for (rep_id, day), times in routes.items():
        params: dict[str, str | int] = {"rep": rep_id, "date": day.isoformat()}
        if rep_id not in facts.reps:
            rule = Rule.UNKNOWN_REP
        elif (rep_id, day) not in facts.workdays:
            rule = Rule.NO_WORKDAY
        elif times > 1:
            rule = Rule.ROUTE_DOUBLED
        else:
            continue
        yield Violation(rule=rule, rep_id=rep_id, date=day, params=params)
