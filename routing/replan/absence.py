"""A rep's days given away: each visit to the colleague or the other day where it costs least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from routing.explain import Target, taken, targets, why_not
from routing.fingerprint import fingerprint
from routing.plan import Plan, Remedy, Unserved
from routing.problem import Problem, PublishedStop, Visit
from routing.reasons import RemedyCode
from routing.replan.cut import cut
from routing.replan.draft import Draft
from routing.replan.error import ChangeRefused
from routing.replan.ill import RepIll
from routing.replan.pass_on import pass_on
from routing.travel.interface import TravelTimes
from routing.weights import Weights

Pair = tuple[Problem, Plan]
AFTERWARDS = timedelta(days=7)  # how long visits are put off at most


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Where a visit of those days goes; `target` None: nowhere, for the reason in `missed`."""

    visit_id: str
    customer_id: str
    was_on: date
    target: Target | None = None
    missed: Unserved | None = None


@dataclass(frozen=True, kw_only=True)
class GivenAway:
    """The plans afterwards, the absent rep's first, then the colleagues' in their order; those
    whom nothing was given are as they were."""

    own: Pair
    colleagues: tuple[Pair, ...]
    placed: tuple[Placed, ...]


def given_away(
    own: Pair,
    colleagues: Sequence[Pair],
    first_day: date,
    last_day: date,
    travel: TravelTimes,
) -> GivenAway:
    """The visits of the days from `first_day` to `last_day`, both included, on which the rep of
    `own` does not work: dearest first, each inserted where it costs least, other days of the rep
    among them. Nothing else moves. Raises `ChangeRefused` as `RepIll` does."""
    problem, plan = own
    (rep,) = problem.reps
    off = [route for route in plan.routes if first_day <= route.date <= last_day]
    was_on = {stop.visit_id: route.date for route in off for stop in route.stops}
    ill = RepIll(rep_id=rep.id, first_day=first_day, last_day=last_day).applied(problem, plan)
    cut = replace(
        plan,
        fingerprint=fingerprint(ill),
        routes=tuple(route for route in plan.routes if route not in off),
    )
    home: Pair = (replace(ill, published=_without(ill, was_on)), cut)
    others = list(colleagues)
    found_for: list[tuple[Visit, Target | None]] = []
    until = last_day + AFTERWARDS
    for visit in _dearest_first(problem, was_on):
        found = _cheapest(home, others, visit.id, until, travel)
        found_for.append((visit, found[0] if found else None))
        if found is None:
            continue
        target, number, left, pair = found
        added = taken(*pair, visit.id, _pin(target))
        if number is None:
            home = added
        else:
            home, others[number] = left, added
    home = _with_missed(home)
    missed = {one.visit_id: one for one in home[1].unserved}
    return GivenAway(
        own=home,
        colleagues=tuple(others),
        placed=tuple(
            Placed(
                visit_id=visit.id,
                customer_id=visit.customer_id,
                was_on=was_on[visit.id],
                target=target,
                missed=None if target else missed.get(visit.id),
            )
            for visit, target in found_for
        ),
    )


def _without(problem: Problem, gone: dict[str, date]) -> tuple[PublishedStop, ...]:
    return tuple(stop for stop in problem.published if stop.visit_id not in gone)


def _dearest_first(problem: Problem, was_on: dict[str, date]) -> list[Visit]:
    """Commitments, then by grade and day."""
    grades = {customer.id: customer.grade for customer in problem.customers}
    own = [visit for visit in problem.visits if visit.id in was_on]
    return sorted(
        own,
        key=lambda v: (v.commitment is None, grades[v.customer_id], was_on[v.id], v.id),
    )


Found = tuple[Target, int | None, Pair, Pair]


def _cheapest(
    home: Pair, others: Sequence[Pair], visit_id: str, until: date, travel: TravelTimes
) -> Found | None:
    """The day that costs least, whose it is (None: the rep's own), and both plans with the visit
    passed."""
    options: list[tuple[tuple[int, date, int], Found]] = []
    for target in _near(home, visit_id, until):
        if target.cost is not None:
            options.append(((target.cost.total_s, target.date, -1), (target, None, home, home)))
    for number, (problem, plan) in enumerate(others):
        try:
            both = pass_on(home, (problem, plan), visit_id, travel)
        except ChangeRefused:
            continue
        left = (both.giver, home[1])
        wider = (both.taker, plan)
        for target in _near(wider, visit_id, until):
            if target.cost is not None:
                key = (target.cost.total_s, target.date, number)
                options.append((key, (target, number, left, wider)))
    return min(options, key=lambda option: option[0])[1] if options else None


def _near(pair: Pair, visit_id: str, until: date) -> tuple[Target, ...]:
    """What the days up to one say, the others left out: a cycle has many."""
    draft = Draft(*pair)
    days = {where for where in draft.workdays.keys() - draft.begun if where[1] <= until}
    part = cut(draft, days, {*draft.standing_on(days), visit_id})
    if visit_id in part.stranded:
        return ()
    return targets(
        part.problem, replace(pair[1], routes=draft.routes_on(days)), visit_id, why=False
    )


def _pin(target: Target) -> Remedy:
    params: dict[str, str | int] = {"date": target.date.isoformat(), "rep": target.rep_id}
    return Remedy(code=RemedyCode.PIN, params=params)


def _with_missed(home: Pair) -> Pair:
    """The plan that tells of every visit on no day."""
    problem, plan = home
    there = {stop.visit_id for route in plan.routes for stop in route.stops}
    known = {one.visit_id: one for one in plan.unserved}
    bare = replace(plan, unserved=())
    left = [visit for visit in problem.visits if visit.id not in there]
    weights = Weights()
    return problem, replace(
        plan,
        fingerprint=fingerprint(problem),
        unserved=tuple(
            known.get(visit.id) or why_not(problem, bare, visit.id, weights).unserved
            for visit in left
        ),
    )
