"""Whether a day has room for a visit, where, and which rule takes it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from routing.cycle.instance import Job, Slot
from routing.day.labels import Day
from routing.day.schedule import timed_route
from routing.explain.scene import Scene
from routing.explain.terms import Terms
from routing.plan import DayRoute
from routing.reasons import Bar

Loosen = Callable[[Scene, Terms], Terms]


@dataclass(frozen=True)
class Place:
    """A visit found a place: after so many other stops, for so many more seconds of travel."""

    day: Day
    job: Job
    position: int
    added_s: int

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All stops of the day in order, the visit among them."""
        return (*self.day.jobs[: self.position], self.job, *self.day.jobs[self.position :])

    def route(self, scene: Scene) -> DayRoute:
        """The day with the visit in it."""
        slot = self.day.slot
        return timed_route(slot, self.jobs, scene.problem.travel_m[slot.rep.transport])


def place_on(scene: Scene, terms: Terms, day: Day) -> Place | None:
    """The place of least travel on a day; None where it has no room."""
    job = scene.job(day.slot, terms)
    if not day.fits or not job.windows[day.slot.index]:
        return None
    found = day.best_insertion(job)
    return Place(day, job, found[1], found[0]) if found else None


def room_bar(scene: Scene, terms: Terms, day: Day) -> Bar | None:
    """The rule that leaves no room on a day: the first one without which there would be; else the
    first one that does so with all others gone; `SEVERAL` where even that tells nothing."""
    which = _which(day)
    if place_on(scene, terms, day) is not None:
        return None
    looser = [(bar, new) for bar, loosen in _LOOSER if (new := loosen(scene, terms)) != terms]
    for bar, new in looser:
        if place_on(scene, new, which(scene, scene.slot(new))) is not None:
            return Bar.APPOINTMENT if bar is Bar.OPEN_HOURS and terms.begin_s is not None else bar
    for bar, _ in looser:
        new = terms
        for other, loosen in _LOOSER:
            new = new if other is bar else loosen(scene, new)
        if place_on(scene, new, which(scene, scene.slot(new))) is None:
            return bar
    return Bar.SEVERAL


def _which(day: Day) -> Callable[[Scene, Slot], Day]:
    """How to get the same day on looser terms."""
    return Scene.day if day.jobs else Scene.empty


def _any_number(scene: Scene, terms: Terms) -> Terms:
    return replace(terms, rep=replace(terms.rep, max_visits_a_day=None))


def _any_load(scene: Scene, terms: Terms) -> Terms:
    return replace(terms, rep=replace(terms.rep, max_load=None))


def _any_drive(scene: Scene, terms: Terms) -> Terms:
    return replace(terms, rep=replace(terms.rep, max_driving_s_a_day=None))


def _any_absence(scene: Scene, terms: Terms) -> Terms:
    return replace(terms, day=replace(terms.day, max_duration_s=None))


def _till_night(scene: Scene, terms: Terms) -> Terms:
    return replace(terms, day=replace(terms.day, end_s=scene.problem.day_s))


def _at_any_time(scene: Scene, terms: Terms) -> Terms:
    commitment = terms.visit.commitment
    agreed = commitment and replace(commitment, begin_s=None)
    return replace(
        terms,
        visit=replace(terms.visit, commitment=agreed),
        customer=replace(terms.customer, open_hours=None, unfit_times=()),
    )


def _hungry(scene: Scene, terms: Terms) -> Terms:
    return replace(terms, day=replace(terms.day, lunch=None))


_LOOSER: tuple[tuple[Bar, Loosen], ...] = (
    (Bar.MAX_VISITS, _any_number),
    (Bar.LOAD, _any_load),
    (Bar.MAX_DRIVING, _any_drive),
    (Bar.MAX_DURATION, _any_absence),
    (Bar.DAY_END, _till_night),
    (Bar.LUNCH, _hungry),
    (Bar.OPEN_HOURS, _at_any_time),
)
