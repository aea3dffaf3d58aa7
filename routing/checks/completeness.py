"""Nothing vanishes: each visit is on a day or unserved with a reason, and stands there once."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.facts import Facts
from routing.checks.violation import Rule, Violation
from routing.reasons import ReasonCode


def each_visit_once(facts: Facts) -> Iterator[Violation]:
    """No visit of the problem is lost or doubled, and the plan invents none."""
    for visit in facts.problem.visits:
        if not facts.mentions[visit.id]:
            params: dict[str, str | int] = {"visit": visit.id, "customer": visit.customer_id}
            yield Violation(rule=Rule.VISIT_LOST, visit_id=visit.id, params=params)
    for visit_id, times in facts.mentions.items():
        if visit_id not in facts.visits:
            params = {"visit": visit_id}
            yield Violation(rule=Rule.VISIT_INVENTED, visit_id=visit_id, params=params)
        elif times > 1:
            params = {"visit": visit_id, "times": times}
            yield Violation(rule=Rule.VISIT_DOUBLED, visit_id=visit_id, params=params)


def labels_are_true(facts: Facts) -> Iterator[Violation]:
    """A visit keeps its customer and its purpose; an unserved one has a known reason."""
    stops = ((s.visit_id, s.customer_id) for route in facts.plan.routes for s in route.stops)
    unserved = ((item.visit_id, item.customer_id) for item in facts.plan.unserved)
    for visit_id, customer_id in (*stops, *unserved):
        visit = facts.visits.get(visit_id)
        if visit and customer_id != visit.customer_id:
            params: dict[str, str | int] = {"visit": visit_id, "given": customer_id}
            params["expected"] = visit.customer_id
            yield Violation(rule=Rule.WRONG_CUSTOMER, visit_id=visit_id, params=params)
    for planned in facts.planned:
        if planned.stop.purpose != planned.visit.purpose:
            params = {"visit": planned.visit.id, "given": planned.stop.purpose}
            params["expected"] = planned.visit.purpose
            yield Violation(
                rule=Rule.WRONG_PURPOSE,
                visit_id=planned.visit.id,
                rep_id=planned.route.rep_id,
                date=planned.date,
                params=params,
            )
    for item in facts.plan.unserved:
        if item.code not in tuple(ReasonCode):
            params = {"visit": item.visit_id, "given": item.code}
            yield Violation(rule=Rule.UNKNOWN_REASON, visit_id=item.visit_id, params=params)
