"""Visits: a known customer, numbers from 1 without holes, dates in order, a sensible length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from routing.problem import Problem, Visit
from routing.validation.error import About, ProblemError, doubled


def visits_are_sound(problem: Problem) -> Iterator[ProblemError]:
    """Every visit is one that some plan could hold."""
    yield from doubled("visit", (visit.id for visit in problem.visits))
    customers = {customer.id: customer for customer in problem.customers}
    reps = {rep.id for rep in problem.reps}
    numbers: dict[str, list[int]] = defaultdict(list)
    for visit in problem.visits:
        about = About(kind="visit", object_id=visit.id, day_s=problem.day_s)
        if visit.customer_id not in customers:
            yield about.error("customer_id", visit.customer_id, "there is no such customer")
        if not 0 <= visit.service_s <= problem.day_s:
            hint = "seconds, from 0 to a day"
            hint += "; were minutes meant?" if visit.service_s < 0 else "; is it milliseconds?"
            yield about.error("service_s", visit.service_s, hint)
        if visit.earliest > visit.latest:
            hint = f"it is after latest, {visit.latest}; were they swapped?"
            yield about.error("earliest", visit.earliest, hint)
        if visit.load < 0:
            yield about.error("load", visit.load, "it cannot be negative; 0 takes no room")
        own = (
            customers[visit.customer_id].rep_ids if visit.customer_id in customers else frozenset()
        )
        if visit.pinned_rep_id is not None and visit.pinned_rep_id not in reps | own:
            hint = "there is no such rep; known are: " + ", ".join(sorted(reps | own))
            yield about.error("pinned_rep_id", visit.pinned_rep_id, hint)
        yield from _commitment(about, visit)
        if visit.accompanies is None:
            numbers[visit.customer_id].append(visit.number)
    for customer_id, given in numbers.items():
        wanted = list(range(1, len(given) + 1))
        if sorted(given) != wanted:
            about = About(kind="customer", object_id=customer_id)
            hint = f"{len(given)} visits are numbered 1 to {len(given)}, each number once"
            yield about.error("visits' numbers", sorted(given), hint)


def _commitment(about: About, visit: Visit) -> Iterator[ProblemError]:
    commitment = visit.commitment
    if commitment is None:
        return
    begin_s = commitment.begin_s
    if commitment.kind == "appointment":
        if begin_s is None:
            yield about.error("commitment.begin_s", None, "an appointment has a time of day")
        elif not 0 <= begin_s < about.day_s:
            hint = f"a time of day is 0 to {about.day_s - 1} seconds after midnight"
            yield about.error("commitment.begin_s", begin_s, hint)
        if visit.earliest < visit.latest:
            hint = f"an appointment has one date; latest is {visit.latest}"
            yield about.error("earliest", visit.earliest, hint)
    elif commitment.kind == "promise":
        if begin_s is not None:
            hint = "a promise is kept on a day, not at a time; is it an appointment?"
            yield about.error("commitment.begin_s", begin_s, hint)
    else:
        yield about.error("commitment.kind", commitment.kind, "known are: appointment, promise")
