"""Whether a customer's visits could all be made in a cycle in which nobody else is visited."""

from __future__ import annotations

from datetime import date

from routing.explain.calendar_bars import calendar_bar, window_bar
from routing.explain.room import place_on
from routing.explain.scene import Scene
from routing.problem import Customer, Visit
from routing.rules.gaps import after_omission, gap_allows

Days = list[tuple[Visit, list[date]]]


def all_fit_alone(scene: Scene, customer: Customer) -> bool:
    """Whether some days keep all the gaps between the customer's visits, as far as each of them
    could be made at all."""
    days = [
        (visit, found)
        for visit in scene.family(customer.id)
        if (found := _days_alone(scene, visit))
    ]
    if customer.patterns is None:
        return _chain(customer, days)
    return any(
        _chain(customer, [(v, [day for day in d if day == pattern[v.number - 1]]) for v, d in days])
        for pattern in customer.patterns
    )


def _days_alone(scene: Scene, visit: Visit) -> list[date]:
    """The days on which the visit could be made, were there no other."""
    found = {
        slot.date
        for slot, terms in scene.terms(visit)
        if calendar_bar(scene, terms) is None
        and window_bar(scene, terms) is None
        and place_on(scene, terms, scene.empty(slot)) is not None
    }
    return sorted(found)


def _chain(customer: Customer, days: Days) -> bool:
    """Whether each visit can have a day so that neighbours are as far apart as they have to be."""
    before: Visit | None = None
    reached: list[date] = []
    for visit, options in days:
        reached = [
            day
            for day in options
            if before is None
            or any(_may_follow(customer, before, visit, (day - since).days) for since in reached)
        ]
        if not reached:
            return False
        before = visit
    return True


def _may_follow(customer: Customer, before: Visit, visit: Visit, days: int) -> bool:
    if visit.number == before.number + 1:
        return gap_allows(customer, before, visit, days)
    return after_omission(customer, visit, days)
