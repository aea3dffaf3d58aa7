"""The plan in force: known visits once each; a frozen stop must be able to stay where it is."""

from __future__ import annotations

from collections.abc import Iterator

from routing.problem import Problem, PublishedStop, Visit
from routing.validation.error import About, ProblemError, doubled


def published_stops_are_sound(problem: Problem) -> Iterator[ProblemError]:
    """A frozen stop cannot be unserved, so what contradicts it is refused here; any other stop
    may have become impossible, the planner then moves it."""
    yield from doubled("published stop", (stop.visit_id for stop in problem.published))
    visits = {visit.id: visit for visit in problem.visits}
    for stop in problem.published:
        about = About(kind="published stop", object_id=stop.visit_id)
        visit = visits.get(stop.visit_id)
        if visit is None:
            hint = "the problem has no such visit; leave the stop out"
            yield about.error("visit_id", stop.visit_id, hint)
        elif stop.frozen:
            yield from _frozen(problem, about, stop, visit)


def _frozen(
    problem: Problem, about: About, stop: PublishedStop, visit: Visit
) -> Iterator[ProblemError]:
    works = {(rep.id, day.date) for rep in problem.reps for day in rep.workdays}
    if (stop.rep_id, stop.date) not in works:
        hint = f"it is frozen, and rep {stop.rep_id} does not work that day"
        yield about.error("date", stop.date, hint)
    if not visit.earliest <= stop.date <= visit.latest:
        hint = f"it is frozen, and the visit may be on {visit.earliest} to {visit.latest} only"
        yield about.error("date", stop.date, hint)
    if visit.pinned not in (None, stop.date):
        yield about.error("date", stop.date, f"it is frozen, and pinned to {visit.pinned}")
    for customer in problem.customers:
        if customer.id != visit.customer_id:
            continue
        if stop.rep_id not in customer.rep_ids:
            hint = f"it is frozen, and not one of the reps of customer {customer.id}"
            yield about.error("rep_id", stop.rep_id, hint)
        if customer.status != "active":
            hint = f"it is frozen, and customer {customer.id} is {customer.status}"
            yield about.error("visit_id", stop.visit_id, hint)
