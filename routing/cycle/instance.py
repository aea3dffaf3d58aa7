"""A `Problem` laid out for searching: rep-days as slots, visits with their windows there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from routing.problem import NO_WAY, Customer, Lunch, Problem, Rep, Visit, WorkDay
from routing.rules.gaps import neighbours_allow
from routing.rules.pace import Pace, pace_of
from routing.rules.people import first_workday, rep_may
from routing.rules.windows import Windows, start_windows
from routing.weights import Weights

Rows = list[list[int]]
FOREVER_S = 1 << 29  # no limit


@dataclass(frozen=True)
class Slot:
    """One rep's working day. `travel` is the rep's matrix as rows of seconds, `leg_cost` what its
    legs cost, time and money."""

    index: int
    rep: Rep
    day: WorkDay
    travel: Rows
    leg_cost: Rows
    max_visits: int
    max_driving_s: int
    max_duration_s: int
    max_load: int

    @property
    def date(self) -> date:
        """The calendar day."""
        return self.day.date

    @property
    def lunch(self) -> Lunch | None:
        """The break, if the day has one."""
        return self.day.lunch

    @property
    def pace(self) -> Pace:
        """What a leg takes at what time of the day."""
        return pace_of(self.day.peaks)

    @property
    def capacity_s(self) -> int:
        """Working seconds of the day less the lunch."""
        return self.day.end_s - self.day.begin_s - (self.lunch.duration_s if self.lunch else 0)


@dataclass(frozen=True)
class Job:
    """A visit with what it needs on each slot that could hold it.

    `windows[slot]`: first and last second at which it may begin there; a slot that is missing
    cannot hold it. `wish[slot]`: what this day costs besides travel (spacing, nearness).
    """

    index: int
    visit: Visit
    customer: Customer
    node: int
    service_s: int
    windows: dict[int, Windows]
    wish: dict[int, int]
    missed: int


@dataclass(frozen=True)
class Family:
    """The visits of one customer in order, moved together."""

    customer: Customer
    jobs: tuple[Job, ...]


Meetings = Mapping[str, tuple[str, date, int]]  # visit id → rep, date and second it begins


@dataclass(frozen=True)
class Instance:
    """What the searches work on; everything an integer, everything in a fixed order.

    `even_share_s[slot]`: the slot's part of all the work, seconds of visits and travel.
    """

    problem: Problem
    weights: Weights
    slots: tuple[Slot, ...]
    jobs: tuple[Job, ...]
    families: tuple[Family, ...]
    even_share_s: tuple[int, ...]


def lay_out(problem: Problem, weights: Weights, meetings: Meetings | None = None) -> Instance:
    """The instance of a problem. Customers that may not be visited have jobs without windows.

    Visits that accompany others are laid out once their `meetings` are known, as families of
    their own; until then the visits they accompany keep to days on which both reps work.
    """
    slots = _slots(problem, weights)
    jobs = tuple(_Layout(problem, weights, slots, meetings or {}).jobs())
    groups: dict[tuple[str, str], list[Job]] = {}
    for job in jobs:
        alone = job.visit.id if job.visit.accompanies else ""
        groups.setdefault((job.customer.id, alone), []).append(job)
    families = tuple(Family(own[0].customer, tuple(own)) for _, own in sorted(groups.items()))
    return Instance(problem, weights, slots, jobs, families, _even_shares(slots, jobs))


class _Layout:
    """What laying out a visit looks up."""

    def __init__(
        self, problem: Problem, weights: Weights, slots: tuple[Slot, ...], meetings: Meetings
    ) -> None:
        self.weights, self.slots, self.meetings = weights, slots, meetings
        self.visits = [v for v in problem.visits if v.accompanies is None or v.id in meetings]
        self.customers = {customer.id: customer for customer in problem.customers}
        self.published = {stop.visit_id: (stop.rep_id, stop.date) for stop in problem.published}
        self.frozen = {stop.visit_id for stop in problem.published if stop.frozen}
        self.first_workday = {
            customer.id: first_workday(customer, problem.reps) for customer in problem.customers
        }
        self.last_number: dict[str, int] = {}
        for visit in self.visits:
            if visit.accompanies is None:
                before = self.last_number.get(visit.customer_id, 0)
                self.last_number[visit.customer_id] = max(before, visit.number)
        workdays = {rep.id: {day.date for day in rep.workdays} for rep in problem.reps}
        self.company: dict[str, set[date]] = {
            visit.accompanies: workdays.get(visit.pinned_rep_id or "", set())
            for visit in problem.visits
            if visit.accompanies is not None and visit.accompanies not in meetings
        }

    def jobs(self) -> Iterator[Job]:
        """Every visit in order of customer and number."""
        for index, visit in enumerate(sorted(self.visits, key=lambda v: (v.customer_id, v.number))):
            customer = self.customers[visit.customer_id]
            windows = {
                slot.index: on_day
                for slot in self.slots
                if (on_day := self._windows_on(slot, customer, visit))
            }
            yield Job(
                index=index,
                visit=visit,
                customer=customer,
                node=customer.place,
                service_s=visit.service_s,
                windows=windows,
                wish={slot: self._wish(self.slots[slot], customer, visit) for slot in windows},
                missed=self.weights.missed(visit, customer.grade),
            )

    def _windows_on(self, slot: Slot, customer: Customer, visit: Visit) -> Windows:
        if not self._may_be_on(slot, customer, visit):
            return ()
        pace, out_s = slot.pace, slot.travel[slot.day.start][customer.place]
        first_s = pace.arrive(slot.day.begin_s, out_s)
        back_s = slot.travel[customer.place][slot.day.end]
        last_s = pace.depart(slot.day.end_s, back_s) - visit.service_s
        if visit.id in self.meetings:
            begin_s = self.meetings[visit.id][2]
            first_s, last_s = max(first_s, begin_s), min(last_s, begin_s)
        return tuple(
            (max(first, first_s), min(last, last_s))
            for first, last in start_windows(customer, visit, slot.date)
            if max(first, first_s) <= min(last, last_s)
        )

    def _may_be_on(self, slot: Slot, customer: Customer, visit: Visit) -> bool:
        where = (slot.rep.id, slot.date)
        if visit.id in self.meetings and self.meetings[visit.id][:2] != where:
            return False
        if visit.id in self.frozen and self.published[visit.id] != where:
            return False
        if visit.id in self.company and slot.date not in self.company[visit.id]:
            return False
        return (
            customer.status == "active"
            and visit.load <= slot.max_load
            and rep_may(customer, visit, slot.rep.id)
            and visit.earliest <= slot.date <= visit.latest
            and visit.pinned in (None, slot.date)
            and neighbours_allow(
                customer,
                visit,
                slot.date,
                is_last=visit.number == self.last_number.get(customer.id),
                first_workday=self.first_workday[customer.id] or slot.date,
            )
        )

    def _wish(self, slot: Slot, customer: Customer, visit: Visit) -> int:
        cost = self.weights.off_due_date(customer, abs((slot.date - visit.ideal).days))
        if customer.owner_id not in (None, slot.rep.id) and visit.accompanies is None:
            cost += self.weights.not_by_owner
        if self.published.get(visit.id, (slot.rep.id, slot.date)) != (slot.rep.id, slot.date):
            cost += self.weights.moved_off_published_day
        return cost


def _slots(problem: Problem, weights: Weights) -> tuple[Slot, ...]:
    rows: dict[str, Rows] = {name: matrix.tolist() for name, matrix in problem.travel_s.items()}
    costs = {
        (name, cents): weights.leg_cost(problem.travel_s[name], problem.travel_m[name], cents)
        for name, cents in {(rep.transport, rep.cents_per_km) for rep in problem.reps}
    }
    cost_rows = {
        (name, cents): rows[name] if cost is problem.travel_s[name] else cost.tolist()
        for (name, cents), cost in costs.items()
    }
    days = sorted(
        ((day, rep) for rep in problem.reps for day in rep.workdays),
        key=lambda pair: (pair[0].date, pair[1].id),
    )
    return tuple(
        Slot(
            index=index,
            rep=rep,
            day=day,
            travel=rows[rep.transport],
            leg_cost=cost_rows[rep.transport, rep.cents_per_km],
            max_visits=_limit(rep.max_visits_a_day, len(problem.visits) + 1),
            max_driving_s=_limit(rep.max_driving_s_a_day, FOREVER_S),
            max_duration_s=_limit(day.max_duration_s, FOREVER_S),
            max_load=_limit(rep.max_load, FOREVER_S),
        )
        for index, (day, rep) in enumerate(days)
    )


def _limit(given: int | None, none: int) -> int:
    return none if given is None else min(given, none)


def _even_shares(slots: tuple[Slot, ...], jobs: tuple[Job, ...]) -> tuple[int, ...]:
    """The work of all visits and the way there and back on each day, as far as the hours hold it,
    divided by the hours of each slot. A leg between visits is reckoned half as long again as the
    mean one to the nearest other place."""
    nodes = {job.node for job in jobs}
    leg_s = 0
    if slots and len(nodes) > 1:
        rows = slots[0].travel
        nearest = {n: min(rows[n][other] for other in nodes if other != n) for n in nodes}
        legs_s = [nearest[job.node] for job in jobs if nearest[job.node] < NO_WAY]
        leg_s = sum(legs_s) * 3 // (2 * max(len(legs_s), 1))
    ways_s = sorted(max(0, _way_s(slot, nodes) - leg_s) for slot in slots)
    work_s = sum(job.service_s + leg_s for job in jobs) + sum(ways_s[: len(jobs)])
    capacity_s = sum(slot.capacity_s for slot in slots)
    shared_s = min(work_s, capacity_s)
    return tuple(slot.capacity_s * shared_s // max(capacity_s, 1) for slot in slots)


def _way_s(slot: Slot, nodes: set[int]) -> int:
    """To the place with the shortest way there and back, and back."""
    rows, start, end = slot.travel, slot.day.start, slot.day.end
    ways_s = (rows[start][node] + rows[node][end] for node in nodes)
    return min((way_s for way_s in ways_s if way_s < NO_WAY), default=0)
