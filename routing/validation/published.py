"""The plan in force: known visits once each; a frozen stop must be able to stay where it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from routing.problem import Customer, Problem, PublishedStop, Visit
from routing.validation.error import About, ProblemError, doubled

Frozen = tuple[PublishedStop, Visit, Customer]


def published_stops_are_sound(problem: Problem) -> Iterator[ProblemError]:
    """A frozen stop cannot be unserved, so what contradicts it is refused here; any other stop
    may have become impossible, the planner then moves it."""
    yield from doubled("published stop", (stop.visit_id for stop in problem.published))
    visits = {visit.id: visit for visit in problem.visits}
    customers = {customer.id: customer for customer in problem.customers}
    works = {(rep.id, day.date) for rep in problem.reps for day in rep.workdays}
    frozen: list[Frozen] = []
    for stop in problem.published:
        visit = visits.get(stop.visit_id)
        if visit is None:
            hint = "the problem has no such visit; leave the stop out"
            yield _about(stop).error("visit_id", stop.visit_id, hint)
        elif stop.frozen and visit.customer_id in customers:
            frozen.append((stop, visit, customers[visit.customer_id]))
    for stop, visit, customer in frozen:
        if (stop.rep_id, stop.date) not in works:
            hint = f"it is frozen, and rep {stop.rep_id} does not work that day"
            yield _about(stop).error("date", stop.date, hint)
        yield from _on_that_day(stop, visit, customer)
        yield from _with_that_rep(stop, visit, customer)
    yield from _patterns(frozen)
    yield from _joint(frozen)


def _about(stop: PublishedStop) -> About:
    return About(kind="published stop", object_id=stop.visit_id)


def _on_that_day(stop: PublishedStop, visit: Visit, customer: Customer) -> Iterator[ProblemError]:
    about, weekdays = _about(stop), customer.weekdays
    if not visit.earliest <= stop.date <= visit.latest:
        hint = f"it is frozen, and the visit may be on {visit.earliest} to {visit.latest} only"
        yield about.error("date", stop.date, hint)
    if visit.pinned not in (None, stop.date):
        yield about.error("date", stop.date, f"it is frozen, and pinned to {visit.pinned}")
    if stop.date in customer.closed_dates:
        hint = f"it is frozen, and customer {customer.id} is closed that day"
        yield about.error("date", stop.date, hint)
    if weekdays is not None and visit.commitment is None and stop.date.weekday() not in weekdays:
        hint = f"it is frozen, and that is none of the weekdays of customer {customer.id}"
        yield about.error("date", stop.date, hint)
    if customer.status != "active":
        hint = f"it is frozen, and customer {customer.id} is {customer.status}"
        yield about.error("visit_id", stop.visit_id, hint)


def _with_that_rep(stop: PublishedStop, visit: Visit, customer: Customer) -> Iterator[ProblemError]:
    about = _about(stop)
    if visit.accompanies is None and stop.rep_id not in customer.rep_ids:
        hint = f"it is frozen, and not one of the reps of customer {customer.id}"
        yield about.error("rep_id", stop.rep_id, hint)
    if visit.pinned_rep_id not in (None, stop.rep_id):
        hint = f"it is frozen, and the visit is fixed to rep {visit.pinned_rep_id}"
        yield about.error("rep_id", stop.rep_id, hint)


def _patterns(frozen: list[Frozen]) -> Iterator[ProblemError]:
    """The frozen stops of a customer lie together in one of its patterns."""
    stood: dict[str, list[Frozen]] = defaultdict(list)
    for item in frozen:
        if item[1].accompanies is None:
            stood[item[2].id].append(item)
    for items in stood.values():
        stop, _, customer = items[-1]
        days = {visit.number: stop.date for stop, visit, _ in items}
        if customer.patterns is not None and not any(
            days.items() <= dict(enumerate(pattern, start=1)).items()
            for pattern in customer.patterns
        ):
            hint = f"it is frozen, and no pattern of {customer.id} has all its frozen stops"
            yield _about(stop).error("date", stop.date, hint)


def _joint(frozen: list[Frozen]) -> Iterator[ProblemError]:
    """Who accompanies a visit is frozen on the same day as that one."""
    dates = {visit.id: stop.date for stop, visit, _ in frozen}
    for stop, visit, _ in frozen:
        other = visit.accompanies
        if other is not None and dates.get(other, stop.date) != stop.date:
            hint = f"it is frozen, and the visit that it accompanies on {dates[other]}"
            yield _about(stop).error("date", stop.date, hint)
