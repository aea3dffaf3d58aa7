"""Which days and visits a change touches; all others stay exactly as they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from routing.problem import Problem, Visit
from routing.replan.draft import Draft
from routing.replan.standing import Where


@dataclass(frozen=True, kw_only=True)
class Touched:
    """`days` are to be planned again; `loose` visits stand on none of them and want a place."""

    days: frozenset[Where]
    loose: tuple[str, ...]


def touched(before: Problem, draft: Draft) -> Touched:
    """What changed from the problem `before` to the draft's, whose routes are still those of the
    plan in force. Days begun are never planned again."""
    workdays = {(rep.id, day.date): day for rep in before.reps for day in rep.workdays}
    days: set[Where] = set()
    evicted: set[str] = set()
    for where, route in draft.routes.items():
        if where in draft.begun:
            continue
        if draft.workdays.get(where) != workdays.get(where):
            days.add(where)
        for stop in route.stops:
            visit = draft.visits.get(stop.visit_id)
            if visit is None or not draft.may_be(visit, where):
                days.add(where)
            if visit is not None and not draft.may_be(visit, where):
                evicted.add(visit.id)
    known = {visit.id: visit for visit in before.visits}
    wanted = {
        visit.id
        for visit in draft.problem.visits
        if visit.id not in draft.where and not _same(known.get(visit.id), visit)
    }
    loose = tuple(v.id for v in draft.problem.visits if v.id in evicted | wanted)
    targets = {where for visit_id in loose for where in _targets(draft, visit_id)}
    return Touched(days=frozenset(with_company(draft, days | targets) - draft.begun), loose=loose)


def _same(before: Visit | None, after: Visit) -> bool:
    """Whether nothing but the number changed."""
    return before is not None and replace(before, number=after.number) == after


def _targets(draft: Draft, visit_id: str) -> set[Where]:
    """The days that are planned again for the visit: the one a person fixed, and for one whose
    rep is not there the colleagues' of the same date."""
    visit = draft.visits[visit_id]
    standing = draft.where.get(visit_id)
    day = visit.pinned or (standing[1] if standing else None)
    if day is None:
        return set()
    own = ((rep.id, day) for rep in draft.problem.reps)
    return {where for where in own if draft.may_be(visit, where)}


def with_company(draft: Draft, days: set[Where]) -> set[Where]:
    """The days with those of the people met on them: a joint visit is on two reps' days."""
    found = set(days)
    for visit in draft.problem.visits:
        if visit.accompanies is None:
            continue
        pair = {draft.where.get(visit.id), draft.where.get(visit.accompanies)} - {None}
        if pair & days:
            found |= {where for where in pair if where is not None}
    return found
