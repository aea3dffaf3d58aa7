"""What a replan changed, visit by visit, against the plan in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from routing.plan import Plan, Unserved
from routing.problem import Problem

NOTICED_S = 15 * 60  # a visit that begins so much earlier or later is worth telling


@dataclass(frozen=True, kw_only=True)
class At:
    """Where a visit stands: with whom, on which day, from which second on."""

    rep_id: str
    date: date
    begin_s: int


@dataclass(frozen=True, kw_only=True)
class VisitChange:
    """A visit before and after; None: on no day, or not wanted yet or any more."""

    visit_id: str
    customer_id: str
    before: At | None
    after: At | None


@dataclass(frozen=True, kw_only=True)
class Difference:
    """All in order of day, rep and hour, first as they were, else as they are.

    `moved` to another day or rep; `shifted` on their day by `NOTICED_S` or more; `added` had no
    day before; `dropped` are wanted no more; `unserved` lost their day, with the reason.
    `travel_s` and `travel_m`: more (or less) on the road, legs to visits made meanwhile left out.
    """

    moved: tuple[VisitChange, ...]
    shifted: tuple[VisitChange, ...]
    added: tuple[VisitChange, ...]
    dropped: tuple[VisitChange, ...]
    unserved: tuple[Unserved, ...]
    travel_s: int
    travel_m: int


def difference(
    before: Problem, old: Plan, after: Problem, new: Plan, made: frozenset[str] = frozenset()
) -> Difference:
    """`old` and `new` answer `before` and `after`; visits `made` meanwhile are no difference."""
    customers = {v.id: v.customer_id for problem in (before, after) for v in problem.visits}
    wanted = {visit.id for visit in after.visits}
    was, now = _places(old), _places(new)
    changes = sorted(
        (
            VisitChange(
                visit_id=visit_id,
                customer_id=customer_id,
                before=was.get(visit_id),
                after=now.get(visit_id),
            )
            for visit_id, customer_id in customers.items()
            if visit_id not in made
        ),
        key=_order,
    )
    both = [c for c in changes if c.before and c.after]
    lost = {c.visit_id for c in changes if c.before and not c.after}
    return Difference(
        moved=tuple(c for c in both if not _same_day(c)),
        shifted=tuple(c for c in both if _same_day(c) and _shift_s(c) >= NOTICED_S),
        added=tuple(c for c in changes if c.after and not c.before),
        dropped=tuple(c for c in changes if c.visit_id not in wanted),
        unserved=tuple(missed for missed in new.unserved if missed.visit_id in lost),
        travel_s=_travel(new)[0] - _travel(old, made)[0],
        travel_m=_travel(new)[1] - _travel(old, made)[1],
    )


def _places(plan: Plan) -> dict[str, At]:
    return {
        stop.visit_id: At(rep_id=route.rep_id, date=route.date, begin_s=stop.begin_s)
        for route in plan.routes
        for stop in route.stops
    }


def _order(change: VisitChange) -> tuple[date, str, int, str]:
    at = change.before or change.after
    if at is None:
        return date.max, "", 0, change.visit_id
    return at.date, at.rep_id, at.begin_s, change.visit_id


def _same_day(change: VisitChange) -> bool:
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
    return (before.rep_id, before.date) == (after.rep_id, after.date)


def _shift_s(change: VisitChange) -> int:
    assert change.before is not None
    assert change.after is not None
    return abs(change.after.begin_s - change.before.begin_s)


def _travel(plan: Plan, made: frozenset[str] = frozenset()) -> tuple[int, int]:
    """Seconds and metres on the road, without the legs to visits made; a day made whole leaves
    its way back out, too."""
    ahead = [r for r in plan.routes if not r.stops or any(s.visit_id not in made for s in r.stops)]
    legs = [stop for route in ahead for stop in route.stops if stop.visit_id not in made]
    return (
        sum(leg.travel_s for leg in legs) + sum(route.travel_back_s for route in ahead),
        sum(leg.travel_m for leg in legs) + sum(route.travel_back_m for route in ahead),
    )
