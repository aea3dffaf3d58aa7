"""To whom customers go whose rep leaves: the nearest rep with room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from routing.plan import Plan
from routing.problem import Customer, Rep
from routing.replan.error import refused
from routing.replan.standing import Standing


def nearest_with_room(
    standing: Standing, plan: Plan, orphans: Sequence[Customer], leaving: Rep, first_day: date
) -> dict[str, str]:
    """Customer id → rep id. The better grades choose first; where nobody has room the nearest rep
    gets the customer, and the plan tells what finds no place.

    Room is what the plan leaves of the working hours from `first_day` on; a customer asks for its
    visits and, for each, the way there from the nearest place of the rep's and back.
    """
    heirs = [rep for rep in standing.problem.reps if rep.id != leaving.id and rep.workdays]
    if orphans and not heirs:
        hint = "no colleague in this problem works; plan the customers' new reps with it"
        raise refused("rep", leaving.id, "heirs", orphans[0].id, hint)
    room_s = {rep.id: _room_s(rep, plan, first_day) for rep in heirs}
    given: dict[str, str] = {}
    for customer in sorted(orphans, key=lambda c: (c.grade, c.id)):
        leg_s = {rep.id: _leg_s(standing, rep, customer) for rep in heirs}
        need_s = {rep.id: _need_s(standing, customer, leg_s[rep.id], first_day) for rep in heirs}
        heir = min(
            leg_s, key=lambda rep: (room_s[rep] < need_s[rep], leg_s[rep], -room_s[rep], rep)
        )
        room_s[heir] -= need_s[heir]
        given[customer.id] = heir
    return given


def _room_s(rep: Rep, plan: Plan, first_day: date) -> int:
    days = [day for day in rep.workdays if day.date >= first_day]
    there_s = sum(d.end_s - d.begin_s - (d.lunch.duration_s if d.lunch else 0) for d in days)
    return there_s - sum(
        route.travel_s + sum(stop.end_s - stop.begin_s for stop in route.stops)
        for route in plan.routes
        if route.rep_id == rep.id and route.date >= first_day
    )


def _leg_s(standing: Standing, rep: Rep, customer: Customer) -> int:
    """Seconds there and back from the nearest place where the rep is anyway."""
    own = {c.place for c in standing.problem.customers if rep.id in c.rep_ids}
    places = sorted(own | {day.start for day in rep.workdays})
    matrix = standing.problem.travel_s[rep.transport]
    return min(int(matrix[p, customer.place] + matrix[customer.place, p]) for p in places)


def _need_s(standing: Standing, customer: Customer, leg_s: int, first_day: date) -> int:
    visits = [
        visit
        for visit in standing.problem.visits
        if visit.customer_id == customer.id
        and visit.accompanies is None
        and standing.where.get(visit.id, ("", first_day))[1] >= first_day
    ]
    return sum(visit.service_s + leg_s for visit in visits)
