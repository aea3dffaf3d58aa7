"""A region as independent parts: reps who share no customer need not be planned together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from routing.fingerprint import fingerprint
from routing.plan import Plan
from routing.problem import Customer, Matrix, Problem, Rep


def split(problem: Problem) -> tuple[Problem, ...]:
    """The smallest problems that can be planned one by one: reps are together when a customer
    with visits may be visited by both, or both are at a joint visit.

    Each part has its own places and matrices and the id `<problem>/<first rep>`. Reps and
    customers without visits are in none; customers whom no rep may visit are in the first, where
    they are unserved as in the whole. A problem that cannot be divided is returned as it is. The
    problem must be sound. Balance of days is judged within each part.
    """
    visitors = _visitors(problem)
    groups = _groups(problem, visitors)
    if len(groups) < 2:
        return (problem,)
    group_of = {rep.id: number for number, group in enumerate(groups) for rep in group}
    customers: list[list[Customer]] = [[] for _ in groups]
    for customer in problem.customers:
        if customer.id in visitors:
            first = min(visitors[customer.id], default=None)
            customers[group_of[first] if first else 0].append(customer)
    return tuple(_part(problem, group, own) for group, own in zip(groups, customers, strict=True))


def join(problem: Problem, plans: Sequence[Plan]) -> Plan:
    """The plan of the whole problem from those of its parts, in any order; seed and work are the
    first one's. What no part planned is missing in it, and the checker says so."""
    return Plan(
        problem_id=problem.id,
        fingerprint=fingerprint(problem),
        seed=plans[0].seed,
        work=plans[0].work,
        routes=tuple(
            sorted(
                (route for plan in plans for route in plan.routes),
                key=lambda route: (route.date, route.rep_id),
            )
        ),
        unserved=tuple(
            sorted(
                (missed for plan in plans for missed in plan.unserved),
                key=lambda missed: missed.customer_id,
            )
        ),
        travel_source=problem.travel_source,
        warnings=tuple(warning for plan in plans for warning in plan.warnings),
    )


def _visitors(problem: Problem) -> dict[str, set[str]]:
    """For each customer with visits the reps who may come: its own, those whom a person fixed, and
    those of a visit that is made together with one of its own."""
    known = {rep.id for rep in problem.reps}
    due = {visit.customer_id for visit in problem.visits}
    visitors = {c.id: set(c.rep_ids & known) for c in problem.customers if c.id in due}
    for visit in problem.visits:
        if visit.pinned_rep_id in known:
            visitors[visit.customer_id].add(visit.pinned_rep_id)
    customer_of = {visit.id: visit.customer_id for visit in problem.visits}
    for visit in problem.visits:
        if visit.accompanies is not None:
            here, there = visitors[visit.customer_id], visitors[customer_of[visit.accompanies]]
            here |= there
            there |= here
    return visitors


def _groups(problem: Problem, visitors: Mapping[str, set[str]]) -> list[list[Rep]]:
    """The reps who have visits, those that belong together in one list; in their order."""
    leader = {rep.id: rep.id for rep in problem.reps}

    def leader_of(rep_id: str) -> str:
        while leader[rep_id] != rep_id:
            rep_id = leader[rep_id]
        return rep_id

    for rep_ids in visitors.values():
        leaders = {leader_of(rep_id) for rep_id in rep_ids}
        for other in leaders:
            leader[other] = min(leaders)
    busy = set().union(*visitors.values())
    groups: dict[str, list[Rep]] = defaultdict(list)
    for rep in problem.reps:
        if rep.id in busy:
            groups[leader_of(rep.id)].append(rep)
    return list(groups.values())


def _part(problem: Problem, reps: Sequence[Rep], customers: Sequence[Customer]) -> Problem:
    ends = {row for rep in reps for day in rep.workdays for row in (day.start, day.end)}
    rows = sorted(ends | {customer.place for customer in customers})
    row_of = {row: number for number, row in enumerate(rows)}
    transports = sorted({rep.transport for rep in reps})
    theirs = {customer.id for customer in customers}
    visits = tuple(visit for visit in problem.visits if visit.customer_id in theirs)
    own = {visit.id for visit in visits}
    return replace(
        problem,
        id=f"{problem.id}/{reps[0].id}",
        places=tuple(problem.places[row] for row in rows),
        reps=tuple(_at(rep, row_of) for rep in reps),
        customers=tuple(replace(customer, place=row_of[customer.place]) for customer in customers),
        visits=visits,
        travel_s={name: _cut(problem.travel_s[name], rows) for name in transports},
        travel_m={name: _cut(problem.travel_m[name], rows) for name in transports},
        published=tuple(stop for stop in problem.published if stop.visit_id in own),
    )


def _at(rep: Rep, row_of: dict[int, int]) -> Rep:
    days = tuple(replace(day, start=row_of[day.start], end=row_of[day.end]) for day in rep.workdays)
    return replace(rep, workdays=days)


def _cut(matrix: Matrix, rows: list[int]) -> Matrix:
    return np.ascontiguousarray(matrix[np.ix_(rows, rows)])
