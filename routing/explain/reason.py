"""The one reason of a visit out of what every day said to it."""

from __future__ import annotations

from routing.explain.alone import all_fit_alone
from routing.explain.room import place_on
from routing.explain.scene import Scene
from routing.explain.stretch import least_overtime_min_at_best
from routing.explain.trial import IN_HOURS, Trial
from routing.problem import Visit
from routing.reasons import Bar, ReasonCode

_HOURS = (Bar.DAY_END, Bar.MAX_VISITS, Bar.MAX_DRIVING, Bar.MAX_DURATION)
_IMPOSSIBLE: dict[Bar, ReasonCode] = {
    Bar.FROZEN: ReasonCode.NO_WORKDAY,
    Bar.ACTIVE: ReasonCode.NOT_ACTIVE,
    Bar.REP: ReasonCode.NO_WORKDAY,
    Bar.DATES: ReasonCode.NO_WORKDAY,
    Bar.PIN: ReasonCode.NO_WORKDAY,
    Bar.WEEKDAY: ReasonCode.NO_WORKDAY,
    Bar.PATTERN: ReasonCode.NO_WORKDAY,
    Bar.JOINT: ReasonCode.JOINT_MISSED,
    Bar.GAP: ReasonCode.GAP_IMPOSSIBLE,
    Bar.ROAD: ReasonCode.NO_ROAD,
    Bar.CLOSED_DATE: ReasonCode.NO_OPEN_HOURS,
    Bar.UNFIT_TIME: ReasonCode.NO_OPEN_HOURS,
    Bar.OPEN_HOURS: ReasonCode.NO_OPEN_HOURS,
    Bar.SERVICE: ReasonCode.TOO_LONG_FOR_WINDOW,
    Bar.LOAD: ReasonCode.LOAD_TOO_BIG,
}
_OUTRANKED: dict[Bar, ReasonCode] = {
    Bar.GAP: ReasonCode.GAP_TAKEN,
    Bar.PATTERN: ReasonCode.GAP_TAKEN,
    Bar.LOAD: ReasonCode.LOAD_SHORT,
    **dict.fromkeys(_HOURS, ReasonCode.HOURS_SHORT),
}


def reason_of(
    scene: Scene, visit: Visit, tried: tuple[Trial, ...]
) -> tuple[ReasonCode, Trial | None]:
    """The code, and the day that shows it best: the one on which the visit came furthest."""
    best = _furthest(scene, tried)
    if scene.customers[visit.customer_id].status != "active":
        code = ReasonCode.NOT_ACTIVE
    elif visit.commitment is not None and visit.latest < scene.problem.first_day:
        code = ReasonCode.DEADLINE_PASSED
    elif best is None:
        code = ReasonCode.NO_WORKDAY
    elif best.bar is None:
        code = ReasonCode.COSTS_TOO_MUCH
    elif best.outranked:
        code = _outranked(scene, visit, tried, best.bar)
    else:
        code = _IMPOSSIBLE.get(best.bar, ReasonCode.TOO_FAR)
    return code, best


def _outranked(scene: Scene, visit: Visit, tried: tuple[Trial, ...], bar: Bar) -> ReasonCode:
    """The code of a visit that has a day of its own, alone, and none among the others."""
    if clash(scene, visit, tried) is not None:
        return ReasonCode.APPOINTMENT_CLASH
    if not all_fit_alone(scene, scene.customers[visit.customer_id]):
        return ReasonCode.GAP_IMPOSSIBLE
    if visit.accompanies is not None:
        return ReasonCode.JOINT_MISSED
    return _OUTRANKED.get(bar, ReasonCode.WINDOW_TAKEN)


def _furthest(scene: Scene, tried: tuple[Trial, ...]) -> Trial | None:
    """The day on which the visit came furthest; of those that were full, one that lacks hours
    rather than the right hour, and of these the one that lacks least."""
    if not tried:
        return None

    def nearness(trial: Trial) -> tuple[int, int, int, int]:
        full = trial.outranked and trial.bar is not None
        lacking = least_overtime_min_at_best(scene, trial.terms) if full else 0
        return -trial.reach, trial.bar not in _HOURS, lacking, trial.slot.index

    return min(tried, key=nearness)


def clash(scene: Scene, visit: Visit, tried: tuple[Trial, ...]) -> str | None:
    """Another appointment that leaves no room for this one, even on a day without other visits."""
    possible = [trial for trial in tried if trial.reach >= IN_HOURS]
    if not possible or possible[0].terms.begin_s is None:
        return None
    for other in scene.problem.visits:
        agreed = other.commitment is not None and other.commitment.begin_s is not None
        if not agreed or other.id == visit.id:
            continue
        if all(_clashes(scene, trial, other) for trial in possible):
            return other.id
    return None


def _clashes(scene: Scene, trial: Trial, other: Visit) -> bool:
    """Whether two appointments, alone on a day on which either could be, exclude each other."""
    empty = scene.empty(trial.slot)
    beside = next(
        (terms for slot, terms in scene.terms(other) if slot.index == trial.slot.index), None
    )
    if beside is None or not other.earliest <= trial.slot.date <= other.latest:
        return False
    first = place_on(scene, beside, empty)
    if first is None:
        return False
    return place_on(scene, trial.terms, empty.with_job(first.job, 0)) is None
