"""Problems cut to the days that a plan still holds, and a day put in front of the days after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from routing.plan import Plan
from routing.problem import Matrix, Place, Problem, Rep
from routing.replan.edit import without_visits
from routing.replan.standing import in_force
from routing.travel.interface import TravelTimes


def until(problem: Problem, plan: Plan, last_day: date) -> tuple[Problem, Plan]:
    """Without the days after one: another plan has them by now."""
    if problem.last_day <= last_day:
        return problem, plan
    routes = tuple(route for route in plan.routes if route.date <= last_day)
    gone = {s.visit_id for r in plan.routes if r.date > last_day for s in r.stops}
    gone |= {v.id for v in problem.visits if v.earliest > last_day}
    left = _on_days(without_visits(problem, gone), problem.first_day, last_day)
    unserved = tuple(missed for missed in plan.unserved if missed.visit_id not in gone)
    return left, replace(plan, routes=routes, unserved=unserved)


def on_its_own(problem: Problem, plan: Plan, day: date) -> tuple[Problem, Plan]:
    """A single day with the visits on it."""
    routes = tuple(route for route in plan.routes if route.date == day)
    here = {stop.visit_id for route in routes for stop in route.stops}
    gone = {visit.id for visit in problem.visits} - here
    alone = _on_days(without_visits(problem, gone), day, day)
    named = {visit.customer_id for visit in alone.visits}
    customers = tuple(c for c in alone.customers if c.id in named)
    return replace(alone, customers=customers), replace(plan, routes=routes, unserved=())


def in_front(
    first: tuple[Problem, Plan], rest: tuple[Problem, Plan], travel: TravelTimes
) -> tuple[Problem, Plan]:
    """One day and the days after it as one problem with its plan. What both know is as the rest
    knows it, but for what was before the first day. Both have one rep, and legs of one source."""
    (one, one_plan), (more, more_plan) = first, rest
    places = {place.id: place for place in (*one.places, *more.places)}
    rows = {place_id: row for row, place_id in enumerate(places)}
    before = {customer.id: customer for customer in one.customers}
    known = {customer.id for customer in more.customers}
    seen_first = {visit.customer_id for visit in one.visits}
    customers = [
        *(replace(c, place=rows[one.places[c.place].id]) for c in one.customers),
        *(replace(c, place=rows[more.places[c.place].id]) for c in more.customers),
    ]
    at_last = {customer.id: customer for customer in customers}
    joined = replace(
        more,
        first_day=one.first_day,
        places=tuple(places.values()),
        reps=(_both_days(one, more, rows),),
        customers=tuple(
            replace(customer, last_visit=before[customer.id].last_visit)
            if customer.id in before and customer.id in known
            else customer
            for customer in at_last.values()
        ),
        visits=(
            *(replace(visit, number=1) for visit in one.visits),
            *(
                replace(visit, number=visit.number + (visit.customer_id in seen_first))
                for visit in more.visits
            ),
        ),
        **_legs(one, more, tuple(places.values()), rows, travel),  # type: ignore[arg-type]
    )
    plan = replace(more_plan, routes=(*one_plan.routes, *more_plan.routes))
    return in_force(joined, plan), plan


def _on_days(problem: Problem, first_day: date, last_day: date) -> Problem:
    reps = tuple(
        replace(rep, workdays=tuple(d for d in rep.workdays if first_day <= d.date <= last_day))
        for rep in problem.reps
    )
    return replace(problem, first_day=first_day, last_day=last_day, reps=reps)


def _both_days(one: Problem, more: Problem, rows: dict[str, int]) -> Rep:
    """The rep of the rest with the first day's hours, too."""
    workdays = [
        replace(day, start=rows[problem.places[day.start].id], end=rows[problem.places[day.end].id])
        for problem in (one, more)
        for day in problem.reps[0].workdays
    ]
    return replace(more.reps[0], workdays=tuple(workdays))


def _legs(
    one: Problem,
    more: Problem,
    places: tuple[Place, ...],
    rows: dict[str, int],
    travel: TravelTimes,
) -> dict[str, dict[str, Matrix]]:
    """Legs between all places: those that are known as they are."""
    seconds, metres = {}, {}
    for transport in more.travel_s:
        all_s, all_m = travel.matrices(places, transport)
        for problem in (one, more):
            at = [rows[place.id] for place in problem.places]
            all_s[np.ix_(at, at)] = problem.travel_s[transport]
            all_m[np.ix_(at, at)] = problem.travel_m[transport]
        seconds[transport], metres[transport] = all_s, all_m
    return {"travel_s": seconds, "travel_m": metres}
