"""The days of a draft planned again, some at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from routing.plan import Unserved
from routing.problem import Problem
from routing.replan.cut import cut
from routing.replan.draft import Draft
from routing.replan.edit import with_visits
from routing.replan.late import Spent
from routing.replan.missing import explain_missing
from routing.replan.neighbours import Neighbours, no_day_left
from routing.replan.putting_off import put_off
from routing.replan.standing import Where
from routing.replan.touched import touched, with_company
from routing.solve import solve
from routing.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Search:
    """How each stage is searched."""

    seed: int
    work: int
    weights: Weights


def plan_days_touched(
    before: Problem, draft: Draft, spent: Mapping[Where, Spent], search: Search
) -> None:
    """Plan only the days that differ from `before`; what no longer fits is put off."""
    change = touched(before, draft)
    home = dict(draft.where)
    draft.clear(change.days | spent.keys())
    draft.evict(change.loose)
    waiting = set(change.loose)
    for days in (*({where} for where in spent), change.days - spent.keys()):
        waiting = _stage(draft, days, home, waiting, spent, search)
    if waiting:
        put_off(draft, waiting, search.weights, closed=spent)
        missing = waiting - draft.where.keys()
        explain_missing(draft, missing, search.weights, closed=spent)


def plan_cycle(before: Problem, draft: Draft, spent: Mapping[Where, Spent], search: Search) -> None:
    """Plan every day that is not begun, a day under way before the others."""
    change = touched(before, draft)
    home = dict(draft.where)
    draft.clear(spent)
    draft.evict(change.loose)
    waiting = set(change.loose)
    for where in spent:
        waiting = _stage(draft, {where}, home, waiting, spent, search)
    days = draft.workdays.keys() - draft.begun - spent.keys()
    draft.clear(draft.routes.keys() - draft.begun - spent.keys())
    if days == draft.workdays.keys():
        plan = solve(draft.problem, seed=search.seed, work=search.work, weights=search.weights)
        draft.put(plan.routes, plan.unserved)
    else:
        _solve(draft, days, draft.visits.keys() - draft.where.keys(), {}, search)


def _stage(
    draft: Draft,
    days: Collection[Where],
    home: Mapping[str, Where],
    waiting: set[str],
    spent: Mapping[Where, Spent],
    search: Search,
) -> set[str]:
    """Plan some days with the visits that stood on them and the `waiting` ones that may be there.
    Returns what waits then."""
    open_days = {where for where in days if where in draft.workdays and where not in draft.begun}
    inside = {v for v, where in home.items() if where in days and v in draft.visits}
    inside |= {v for v in waiting if _may_be_on(draft, v, open_days)}
    inside -= draft.where.keys()
    if not open_days or not inside:
        return waiting | inside
    while parting := Neighbours(draft, frozenset(inside)).parting():
        more = with_company(draft, {draft.where[v] for v in parting}) - draft.begun - spent.keys()
        if not more:
            break
        open_days |= more
        inside |= set(draft.standing_on(more))
        draft.clear(more)
    _solve(draft, open_days, inside, spent, search)
    return (waiting | inside) - draft.where.keys()


def _may_be_on(draft: Draft, visit_id: str, days: Collection[Where]) -> bool:
    return any(draft.may_be(draft.visits[visit_id], where) for where in days)


def _solve(
    draft: Draft,
    days: Collection[Where],
    visits: Collection[str],
    spent: Mapping[Where, Spent],
    search: Search,
) -> None:
    siblings = _siblings_without_a_day(draft, visits)
    part = cut(draft, days, {*visits, *siblings}, spent)
    problem = _nowhere(part.problem, siblings)
    plan = solve(problem, seed=search.seed, work=search.work, weights=search.weights)
    stranded = [no_day_left(draft.visits[visit_id]) for visit_id in part.stranded]
    unserved = [*(_by_its_own_dates(draft, missed) for missed in plan.unserved), *stranded]
    draft.put(plan.routes, (missed for missed in unserved if missed.visit_id in visits))


def _siblings_without_a_day(draft: Draft, inside: Collection[str]) -> set[str]:
    """Visits of the same customers that stay on no day: which visits are neighbours can be told
    only with them."""
    customers = {draft.visits[visit_id].customer_id for visit_id in inside}
    return {
        visit.id
        for visit in draft.problem.visits
        if visit.customer_id in customers
        and visit.accompanies is None
        and visit.id not in draft.where
        and visit.id not in inside
    }


def _nowhere(problem: Problem, visits: Collection[str]) -> Problem:
    """The problem with some visits fixed to a day on which nobody works."""
    never = problem.first_day - timedelta(days=1)
    return with_visits(
        problem, (replace(v, pinned=never) for v in problem.visits if v.id in visits)
    )


def _by_its_own_dates(draft: Draft, missed: Unserved) -> Unserved:
    """The reason with the visit's dates, not with those that its neighbours left."""
    visit = draft.visits[missed.visit_id]
    own = {"earliest": visit.earliest.isoformat(), "latest": visit.latest.isoformat()}
    return replace(missed, params=missed.params | {k: own[k] for k in own if k in missed.params})
