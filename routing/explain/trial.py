"""One visit tried on one rep's day: the rule that binds there, and whether others caused it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from routing.cycle.instance import Slot
from routing.explain.calendar_bars import (
    calendar_bar,
    nearest_siblings,
    sibling_bar,
    window_bar,
)
from routing.explain.room import Place, place_on, room_bar
from routing.explain.scene import Scene
from routing.explain.terms import Terms
from routing.problem import Visit
from routing.reasons import Bar

IN_HOURS = 100  # how far a visit comes that could be made that day, were nothing else planned
SHOWN = 3  # visits named as holding the room

# How far a visit has come when a rule stops it: the reason of a visit is that of the day on which
# it came furthest.
_REACH = {
    Bar.FROZEN: 0,
    Bar.ACTIVE: 0,
    Bar.REP: 1,
    Bar.DATES: 2,
    Bar.PIN: 2,
    Bar.WEEKDAY: 3,
    Bar.PATTERN: 3,
    Bar.JOINT: 4,
    Bar.GAP: 5,
    Bar.ROAD: 6,
    Bar.CLOSED_DATE: 6,
    Bar.UNFIT_TIME: 7,
    Bar.OPEN_HOURS: 7,
    Bar.SERVICE: 8,
}
_ALONE = 9


@dataclass(frozen=True)
class Trial:
    """`bar` None: it fits, at `place`. `outranked`: it would, were the other visits not there."""

    slot: Slot
    terms: Terms
    bar: Bar | None
    outranked: bool = False
    place: Place | None = None

    @property
    def reach(self) -> int:
        """The higher, the nearer the visit came to a place on this day."""
        if self.bar is None:
            return IN_HOURS + 2
        if self.outranked:
            return IN_HOURS + (self.bar not in (Bar.GAP, Bar.PATTERN))
        return _REACH.get(self.bar, _ALONE)


@dataclass(frozen=True, kw_only=True)
class Try:
    """What a day says to a visit, for people. `by`: the planned visits any one of which holds the
    room, the one that ranks lowest first; empty where it takes more than one of them to leave."""

    rep_id: str
    date: date
    bar: Bar | None
    outranked: bool
    by: tuple[str, ...] = ()


def trials(scene: Scene, visit: Visit) -> tuple[Trial, ...]:
    """The visit tried on every day of every rep, in order of date and rep."""
    return tuple(tried(scene, slot, terms) for slot, terms in scene.terms(visit))


def tried(scene: Scene, slot: Slot, terms: Terms) -> Trial:
    """The visit tried on one day, on these terms."""
    bar = calendar_bar(scene, terms) or window_bar(scene, terms)
    if bar is not None:
        return Trial(slot, terms, bar)
    if place_on(scene, terms, scene.empty(slot)) is None:
        return Trial(slot, terms, room_bar(scene, terms, scene.empty(slot)))
    bar = sibling_bar(scene, terms)
    if bar is not None:
        return Trial(slot, terms, bar, outranked=True)
    place = place_on(scene, terms, scene.day(slot))
    if place is not None:
        return Trial(slot, terms, None, place=place)
    return Trial(slot, terms, room_bar(scene, terms, scene.day(slot)), outranked=True)


def fits(scene: Scene, terms: Terms) -> Place | None:
    """The visit's place on these terms in the plan as it stands; None where it has none."""
    if calendar_bar(scene, terms) or sibling_bar(scene, terms):
        return None
    return place_on(scene, terms, scene.day(scene.slot(terms)))


def holders(scene: Scene, trial: Trial) -> tuple[str, ...]:
    """The planned visits any one of which would make room by leaving, lowest rank first."""
    if not trial.outranked:
        return ()
    if trial.bar in (Bar.GAP, Bar.PATTERN):
        return nearest_siblings(scene, trial.terms.visit)
    jobs = scene.day(trial.slot).jobs
    found = [
        job
        for position, job in enumerate(jobs)
        if place_on(scene, trial.terms, scene.without(trial.slot, position)) is not None
    ]
    missed = scene.instance.weights.missed
    found.sort(key=lambda job: (missed(job.visit, job.customer.grade), job.visit.id))
    return tuple(job.visit.id for job in found)


def told(scene: Scene, trial: Trial) -> Try:
    """The trial in words that stay."""
    return Try(
        rep_id=trial.slot.rep.id,
        date=trial.slot.date,
        bar=trial.bar,
        outranked=trial.outranked,
        by=holders(scene, trial),
    )
