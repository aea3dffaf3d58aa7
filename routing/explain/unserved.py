"""Why a visit is on no day: *impossible* whatever else is planned, or *outranked* by visits that
are; and what would let it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from routing.cycle.instance import Family, Instance, Job, lay_out
from routing.cycle.schedule import Schedule
from routing.day.schedule import timed_route
from routing.explain.reason import clash, reason_of
from routing.explain.remedies import remedies
from routing.explain.scene import Scene
from routing.explain.trial import SHOWN, Trial, Try, holders, told, trials
from routing.plan import DayRoute, Plan, Remedy, Unserved
from routing.problem import Problem, Visit
from routing.reasons import OUTRANKED, ReasonCode
from routing.weights import Weights


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """An unserved visit tried on every day of every rep, in order of date and rep."""

    unserved: Unserved
    tries: tuple[Try, ...]

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """What would let it in, the cheapest first."""
        return self.unserved.remedies


def explain_all(instance: Instance, routes: Iterable[DayRoute]) -> tuple[Unserved, ...]:
    """The reason and the remedies of each visit that the routes leave out, in order of customer
    and number."""
    scene = Scene(instance, routes)
    left_out = [visit for visit in scene.problem.visits if visit.id not in scene.standing]
    left_out.sort(key=lambda visit: (visit.customer_id, visit.number, visit.id))
    return tuple(_unserved(scene, visit, trials(scene, visit)) for visit in left_out)


def explain(schedule: Schedule, family: Family, job: Job) -> Unserved:
    """The reason of one visit that a schedule leaves out, with its days in the order they have
    there."""
    metres = schedule.instance.problem.travel_m
    routes = [
        timed_route(day.slot, day.jobs, metres[day.slot.rep.transport])
        for day in schedule.days
        if day.jobs and day.fits
    ]
    scene = Scene(schedule.instance, routes)
    return _unserved(scene, job.visit, trials(scene, job.visit))


def why_not(problem: Problem, plan: Plan, visit_id: str, weights: Weights | None = None) -> WhyNot:
    """Why a visit is on no day of a plan that keeps all rules, with what each day says.

    Raises KeyError where the problem has no such visit, ValueError where the plan has a day for it.
    """
    scene = Scene(lay_out(problem, weights or Weights()), plan.routes)
    visit = scene.visits[visit_id]
    if visit_id in scene.standing:
        raise ValueError(f"{visit_id} is planned on {scene.standing[visit_id].date}")
    tried = trials(scene, visit)
    return WhyNot(
        unserved=_unserved(scene, visit, tried),
        tries=tuple(told(scene, trial) for trial in tried),
    )


def _unserved(scene: Scene, visit: Visit, tried: tuple[Trial, ...]) -> Unserved:
    code, trial = reason_of(scene, visit, tried)
    params: dict[str, str | int] = {
        "earliest": visit.earliest.isoformat(),
        "latest": visit.latest.isoformat(),
    }
    if code is ReasonCode.APPOINTMENT_CLASH:
        params["other"] = clash(scene, visit, tried) or ""
    if trial is not None and code in OUTRANKED:
        params |= {"date": trial.slot.date.isoformat(), "rep": trial.slot.rep.id}
        by = holders(scene, trial)[:SHOWN]
        if by:
            params |= {"by": ", ".join(by), "by_grade": _rank(scene, by[0])}
    return Unserved(
        visit_id=visit.id,
        customer_id=visit.customer_id,
        code=code,
        rule=trial.bar.value if trial and trial.bar else "",
        params=params,
        remedies=remedies(scene, tried),
    )


def _rank(scene: Scene, visit_id: str) -> str:
    """What a planned visit ranks by: the kind of its commitment, else its customer's grade."""
    visit = scene.visits[visit_id]
    return visit.commitment.kind if visit.commitment else scene.customers[visit.customer_id].grade
