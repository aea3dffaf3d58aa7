"""A `Problem` laid out for searching: rep-days as slots, visits with their windows there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from routing.problem import Customer, Lunch, Problem, Rep, Visit, WorkDay
from routing.rules.gaps import neighbours_allow
from routing.rules.windows import DAY_S, Windows, start_windows
from routing.weights import Weights

Rows = list[list[int]]


@dataclass(frozen=True)
class Slot:
    """One rep's working day. `travel` is the rep's matrix as rows of seconds."""

    index: int
    rep: Rep
    day: WorkDay
    travel: Rows
    max_visits: int
    max_driving_s: int

    @property
    def date(self) -> date:
        """The calendar day."""
        return self.day.date

    @property
    def lunch(self) -> Lunch | None:
        """The break, if the day has one."""
        return self.day.lunch

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


def lay_out(problem: Problem, weights: Weights) -> Instance:
    """The instance of a problem. Customers that may not be visited have jobs without windows."""
    slots = _slots(problem)
    customers = {customer.id: customer for customer in problem.customers}
    published = {stop.visit_id: (stop.rep_id, stop.date) for stop in problem.published}
    last_number = {visit.customer_id: 0 for visit in problem.visits}
    for visit in problem.visits:
        last_number[visit.customer_id] = max(last_number[visit.customer_id], visit.number)
    jobs = []
    for index, visit in enumerate(sorted(problem.visits, key=lambda v: (v.customer_id, v.number))):
        customer = customers[visit.customer_id]
        is_last = visit.number == last_number[visit.customer_id]
        windows = {
            slot.index: on_day
            for slot in slots
            if neighbours_allow(
                customer, visit, slot.date, is_last=is_last, first_workday=slots[0].date
            )
            and (on_day := _windows_on(slot, customer, visit))
        }
        wish = {
            slot: _wish(slots[slot], customer, visit, published.get(visit.id), weights)
            for slot in windows
        }
        jobs.append(
            Job(
                index=index,
                visit=visit,
                customer=customer,
                node=customer.place,
                service_s=visit.service_s,
                windows=windows,
                wish=wish,
                missed=weights.missed(visit, customer.grade),
            )
        )
    families = tuple(
        Family(customer, own)
        for customer in sorted(problem.customers, key=lambda c: c.id)
        if (own := tuple(job for job in jobs if job.visit.customer_id == customer.id))
    )
    return Instance(problem, weights, slots, tuple(jobs), families, _even_shares(slots, jobs))


def _slots(problem: Problem) -> tuple[Slot, ...]:
    rows = {name: matrix.tolist() for name, matrix in problem.travel_s.items()}
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
            max_visits=_limit(rep.max_visits_a_day, len(problem.visits) + 1),
            max_driving_s=_limit(rep.max_driving_s_a_day, DAY_S),
        )
        for index, (day, rep) in enumerate(days)
    )


def _limit(given: int | None, none: int) -> int:
    return none if given is None else given


def _windows_on(slot: Slot, customer: Customer, visit: Visit) -> Windows:
    if (
        customer.status != "active"
        or slot.rep.id not in customer.rep_ids
        or not visit.earliest <= slot.date <= visit.latest
        or (visit.pinned is not None and visit.pinned != slot.date)
    ):
        return ()
    first_s = slot.day.begin_s + slot.travel[slot.day.start][customer.place]
    last_s = slot.day.end_s - visit.service_s - slot.travel[customer.place][slot.day.end]
    return tuple(
        (max(first, first_s), min(last, last_s))
        for first, last in start_windows(customer, visit, slot.date)
        if max(first, first_s) <= min(last, last_s)
    )


def _even_shares(slots: tuple[Slot, ...], jobs: list[Job]) -> tuple[int, ...]:
    """The work of all visits, as far as the hours hold it, divided by the hours of each slot. A
    leg is reckoned half as long again as the mean one to the nearest other place."""
    nodes = {job.node for job in jobs}
    leg_s = 0
    if slots and len(nodes) > 1:
        rows = slots[0].travel
        nearest = {n: min(rows[n][other] for other in nodes if other != n) for n in nodes}
        leg_s = sum(nearest[job.node] for job in jobs) * 3 // (2 * len(jobs))
    work_s = sum(job.service_s + leg_s for job in jobs)
    capacity_s = sum(slot.capacity_s for slot in slots)
    shared_s = min(work_s, capacity_s)
    return tuple(slot.capacity_s * shared_s // max(capacity_s, 1) for slot in slots)


def _wish(
    slot: Slot,
    customer: Customer,
    visit: Visit,
    published: tuple[str, date] | None,
    weights: Weights,
) -> int:
    cost = weights.off_due_date(customer, abs((slot.date - visit.ideal).days))
    if published is not None and published != (slot.rep.id, slot.date):
        cost += weights.moved_off_published_day
    return cost
