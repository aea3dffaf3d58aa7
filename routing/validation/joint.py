"""Joint visits: whoever accompanies a visit is a known second person at the same customer's."""

from __future__ import annotations

from collections.abc import Iterator

from routing.problem import Problem, Visit
from routing.validation.error import About, ProblemError


def joint_visits_are_sound(problem: Problem) -> Iterator[ProblemError]:
    """A visit that accompanies another names its rep, and a visit of its own customer that
    somebody else may make."""
    visits = {visit.id: visit for visit in problem.visits}
    reps = {rep.id for rep in problem.reps}
    may_come = {customer.id: customer.rep_ids for customer in problem.customers}
    for visit in problem.visits:
        if visit.accompanies is None:
            continue
        about = About(kind="visit", object_id=visit.id)
        other = visits.get(visit.accompanies)
        if visit.pinned_rep_id not in reps:
            hint = "who accompanies a visit is a rep of the problem: " + ", ".join(sorted(reps))
            yield about.error("pinned_rep_id", visit.pinned_rep_id, hint)
        if other is None:
            hint = "there is no such visit; leave the joint visit out or name the right one"
            yield about.error("accompanies", visit.accompanies, hint)
        else:
            yield from _pair(about, visit, other, may_come.get(visit.customer_id, frozenset()))


def _pair(
    about: About, visit: Visit, other: Visit, may_come: frozenset[str]
) -> Iterator[ProblemError]:
    if other is visit:
        yield about.error("accompanies", visit.accompanies, "a visit cannot accompany itself")
    elif other.accompanies is not None:
        hint = f"that one accompanies {other.accompanies} itself; name {other.accompanies}"
        yield about.error("accompanies", visit.accompanies, hint)
    if other.customer_id != visit.customer_id:
        hint = f"that is a visit to customer {other.customer_id}, this one to {visit.customer_id}"
        yield about.error("accompanies", visit.accompanies, hint)
    first = may_come if other.pinned_rep_id is None else {other.pinned_rep_id}
    if first == {visit.pinned_rep_id}:
        hint = f"nobody else may make visit {other.id}, and nobody accompanies himself"
        yield about.error("pinned_rep_id", visit.pinned_rep_id, hint)
