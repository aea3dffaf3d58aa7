"""The times at which a visit could begin on a day, were it not for its customer's hours."""

from __future__ import annotations

from dataclasses import replace

from routing.day.labels import Day
from routing.explain.scene import Scene
from routing.explain.terms import Terms
from routing.rules.windows import Windows, start_windows

GRIDS_S = (300, 60)  # people agree on five past, or on a minute, not on a second
UNHEARD_OF_S = 3600  # what asking for a day costs on which the customer never opens


def widening(scene: Scene, terms: Terms) -> tuple[int, int] | None:
    """(begin, seconds outside the customer's hours) of the visit at the time nearest to these;
    None where the day has no room at any time."""
    service_s, agreed_s = terms.visit.service_s, terms.begin_s
    if agreed_s is not None:
        there = any(first <= agreed_s <= last for first, last in _openings(scene, terms))
        return (agreed_s, service_s) if there else None
    brief = replace(terms.visit, service_s=0)
    hours = start_windows(terms.customer, brief, terms.date)
    found = [
        (_outside_s(hours, begin_s, service_s), begin_s)
        for first, last in _openings(scene, terms)
        for begin_s in _targets(hours, service_s, first, last)
    ]
    if not found:
        return None
    outside_s, begin_s = min(found)
    return begin_s, outside_s


def opening_near(scene: Scene, terms: Terms, wanted_s: int) -> int | None:
    """The second nearest to the wanted one at which there is room and the customer receives."""
    commitment = terms.visit.commitment
    visit = replace(terms.visit, commitment=commitment and replace(commitment, begin_s=None))
    found = [
        min(max(wanted_s, first, opened), last, closed)
        for first, last in _openings(scene, terms)
        for opened, closed in start_windows(terms.customer, visit, terms.date)
        if max(first, opened) <= min(last, closed)
    ]
    return min(found, key=lambda begin_s: (abs(begin_s - wanted_s), begin_s), default=None)


def _openings(scene: Scene, terms: Terms) -> Windows:
    """First and last second at which the visit could begin at each place of the day."""
    commitment = terms.visit.commitment
    free = replace(
        terms,
        visit=replace(terms.visit, commitment=commitment and replace(commitment, begin_s=None)),
        customer=replace(terms.customer, open_hours=None, unfit_times=(), closed_dates=frozenset()),
    )
    day = scene.day(scene.slot(free))
    job = scene.job(day.slot, free)
    if not day.fits or not job.windows[day.slot.index]:
        return ()
    found: list[tuple[int, int]] = []
    for position in range(len(day.jobs) + 1):
        tried = day.with_job(job, position)
        if tried.fits:
            found += moments(tried, position)
    return tuple(_rounded(first, last) for first, last in found)


def _rounded(first: int, last: int) -> tuple[int, int]:
    """The same moments at times that people agree on, as far as there are any."""
    for grid_s in GRIDS_S:
        inner = (-(-first // grid_s) * grid_s, last // grid_s * grid_s)
        if inner[0] <= inner[1]:
            return inner
    return first, last


def moments(day: Day, position: int) -> list[tuple[int, int]]:
    """When stop `position` may begin with the rest of its day intact, before and after lunch."""
    before = (day.slot.day.start, *(job.node for job in day.jobs))[position]
    hungry_s, fed_s = day.leave_by(position, day.slot.travel[before][day.jobs[position].node])
    both = ((hungry_s, day.late_hungry[position]), (fed_s, day.late_fed[position]))
    return [(first, last) for first, last in both if first <= last]


def _targets(hours: Windows, service_s: int, first: int, last: int) -> list[int]:
    """The beginnings that could be nearest to the hours: at their edges, or at our own."""
    edges = [edge for opened, closed in hours for edge in (opened, closed - service_s)]
    return [first, last, *(min(max(edge, first), last) for edge in edges)]


def _outside_s(hours: Windows, begin_s: int, service_s: int) -> int:
    """Seconds by which the nearest opening would have to be longer."""
    end_s = begin_s + service_s
    return min(
        (max(0, opened - begin_s) + max(0, end_s - closed) for opened, closed in hours),
        default=service_s + UNHEARD_OF_S,
    )
