"""What each day says to one visit, planned or not: what it would cost there, and what it breaks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from routing.cycle.instance import Slot, lay_out
from routing.explain.planned import bound_by
from routing.explain.price import Cost, cost_of
from routing.explain.scene import Scene
from routing.explain.stretch import least_overtime_min
from routing.explain.terms import Terms
from routing.explain.trial import holders, tried
from routing.plan import Plan
from routing.problem import Problem
from routing.reasons import Bar
from routing.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Target:
    """A rep's day for a visit, all other visits where they are. `bar` is the rule that forbids it:
    then `by` are the planned visits any one of which holds the room, and `overtime_min` what the
    day would have to be longer by where only its end forbids it. Else `cost` is what the visit
    costs there more than where it stands, `begin_s` when it would begin, and `back_s` when the rep
    would be back."""

    rep_id: str
    date: date
    bar: Bar | None = None
    by: tuple[str, ...] = ()
    overtime_min: int | None = None
    cost: Cost | None = None
    begin_s: int | None = None
    back_s: int | None = None


def targets(
    problem: Problem,
    plan: Plan,
    visit_id: str,
    weights: Weights | None = None,
    *,
    why: bool = True,
) -> tuple[Target, ...]:
    """The visit tried on every day of every rep but its own, in order of date and rep; a day that
    a person fixed is given up. Without `why` days that forbid it say no more than the rule. Raises
    KeyError where the problem has no such visit."""
    visit = replace({visit.id: visit for visit in problem.visits}[visit_id], pinned=None)
    visits = tuple(visit if other.id == visit_id else other for other in problem.visits)
    free = replace(problem, visits=visits)
    scene = Scene(lay_out(free, weights or Weights()), plan.routes)
    standing = scene.standing.get(visit_id)
    here, bound, home, bare = Cost(), None, None, scene
    if standing is not None:
        home = standing.slot
        here = cost_of(scene, visit, scene.slots[home], scene.days[home].jobs)
        bare = Scene(scene.instance, plan.routes, off=frozenset({visit_id}))
        bound = bound_by(scene, bare, visit)
    return tuple(
        _target(bare, slot, terms, here, bound, why=why)
        for slot, terms in bare.terms(visit)
        if slot.index != home
    )


def _target(
    bare: Scene, slot: Slot, terms: Terms, here: Cost, bound: Bar | None, *, why: bool
) -> Target:
    where = Target(rep_id=slot.rep.id, date=slot.date, bar=bound)
    if bound is not None:
        return where
    trial = tried(bare, slot, terms)
    if trial.place is None and not why:
        return replace(where, bar=trial.bar)
    if trial.place is None:
        late = trial.bar is Bar.DAY_END
        return replace(
            where,
            bar=trial.bar,
            by=holders(bare, trial),
            overtime_min=least_overtime_min(bare, terms) if late else None,
        )
    route = trial.place.route(bare)
    return replace(
        where,
        cost=cost_of(bare, terms.visit, slot, trial.place.jobs).less(here),
        begin_s=route.stops[trial.place.position].begin_s,
        back_s=route.return_s,
    )
