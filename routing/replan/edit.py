"""Problems with some of their parts exchanged, kept sound: numbers without holes, patterns as
long as the visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise

from routing.problem import Customer, Problem, Rep, Visit

Pattern = tuple[date, ...]


def with_visits(problem: Problem, changed: Iterable[Visit]) -> Problem:
    """The problem with these visits in the place of those with the same ids."""
    new = {visit.id: visit for visit in changed}
    return replace(problem, visits=tuple(new.get(visit.id, visit) for visit in problem.visits))


def with_customers(problem: Problem, changed: Iterable[Customer]) -> Problem:
    """The problem with these customers in the place of those with the same ids."""
    new = {customer.id: customer for customer in changed}
    return replace(problem, customers=tuple(new.get(c.id, c) for c in problem.customers))


def with_rep(problem: Problem, changed: Rep) -> Problem:
    """The problem with this rep in the place of the one with the same id."""
    reps = tuple(changed if rep.id == changed.id else rep for rep in problem.reps)
    return replace(problem, reps=reps)


def without_visits(problem: Problem, gone: Collection[str]) -> Problem:
    """The problem without some visits and those that accompany them. What is left of a customer's
    visits is numbered anew, and a pattern keeps the dates of those that are left."""
    left = tuple(v for v in problem.visits if v.id not in gone and v.accompanies not in gone)
    if len(left) == len(problem.visits):
        return problem
    kept: dict[str, list[int]] = defaultdict(list)
    for visit in left:
        if visit.accompanies is None:
            kept[visit.customer_id].append(visit.number)
    numbers = {
        (customer_id, old): new
        for customer_id, own in kept.items()
        for new, old in enumerate(sorted(own), start=1)
    }
    ids = {visit.id for visit in left}
    return replace(
        problem,
        visits=tuple(
            replace(visit, number=numbers.get((visit.customer_id, visit.number), visit.number))
            for visit in left
        ),
        customers=tuple(
            replace(customer, patterns=shortened(customer.patterns, sorted(kept[customer.id])))
            if customer.patterns is not None
            else customer
            for customer in problem.customers
        ),
        published=tuple(stop for stop in problem.published if stop.visit_id in ids),
    )


def shortened(patterns: Iterable[Pattern], numbers: Iterable[int]) -> tuple[Pattern, ...]:
    """The patterns of the visits with these numbers alone, each once."""
    numbers = tuple(numbers)
    return tuple(dict.fromkeys(tuple(p[number - 1] for number in numbers) for p in patterns))


def bent(customer: Customer, number: int, days: Iterable[date]) -> Customer:
    """The customer with visit `number` allowed on these days, too, the others of a pattern as
    they are: a person's wish for one visit is no reason to give up the rest of a pattern."""
    if customer.patterns is None:
        return customer
    variants = ((*p[: number - 1], day, *p[number:]) for p in customer.patterns for day in days)
    return replace(customer, patterns=_each_once((*customer.patterns, *variants)))


def lengthened(customer: Customer, number: int, days: Iterable[date]) -> Customer:
    """The customer with one visit more, which gets `number` and may be on any of these days."""
    if customer.patterns is None:
        return customer
    at = number - 1
    longer = ((*p[:at], day, *p[at:]) for p in customer.patterns for day in days)
    return replace(customer, patterns=_each_once(longer))


def _each_once(patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """Those whose dates ascend, in the order given."""
    ascending = (p for p in patterns if all(before < after for before, after in pairwise(p)))
    return tuple(dict.fromkeys(ascending))
