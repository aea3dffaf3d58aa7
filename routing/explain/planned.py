"""Why a planned visit is on this day and at this time, and what it costs to move it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from routing.cycle.instance import Job, lay_out
from routing.day.labels import Day
from routing.explain.openings import moments
from routing.explain.price import Cost, cost_of
from routing.explain.scene import Scene
from routing.explain.trial import Trial, holders, tried
from routing.plan import DayRoute, Plan, Stop
from routing.problem import Problem, Visit
from routing.reasons import Anchor, Bar
from routing.rules.windows import start_windows
from routing.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """The visit on another day or with another rep. `bar`: the rule that forbids it, `by` the
    planned visits any one of which holds the room; else `cost`, what it would cost more than
    where it is, and `begin_s`, when it would begin there."""

    rep_id: str
    date: date
    bar: Bar | None = None
    by: tuple[str, ...] = ()
    cost: Cost | None = None
    begin_s: int | None = None


@dataclass(frozen=True, kw_only=True)
class WhyHere:
    """A planned visit: when, what fixes that time, and every other day of every rep.

    It could begin from `first_s` to `last_s` with every other visit at its time. `anchor` says
    what its beginning hangs on, `after` the visit before it on that day. `elsewhere` is in order
    of date and rep, `cheapest` the one that costs least.
    """

    visit_id: str
    customer_id: str
    rep_id: str
    date: date
    begin_s: int
    end_s: int
    anchor: Anchor
    after: str | None
    first_s: int
    last_s: int
    elsewhere: tuple[Elsewhere, ...]

    @property
    def cheapest(self) -> Elsewhere | None:
        """The other day that costs least; None where no other day can hold it."""
        possible = [other for other in self.elsewhere if other.cost is not None]
        return min(
            possible, key=lambda other: other.cost.total_s if other.cost else 0, default=None
        )


def why(problem: Problem, plan: Plan, visit_id: str, weights: Weights | None = None) -> WhyHere:
    """Why a visit stands where it does in a plan that keeps all rules.

    Raises KeyError where the plan has no day for the visit.
    """
    scene = Scene(lay_out(problem, weights or Weights()), plan.routes)
    standing = scene.standing[visit_id]
    route = scene.routes[standing.rep_id, standing.date]
    position = next(n for n, stop in enumerate(route.stops) if stop.visit_id == visit_id)
    stop, visit = route.stops[position], scene.visits[visit_id]
    first_s, last_s = _slack(scene, scene.days[standing.slot], route, position)
    return WhyHere(
        visit_id=visit_id,
        customer_id=visit.customer_id,
        rep_id=standing.rep_id,
        date=standing.date,
        begin_s=stop.begin_s,
        end_s=stop.end_s,
        anchor=_anchor(scene, visit, route, position, first_s),
        after=route.stops[position - 1].visit_id if position else None,
        first_s=first_s,
        last_s=last_s,
        elsewhere=_elsewhere(scene, plan, visit),
    )


def _elsewhere(scene: Scene, plan: Plan, visit: Visit) -> tuple[Elsewhere, ...]:
    home = scene.standing[visit.id]
    here = cost_of(scene, visit, scene.slots[home.slot], scene.days[home.slot].jobs)
    bare = Scene(scene.instance, plan.routes, off=frozenset({visit.id}))
    bound = bound_by(scene, bare, visit)
    found = []
    for slot, terms in bare.terms(visit):
        if slot.index == home.slot:
            continue
        where = Elsewhere(rep_id=slot.rep.id, date=slot.date, bar=bound)
        if bound is None:
            trial = tried(bare, slot, terms)
            where = _there(bare, trial, where, here)
        found.append(where)
    return tuple(found)


def _there(bare: Scene, trial: Trial, where: Elsewhere, here: Cost) -> Elsewhere:
    if trial.place is None:
        return replace(where, bar=trial.bar, by=holders(bare, trial))
    visit, place = trial.terms.visit, trial.place
    there = cost_of(bare, visit, trial.slot, place.jobs)
    begin_s = place.route(bare).stops[place.position].begin_s
    return replace(where, cost=there.less(here), begin_s=begin_s)


def bound_by(scene: Scene, bare: Scene, visit: Visit) -> Bar | None:
    """What ties the visit to its day whatever other days say: a companion, or its own day, which
    no longer works without it."""
    if scene.companions.get(visit.id) in scene.standing:
        return Bar.JOINT
    return None if bare.days[scene.standing[visit.id].slot].fits else Bar.SEVERAL


def _slack(scene: Scene, day: Day, route: DayRoute, position: int) -> tuple[int, int]:
    """First and last second at which the visit could begin, all others at their time."""
    index = day.slot.index
    stop = route.stops[position]
    fixed = [
        _at(job, index, other) if n != position else job
        for n, (job, other) in enumerate(zip(day.jobs, route.stops, strict=True))
    ]
    still = Day(day.slot, tuple(fixed))
    spans = [
        (max(first, opened), min(last, closed))
        for first, last in (moments(still, position) if still.fits else ())
        for opened, closed in day.jobs[position].windows[index]
        if max(first, opened) <= stop.begin_s <= min(last, closed)
    ]
    first_s = min((first for first, _ in spans), default=stop.begin_s)
    last_s = max((last for _, last in spans), default=stop.begin_s)
    if day.pace.peaked:
        first_s = _within_limits(day, fixed, position, first_s, stop.begin_s)
        return first_s, _within_limits(day, fixed, position, last_s, stop.begin_s)
    longest_s = day.slot.day.max_duration_s
    if longest_s is not None and len(route.stops) > 1:
        spare_s = longest_s - (route.return_s - route.leave_s)
        if position == 0:
            first_s = max(first_s, stop.begin_s - spare_s)
        if position == len(route.stops) - 1:
            last_s = min(last_s, stop.begin_s + spare_s)
    return first_s, last_s


def _within_limits(day: Day, fixed: list[Job], position: int, begin_s: int, planned_s: int) -> int:
    """`begin_s`, or the planned beginning where, at that hour's pace, a limit is in the way."""
    moved = list(fixed)
    moved[position] = replace(fixed[position], windows={day.slot.index: ((begin_s, begin_s),)})
    return begin_s if Day(day.slot, tuple(moved)).fits else planned_s


def _at(job: Job, index: int, stop: Stop) -> Job:
    return replace(job, windows={index: ((stop.begin_s, stop.begin_s),)})


def _anchor(scene: Scene, visit: Visit, route: DayRoute, position: int, first_s: int) -> Anchor:
    stop = route.stops[position]
    if visit.commitment is not None and visit.commitment.begin_s is not None:
        return Anchor.APPOINTMENT
    if visit.accompanies is not None or scene.companions.get(visit.id) in scene.standing:
        return Anchor.JOINT
    if stop.begin_s > first_s:
        return Anchor.CHOSEN
    opened = start_windows(scene.customers[visit.customer_id], visit, route.date)
    slot = scene.slots[scene.standing[visit.id].slot]
    first_leg_s = slot.travel[slot.day.start][scene.customers[visit.customer_id].place]
    ready_s = slot.pace.arrive(slot.day.begin_s, first_leg_s)
    if stop.begin_s > (ready_s if position == 0 else stop.arrive_s) and any(
        first == stop.begin_s for first, _ in opened
    ):
        return Anchor.OPENS
    reached_s = route.stops[position - 1].end_s + stop.travel_s if position else ready_s
    if stop.begin_s > reached_s:
        return Anchor.LUNCH
    return Anchor.DAY_BEGIN if position == 0 else Anchor.ARRIVAL
