"""How much longer a day, or how much shorter a visit, makes room."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from routing.day.labels import Day
from routing.explain.room import place_on
from routing.explain.scene import Scene
from routing.explain.terms import MINUTE_S, Terms
from routing.reasons import Bar

SHORTEST_PART = 2  # nobody makes a visit of less than half its time


def least_overtime_min(scene: Scene, terms: Terms) -> int | None:
    """The fewest minutes after the end of the day that let the visit in at some place; None
    where not even the whole night does."""
    late = replace(terms, day=replace(terms.day, end_s=scene.problem.day_s))
    day = scene.day(scene.slot(late))
    if not day.fits or place_on(scene, late, day) is None:
        return None
    job = scene.job(day.slot, late)
    tried = (day.with_job(job, position) for position in range(len(day.jobs) + 1))
    back_s = min(each.back_s for each in tried if each.fits)
    return _minutes(max(1, back_s - terms.day.end_s))


def least_overtime_min_at_best(scene: Scene, terms: Terms) -> int:
    """A bound below for it: the visit on the shortest detour, and nobody ever waits."""
    day = scene.day(scene.slot(terms))
    slot, node = day.slot, terms.customer.place
    travel = slot.travel
    nodes = [slot.day.start, *(job.node for job in day.jobs), slot.day.end]
    detour_s = min(
        travel[here][node] + travel[node][there] - (travel[here][there] if day.jobs else 0)
        for here, there in pairwise(nodes)
    )
    travel_s = slot.pace.at_least(day.travel_s + detour_s)
    over_s = day.service_s + terms.visit.service_s + travel_s - slot.capacity_s
    return _minutes(max(1, over_s))


def longest_visit_min(scene: Scene, terms: Terms) -> int | None:
    """The longest whole minutes, shorter than asked for, for which there is room; None where
    there is none for half the visit."""
    day = scene.day(scene.slot(terms))
    service_s = terms.visit.service_s
    least = _minutes(max(MINUTE_S, service_s // SHORTEST_PART))
    most = (service_s - 1) // MINUTE_S
    if most < least or not _room_for(scene, terms, day, least):
        return None
    while least < most:
        middle = (least + most + 1) // 2
        if _room_for(scene, terms, day, middle):
            least = middle
        else:
            most = middle - 1
    return least


def limit_needed(scene: Scene, terms: Terms, limit: Bar) -> int | None:
    """What a limit of the rep or the day would have to be for the visit; None where the day has
    no room for it on any limit."""
    rep, day = terms.rep, terms.day
    if limit is Bar.MAX_VISITS:
        rep = replace(rep, max_visits_a_day=None)
    elif limit is Bar.MAX_DRIVING:
        rep = replace(rep, max_driving_s_a_day=None)
    elif limit is Bar.LOAD:
        rep = replace(rep, max_load=None)
    else:
        day = replace(day, max_duration_s=None)
    free = replace(terms, rep=rep, day=day)
    place = place_on(scene, free, scene.day(scene.slot(free)))
    if place is None:
        return None
    route = place.route(scene)
    return {
        Bar.MAX_VISITS: len(place.jobs),
        Bar.MAX_DRIVING: route.travel_s,
        Bar.LOAD: sum(job.visit.load for job in place.jobs),
    }.get(limit, route.return_s - route.leave_s)


def _room_for(scene: Scene, terms: Terms, day: Day, minutes: int) -> bool:
    shorter = replace(terms, visit=replace(terms.visit, service_s=minutes * MINUTE_S))
    return place_on(scene, shorter, day) is not None


def _minutes(seconds: int) -> int:
    return -(-seconds // MINUTE_S)
