"""What is over leaves the problem: the days before a date, with the visits made on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from routing.problem import Customer, Problem, Visit
from routing.replan.edit import with_customers, without_visits
from routing.replan.standing import Standing


def left_behind(standing: Standing, first_day: date, made: Collection[str] = ()) -> Problem:
    """The problem from `first_day` on. Visits planned before it and those `made` on it count as
    made: they are their customers' last visits. A visit that was on no day and can be on none any
    more leaves; a commitment stays, for a broken one must be seen."""
    problem = standing.problem
    past = {visit_id for visit_id, (_, day) in standing.where.items() if day < first_day}
    gone = past | set(made)
    last: dict[str, date] = {}
    for visit_id in gone:
        visit = standing.visits[visit_id]
        if visit.accompanies is None:
            day = standing.where[visit_id][1]
            last[visit.customer_id] = max(day, last.get(visit.customer_id, day))
    over = {visit.id for visit in problem.visits if _over(standing, visit, first_day)}
    left = without_visits(problem, gone | over)
    return replace(
        with_customers(left, [_since(c, last.get(c.id), first_day) for c in left.customers]),
        first_day=first_day,
        reps=tuple(
            replace(rep, workdays=tuple(day for day in rep.workdays if day.date >= first_day))
            for rep in left.reps
        ),
    )


def _over(standing: Standing, visit: Visit, first_day: date) -> bool:
    if visit.id in standing.where or visit.commitment is not None:
        return False
    patterns = standing.customer(visit).patterns
    if visit.accompanies is None and patterns is not None:
        return all(pattern[visit.number - 1] < first_day for pattern in patterns)
    return visit.latest < first_day


def _since(customer: Customer, made: date | None, first_day: date) -> Customer:
    """The customer with its last visit. A pattern with a date that is over, of a commitment that
    was missed, binds no longer."""
    if made is not None:
        customer = replace(customer, last_visit=max(made, customer.last_visit or made))
    patterns = customer.patterns
    if patterns is None or all(day >= first_day for pattern in patterns for day in pattern):
        return customer
    ahead = tuple(p for p in patterns if all(day >= first_day for day in p))
    return replace(customer, patterns=ahead or None)
