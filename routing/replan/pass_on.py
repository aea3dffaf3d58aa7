"""A visit passes from one rep's plan to a colleague's, who stands in this once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from routing.plan import Plan
from routing.problem import Customer, Problem, Visit
from routing.replan.add import Add
from routing.replan.edit import with_customers, without_visits
from routing.replan.error import refused
from routing.replan.places import with_place
from routing.replan.standing import Standing
from routing.travel.interface import TravelTimes


@dataclass(frozen=True, kw_only=True)
class Passed:
    """The problems of giver and taker when the visit has passed, before anything is planned."""

    giver: Problem
    taker: Problem


def pass_on(
    giver: tuple[Problem, Plan], taker: tuple[Problem, Plan], visit_id: str, travel: TravelTimes
) -> Passed:
    """The giver's problem without the visit and the taker's with it, on any of its days.

    The customer's other visits stay: those next to it bound the taker's days as the last and the
    next one, and the giver is not blamed for the gap. Both problems have one rep. Raises
    `ChangeRefused` for a joint visit, for one whose day has begun, and where the legs to the
    customer would come from another source than the taker's.
    """
    (problem, plan), (other, other_plan) = giver, taker
    standing = Standing(problem, plan)
    visit = standing.visit(visit_id)
    if visit.accompanies is not None or len(standing.party(visit)) > 1:
        hint = "two people make it together; drop the company first"
        raise refused("visit", visit.id, "accompanies", visit.accompanies or visit.id, hint)
    customer = standing.customer(visit)
    left = without_visits(standing.problem, {visit.id})
    left = with_customers(left, [replace(_of(left, customer.id), max_gap_days=None)])
    return Passed(
        giver=left, taker=_with_guest(standing, visit, customer, other, other_plan, travel)
    )


def _with_guest(
    standing: Standing,
    visit: Visit,
    customer: Customer,
    other: Problem,
    other_plan: Plan,
    travel: TravelTimes,
) -> Problem:
    (rep,), (own,) = other.reps, standing.problem.reps
    moved = replace(visit, number=1, pinned=None, pinned_rep_id=None)
    known = next((c for c in other.customers if c.id == customer.id), None)
    if known is not None:
        return Add(visit=moved).applied(other, other_plan)
    place = standing.problem.places[customer.place]
    rows = {p.id: row for row, p in enumerate(other.places)}
    wider, row = (other, rows[place.id]) if place.id in rows else with_place(other, place, travel)
    before, after = _neighbours(standing, visit)
    owner = customer.owner_id or own.id
    guest = replace(
        customer,
        place=row,
        rep_ids=frozenset({rep.id, owner}),
        owner_id=None if owner == rep.id else owner,
        last_visit=before or customer.last_visit,
        next_visit=after or customer.next_visit,
        patterns=None,
    )
    return Add(visit=moved, customer=guest).applied(wider, other_plan)


def _neighbours(standing: Standing, visit: Visit) -> tuple[date | None, date | None]:
    """The days of the customer's visits just before and just after it that stay."""
    days = {
        other.number: standing.where[other.id][1]
        for other in standing.problem.visits
        if other.customer_id == visit.customer_id
        and other.accompanies is None
        and other.id != visit.id
        and other.id in standing.where
    }
    before = [day for number, day in days.items() if number < visit.number]
    after = [day for number, day in days.items() if number > visit.number]
    return max(before, default=None), min(after, default=None)


def _of(problem: Problem, customer_id: str) -> Customer:
    return next(customer for customer in problem.customers if customer.id == customer_id)
