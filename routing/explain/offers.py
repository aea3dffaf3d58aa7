"""What could be changed where a rule binds, and what each change asks of people.

The cost is in minutes of trouble (docs/explanations.md): a minute of overtime is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from routing.explain.openings import opening_near, widening
from routing.explain.scene import Scene
from routing.explain.stretch import (
    least_overtime_min,
    least_overtime_min_at_best,
    limit_needed,
    longest_visit_min,
)
from routing.explain.terms import MINUTE_S, Terms
from routing.explain.trial import Trial
from routing.plan import Remedy
from routing.reasons import Bar, RemedyCode

HOUR_MIN = 60
BEYOND_AN_HOUR = 3  # a minute of overtime after the first hour of it
LONGEST_OVERTIME_MIN = 180
CUT_MINUTE = 2  # a minute that the customer does not get
OTHER_DATE = 30
A_DAY = 10  # for each day off the dates that were asked for
AGREED_TIME = 60  # to ask a customer for a time, and a minute for each outside its hours, up to:
FAR_OUTSIDE_MIN = 60
CLOSED_DATE = 60  # more, on a day on which the customer is closed
LIMIT = 60
COLLEAGUE = 90
PROMISE = 120
APPOINTMENT = 120
FREQUENCY = 150
STATUS = 240

Make = Callable[[], Remedy | None]


@dataclass(frozen=True)
class Offer:
    """A remedy that may turn out to work: it costs `at_least` so much."""

    code: RemedyCode
    at_least: int
    trial: Trial
    make: Make


def offers(scene: Scene, trial: Trial) -> Iterator[Offer]:
    """Every single change that the rule binding on this day suggests."""
    for source in _BY_BAR.get(trial.bar, ()):
        yield from source(scene, trial)


def _fixed(trial: Trial, code: RemedyCode, cost: int, **params: str | int) -> Offer:
    return Offer(code, cost, trial, lambda: _remedy(trial.terms, code, cost, **params))


def _remedy(terms: Terms, code: RemedyCode, cost: int, **params: str | int) -> Remedy:
    where = {"date": terms.date.isoformat(), "rep": terms.rep.id}
    return Remedy(code=code, params={**where, **params}, cost=cost)


def _pin(scene: Scene, trial: Trial) -> Iterator[Offer]:
    added_s = trial.place.added_s if trial.place else 0
    yield _fixed(trial, RemedyCode.PIN, max(0, -(-added_s // MINUTE_S)))


def _status(scene: Scene, trial: Trial) -> Iterator[Offer]:
    yield _fixed(trial, RemedyCode.CONFIRM_STATUS, STATUS)


def _colleague(scene: Scene, trial: Trial) -> Iterator[Offer]:
    visit, rep = trial.terms.visit, trial.terms.rep
    comes_along = any(
        other.accompanies == visit.id and other.pinned_rep_id == rep.id
        for other in scene.problem.visits
    )
    if not comes_along:  # nobody accompanies himself
        yield _fixed(trial, RemedyCode.OTHER_REP, COLLEAGUE)


def _date(scene: Scene, trial: Trial) -> Iterator[Offer]:
    """Another date than was asked for: what is promised or agreed has to be talked about."""
    visit, day = trial.terms.visit, trial.terms.date
    if trial.terms.begin_s is not None:
        yield from _time(scene, trial)
        return
    asked = (visit.pinned, visit.pinned) if visit.pinned else (visit.earliest, visit.latest)
    off = max(0, (asked[0] - day).days, (day - asked[1]).days) * A_DAY
    if visit.commitment is not None and day > visit.latest:
        yield _fixed(trial, RemedyCode.EXTEND_PROMISE, PROMISE + off)
    else:
        yield _fixed(trial, RemedyCode.OTHER_DATE, OTHER_DATE + off)


def _time(scene: Scene, trial: Trial) -> Iterator[Offer]:
    """Another time for an appointment: that day, else another one."""
    terms = trial.terms
    agreed_s = terms.begin_s
    if agreed_s is None:
        return
    cost = APPOINTMENT + abs((terms.date - terms.visit.earliest).days) * A_DAY

    def make() -> Remedy | None:
        begin_s = opening_near(scene, terms, agreed_s)
        if begin_s is None:
            return None
        return _remedy(terms, RemedyCode.MOVE_APPOINTMENT, cost, begin_s=begin_s)

    yield Offer(RemedyCode.MOVE_APPOINTMENT, cost, trial, make)


def _gap(scene: Scene, trial: Trial) -> Iterator[Offer]:
    yield _fixed(trial, RemedyCode.CHANGE_FREQUENCY, FREQUENCY)


def _window(scene: Scene, trial: Trial) -> Iterator[Offer]:
    """The customer receives at the nearest time at which the rep can be there."""
    terms, closed = trial.terms, trial.bar is Bar.CLOSED_DATE
    if terms.visit.accompanies is not None:
        return
    cost = AGREED_TIME + closed * CLOSED_DATE

    def make() -> Remedy | None:
        found = widening(scene, terms)
        if found is None:
            return None
        begin_s, outside_s = found
        to_s = begin_s + max(1, terms.visit.service_s)
        minutes = min(-(-outside_s // MINUTE_S), FAR_OUTSIDE_MIN)
        code = RemedyCode.WIDEN_WINDOW
        return _remedy(terms, code, cost + minutes, from_s=begin_s, to_s=to_s)

    yield Offer(RemedyCode.WIDEN_WINDOW, cost, trial, make)


def _overtime(scene: Scene, trial: Trial) -> Iterator[Offer]:
    terms = trial.terms

    def make() -> Remedy | None:
        minutes = least_overtime_min(scene, terms)
        if minutes is None or minutes > LONGEST_OVERTIME_MIN:
            return None
        return _remedy(terms, RemedyCode.OVERTIME, _tiring(minutes), minutes=minutes)

    at_least = _tiring(least_overtime_min_at_best(scene, terms))
    yield Offer(RemedyCode.OVERTIME, at_least, trial, make)


def _tiring(minutes: int) -> int:
    return minutes + (BEYOND_AN_HOUR - 1) * max(0, minutes - HOUR_MIN)


def _shorter(scene: Scene, trial: Trial) -> Iterator[Offer]:
    terms = trial.terms

    def make() -> Remedy | None:
        minutes = longest_visit_min(scene, terms)
        if minutes is None:
            return None
        cost = CUT_MINUTE * -(-(terms.visit.service_s - minutes * MINUTE_S) // MINUTE_S)
        return _remedy(terms, RemedyCode.SHORTEN_VISIT, cost, minutes=minutes)

    at_least = CUT_MINUTE * least_overtime_min_at_best(scene, terms)
    yield Offer(RemedyCode.SHORTEN_VISIT, at_least, trial, make)


def _limit(scene: Scene, trial: Trial) -> Iterator[Offer]:
    """The one limit raised as far as this visit needs it."""
    terms, bar = trial.terms, trial.bar

    def make() -> Remedy | None:
        to = limit_needed(scene, terms, bar) if bar else None
        if bar is None or to is None:
            return None
        return _remedy(terms, RemedyCode.RAISE_LIMIT, LIMIT, limit=bar.value, to=to)

    yield Offer(RemedyCode.RAISE_LIMIT, LIMIT, trial, make)


Source = Callable[[Scene, Trial], Iterator[Offer]]

_BY_BAR: dict[Bar | None, tuple[Source, ...]] = {
    None: (_pin,),
    Bar.ACTIVE: (_status,),
    Bar.REP: (_colleague,),
    Bar.DATES: (_date,),
    Bar.PIN: (_date,),
    Bar.WEEKDAY: (_date,),
    Bar.PATTERN: (_date,),
    Bar.GAP: (_gap,),
    Bar.CLOSED_DATE: (_window, _time),
    Bar.UNFIT_TIME: (_window, _time),
    Bar.OPEN_HOURS: (_window, _shorter, _overtime),
    Bar.SERVICE: (_shorter, _window),
    Bar.DAY_END: (_overtime, _shorter, _time),
    Bar.APPOINTMENT: (_time,),
    Bar.MAX_VISITS: (_limit,),
    Bar.MAX_DRIVING: (_limit,),
    Bar.MAX_DURATION: (_limit, _shorter),
    Bar.LOAD: (_limit,),
    Bar.LUNCH: (_shorter, _time),
    Bar.SEVERAL: (_shorter, _time),
}
