"""The finished plan as something to try visits on: its days in their order, who stands where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from routing.cycle.instance import Instance, Job, Slot
from routing.day.labels import Day
from routing.explain.terms import Terms
from routing.plan import DayRoute
from routing.problem import Visit
from routing.rules.windows import Windows, start_windows

NO_LIMIT = 1 << 29


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the plan has a visit."""

    slot: int
    rep_id: str
    date: date
    begin_s: int


class Scene:
    """A problem with the days of a plan, and the answers that are asked again and again.

    `off` names visits that are planned and are to be tried as if they were not.
    """

    def __init__(
        self, instance: Instance, routes: Iterable[DayRoute], off: frozenset[str] = frozenset()
    ) -> None:
        self.instance, self.problem = instance, instance.problem
        self.slots = instance.slots
        self.customers = {customer.id: customer for customer in self.problem.customers}
        self.visits = {visit.id: visit for visit in self.problem.visits}
        self.companions = {v.accompanies: v.id for v in self.problem.visits if v.accompanies}
        self.routes = {(route.rep_id, route.date): route for route in routes}
        self._slot_at = {(slot.rep.id, slot.date): slot.index for slot in self.slots}
        self.standing: dict[str, Standing] = {
            stop.visit_id: Standing(
                slot=self._slot_at[where], rep_id=where[0], date=where[1], begin_s=stop.begin_s
            )
            for where, route in self.routes.items()
            for stop in route.stops
            if stop.visit_id not in off
        }
        self.days = [self._day(slot, off) for slot in self.slots]
        self._families: dict[str, list[Visit]] = {}
        for visit in sorted(self.problem.visits, key=lambda visit: visit.number):
            if visit.accompanies is None:
                self._families.setdefault(visit.customer_id, []).append(visit)
        self._looser: dict[tuple[object, ...], Day] = {}

    def terms(self, visit: Visit) -> Iterator[tuple[Slot, Terms]]:
        """The visit's own terms on every rep's day, in order of date and rep."""
        customer = self.customers[visit.customer_id]
        for slot in self.slots:
            yield slot, Terms(visit=visit, customer=customer, rep=slot.rep, day=slot.day)

    def family(self, customer_id: str) -> list[Visit]:
        """The customer's visits in order of number, without those that accompany others."""
        return self._families.get(customer_id, [])

    def slot(self, terms: Terms) -> Slot:
        """The slot of these terms; relaxed ones have the same index."""
        slot, rep, day = self.slots[self._slot_at[terms.rep.id, terms.date]], terms.rep, terms.day
        if rep is slot.rep and day is slot.day:
            return slot
        return replace(
            slot,
            rep=rep,
            day=day,
            max_visits=_limit(rep.max_visits_a_day),
            max_driving_s=_limit(rep.max_driving_s_a_day),
            max_duration_s=_limit(day.max_duration_s),
            max_load=_limit(rep.max_load),
        )

    def day(self, slot: Slot) -> Day:
        """The planned visits of a slot, which may be a relaxed one."""
        if slot is self.slots[slot.index]:
            return self.days[slot.index]
        return self._as(slot, "full", self.days[slot.index].jobs)

    def empty(self, slot: Slot) -> Day:
        """The slot without any visit."""
        return self._as(slot, "empty", ())

    def without(self, slot: Slot, position: int) -> Day:
        """The slot's planned visits less one."""
        jobs = self.days[slot.index].jobs
        return self._as(slot, position, (*jobs[:position], *jobs[position + 1 :]))

    def job(self, slot: Slot, terms: Terms) -> Job:
        """The visit as a stop of that slot, bound by its customer's hours alone."""
        return _job(slot, terms, self.windows(terms))

    def windows(self, terms: Terms) -> Windows:
        """When the visit may begin that day; one that accompanies another, when that one does."""
        windows = start_windows(terms.customer, terms.visit, terms.date)
        main = self.standing.get(terms.visit.accompanies or "")
        if terms.visit.accompanies is None or main is None:
            return windows
        begin_s = main.begin_s
        return ((begin_s, begin_s),) if any(a <= begin_s <= b for a, b in windows) else ()

    def _day(self, slot: Slot, off: frozenset[str]) -> Day:
        route = self.routes.get((slot.rep.id, slot.date))
        if route is None:
            return Day(slot)
        jobs = []
        for stop in route.stops:
            if stop.visit_id in off:
                continue
            visit = self.visits[stop.visit_id]
            customer = self.customers[visit.customer_id]
            terms = Terms(visit=visit, customer=customer, rep=slot.rep, day=slot.day)
            windows = start_windows(customer, visit, slot.date)
            if visit.accompanies or visit.id in self.companions:
                windows = ((stop.begin_s, stop.begin_s),)  # two people have agreed on it
            jobs.append(_job(slot, terms, windows))
        return Day(slot, tuple(jobs))

    def _as(self, slot: Slot, which: str | int, jobs: tuple[Job, ...]) -> Day:
        hours = (slot.day.begin_s, slot.day.end_s, slot.lunch, slot.max_duration_s)
        limits = (slot.max_visits, slot.max_driving_s, slot.max_load)
        key = (slot.index, which, *hours, *limits)
        if key not in self._looser:
            self._looser[key] = Day(slot, jobs)
        return self._looser[key]


def _limit(given: int | None) -> int:
    return NO_LIMIT if given is None else given


def _job(slot: Slot, terms: Terms, windows: Windows) -> Job:
    return Job(
        index=-1,
        visit=terms.visit,
        customer=terms.customer,
        node=terms.customer.place,
        service_s=terms.visit.service_s,
        windows={slot.index: windows},
        wish={},
        missed=0,
    )
