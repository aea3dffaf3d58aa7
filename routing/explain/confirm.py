"""A remedy is offered only if the checker finds nothing: it is done, the visit put in, and the
days that it touches are judged."""

from __future__ import annotations

from dataclasses import replace

from routing.check import RULES
from routing.checks.facts import Facts
from routing.checks.identity import answers_this_problem
from routing.explain.room import Place
from routing.explain.scene import Scene
from routing.explain.terms import Terms, with_terms
from routing.plan import DayRoute, Plan, Unserved
from routing.problem import Customer, Problem
from routing.reasons import ReasonCode

# The cut problem is our own, so whose it is was never in doubt; its fingerprint would cost more
# than all the rules together.
_JUDGED = tuple(rule for rule in RULES if rule is not answers_this_problem)


def confirmed(scene: Scene, terms: Terms, place: Place) -> bool:
    """Whether the visit keeps every hard rule at its place on these terms."""
    route = place.route(scene)
    routes = _touched(scene, terms, route)
    problem = with_terms(_cut(scene, terms, routes), terms)
    planned = {stop.visit_id for other in routes for stop in other.stops}
    plan = Plan(
        problem_id=problem.id,
        fingerprint="",
        seed=0,
        work=0,
        routes=tuple(routes),
        unserved=tuple(
            Unserved(
                visit_id=visit.id,
                customer_id=visit.customer_id,
                code=ReasonCode.HOURS_SHORT,
                rule="",
            )
            for visit in problem.visits
            if visit.id not in planned
        ),
        travel_source=problem.travel_source,
    )
    facts = Facts(problem, plan)
    return not any(True for rule in _JUDGED for _ in rule(facts))


def _touched(scene: Scene, terms: Terms, route: DayRoute) -> list[DayRoute]:
    """The new day, those of the customer's other visits, and those joined to any of them."""
    found = {(route.rep_id, route.date): route}
    waiting = [stop.visit_id for stop in route.stops]
    waiting += [visit.id for visit in scene.family(terms.customer.id)]
    while waiting:
        visit_id = waiting.pop()
        where = scene.standing.get(visit_id)
        if where is not None and (where.rep_id, where.date) not in found:
            other = found[where.rep_id, where.date] = scene.routes[where.rep_id, where.date]
            waiting += [stop.visit_id for stop in other.stops]
        for joined in (scene.companions.get(visit_id), scene.visits[visit_id].accompanies):
            if joined is not None and joined in scene.standing and joined != visit_id:
                partner = scene.standing[joined]
                if (partner.rep_id, partner.date) not in found:
                    waiting.append(joined)
    return list(found.values())


def _cut(scene: Scene, terms: Terms, routes: list[DayRoute]) -> Problem:
    """The problem of these days alone. The gaps of other customers are not judged: their visits
    stand where they stood, and some are cut off."""
    problem = scene.problem
    planned = {stop.visit_id for route in routes for stop in route.stops}
    visits = tuple(
        visit
        for visit in problem.visits
        if visit.id in planned or visit.customer_id == terms.customer.id
    )
    named = {visit.customer_id for visit in visits}
    ids = {visit.id for visit in visits}
    return replace(
        problem,
        customers=tuple(
            customer if customer.id == terms.customer.id else _without_gaps(customer)
            for customer in problem.customers
            if customer.id in named
        ),
        visits=visits,
        published=tuple(stop for stop in problem.published if stop.visit_id in ids),
    )


def _without_gaps(customer: Customer) -> Customer:
    return replace(
        customer,
        min_gap_days=1,
        max_gap_days=None,
        last_visit=None,
        next_visit=None,
        patterns=None,
    )
