"""Some days of a problem as a problem of their own, with only the places needed there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from routing.problem import Customer, Matrix, Problem, Rep, Visit
from routing.replan.draft import Draft
from routing.replan.late import Spent
from routing.replan.neighbours import Neighbours
from routing.replan.standing import Where


@dataclass(frozen=True, kw_only=True)
class Cut:
    """`problem` has some visits alone; `stranded` are those of them that the customer's visits
    on other days leave no day at all."""

    problem: Problem
    stranded: tuple[str, ...]


def cut(
    draft: Draft,
    days: Container[Where],
    visits: Collection[str],
    spent: Mapping[Where, Spent] | None = None,
) -> Cut:
    """The rep-days `days` with these visits. Where the same customers are visited on other days,
    the gaps to those visits bound the dates here. `spent` is taken off the reps' limits a day."""
    near = Neighbours(draft, frozenset(visits))
    own = [visit for visit in draft.problem.visits if visit.id in near.inside]
    bound = {visit.id: near.bounded(visit) for visit in own}
    left = [
        kept
        for visit in own
        if (kept := bound[visit.id]) is not None
        and (visit.accompanies is None or bound.get(visit.accompanies) is not None)
    ]
    ids = {visit.id for visit in left}
    numbers: dict[str, list[int]] = {visit.customer_id: [] for visit in left}
    for visit in left:
        if visit.accompanies is None:
            numbers[visit.customer_id].append(visit.number)
    problem = replace(
        draft.problem,
        reps=tuple(_on_days(rep, days, spent or {}) for rep in draft.problem.reps),
        customers=tuple(
            near.apart(customer, sorted(numbers[customer.id]))
            for customer in draft.problem.customers
            if customer.id in numbers
        ),
        visits=_numbered(left),
        published=tuple(stop for stop in draft.problem.published if stop.visit_id in ids),
    )
    stranded = tuple(visit.id for visit in own if visit.id not in ids)
    return Cut(problem=with_few_places(problem), stranded=stranded)


def _on_days(rep: Rep, days: Container[Where], spent: Mapping[Where, Spent]) -> Rep:
    workdays = tuple(day for day in rep.workdays if (rep.id, day.date) in days)
    rest = replace(rep, workdays=workdays)
    for day in workdays:
        used = spent.get((rep.id, day.date))
        if used is not None:
            rest = replace(
                rest,
                max_visits_a_day=_less(rest.max_visits_a_day, used.visits),
                max_driving_s_a_day=_less(rest.max_driving_s_a_day, used.driving_s),
                max_load=_less(rest.max_load, used.load),
            )
    return rest


def _less(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)


def _numbered(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """The visits of each customer numbered from 1 in the order that they had."""
    count: dict[str, int] = defaultdict(int)
    new: dict[str, Visit] = {}
    visits = tuple(visits)
    for visit in sorted(visits, key=lambda v: v.number):
        if visit.accompanies is None:
            count[visit.customer_id] += 1
            new[visit.id] = replace(visit, number=count[visit.customer_id])
    return tuple(new.get(visit.id, visit) for visit in visits)


def with_few_places(problem: Problem) -> Problem:
    """The problem with the places that it needs, in the order that they had."""
    ends = {row for rep in problem.reps for day in rep.workdays for row in (day.start, day.end)}
    rows = sorted(ends | {customer.place for customer in problem.customers})
    at = {row: place for place, row in enumerate(rows)}

    def moved(rep: Rep) -> Rep:
        days = tuple(replace(d, start=at[d.start], end=at[d.end]) for d in rep.workdays)
        return replace(rep, workdays=days)

    def placed(customer: Customer) -> Customer:
        return replace(customer, place=at[customer.place])

    def few(matrices: Mapping[str, Matrix]) -> dict[str, Matrix]:
        return {name: matrix[np.ix_(rows, rows)] for name, matrix in matrices.items()}

    return replace(
        problem,
        places=tuple(problem.places[row] for row in rows),
        reps=tuple(moved(rep) for rep in problem.reps),
        customers=tuple(placed(customer) for customer in problem.customers),
        travel_s=few(problem.travel_s),
        travel_m=few(problem.travel_m),
    )
