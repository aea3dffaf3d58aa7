"""What a person wants otherwise in the rest of a cycle: visits called off, fixed to a day, days
on which the rep is away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from crm.errors import Refused
from crm.text import N_
from routing.plan import Plan
from routing.problem import Problem
from routing.replan import Cancel, Change, ChangeRefused, Pin, RepIll


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Visits are named by their id, or by the customer's code: then it is the next one planned.

    `away`: first and last days off, both included. What is called off goes to a later day within
    its dates, and on its last possible day to one in the rest of the cycle.
    """

    called_off: tuple[str, ...] = ()
    pinned: tuple[tuple[str, date], ...] = ()
    away: tuple[tuple[date, date], ...] = ()


class WishRefused(Refused):
    """Something wanted contradicts the plan in force, so nothing was planned."""


def as_wished(problem: Problem, plan: Plan, wishes: Wishes) -> Problem:
    """The problem of the days ahead with the wishes in it; `plan` is the plan in force. Raises
    `WishRefused`."""
    ahead = tuple(route for route in plan.routes if route.date >= problem.first_day)
    in_force = replace(plan, routes=ahead)
    try:
        for change in _changes(problem, in_force, wishes):
            problem = change.applied(problem, in_force)
    except ChangeRefused as error:
        raise WishRefused(
            N_("This change cannot be planned: {cause}. Nothing was changed."), cause=error
        ) from None
    return problem


def without_pins_gone_by(problem: Problem) -> Problem:
    """The problem without fixed days that are over: a visit missed on its day may be on any."""
    return replace(
        problem,
        visits=tuple(
            replace(visit, pinned=None)
            if visit.pinned is not None and visit.pinned < problem.first_day
            else visit
            for visit in problem.visits
        ),
    )


def _changes(problem: Problem, plan: Plan, wishes: Wishes) -> Iterator[Change]:
    (rep,) = problem.reps
    for first_day, last_day in wishes.away:
        yield RepIll(rep_id=rep.id, first_day=first_day, last_day=last_day)
    for name, day in wishes.pinned:
        yield Pin(visit_id=_visit(problem, plan, name), date=day)
    for name in wishes.called_off:
        visit_id = _visit(problem, plan, name)
        yield Cancel(visit_id=visit_id, until=_until(problem, plan, visit_id))


def _visit(problem: Problem, plan: Plan, name: str) -> str:
    """The id of a visit by its own name or its customer's code."""
    if any(visit.id == name for visit in problem.visits):
        return name
    wanted = {visit.id for visit in problem.visits if visit.customer_id == name}
    planned = [
        (route.date, stop.visit_id)
        for route in plan.routes
        for stop in route.stops
        if stop.visit_id in wanted
    ]
    if not planned:
        raise WishRefused(
            N_(
                "{name} is no visit ahead of rep {rep} and no customer with one. Look the visit "
                "up in the exported table."
            ),
            name=name,
            rep=problem.reps[0].id,
        )
    return min(planned)[1]


def _until(problem: Problem, plan: Plan, visit_id: str) -> date | None:
    """The cycle's last day for a visit that is called off on its own last one. A promise keeps
    its date: a new one is the customer's to agree to."""
    visit = next(visit for visit in problem.visits if visit.id == visit_id)
    days = [r.date for r in plan.routes for stop in r.stops if stop.visit_id == visit_id]
    if visit.commitment is not None or not days or days[0] < visit.latest:
        return None
    return problem.last_day
