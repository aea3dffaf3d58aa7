"""A place that the problem does not have yet: a new customer, or where a rep is now."""

from __future__ import annotations

from dataclasses import replace

from routing.problem import Place, Problem
from routing.replan.error import refused
from routing.travel.interface import TravelTimes


def with_place(problem: Problem, place: Place, travel: TravelTimes) -> tuple[Problem, int]:
    """The problem with one place more, and its row. Legs that are known stay as they are.

    Raises `ChangeRefused` where the legs would come from another source than the known ones.
    """
    if travel.source != problem.travel_source:
        hint = f"the other travel times are from {problem.travel_source}; use the same"
        raise refused("place", place.id, "travel_source", travel.source, hint)
    if any(known.id == place.id for known in problem.places):
        raise refused("place", place.id, "id", place.id, "there is such a place; give it another")
    places, row = (*problem.places, place), len(problem.places)
    seconds, metres = {}, {}
    for transport in problem.travel_s:
        all_s, all_m = travel.matrices(places, transport)
        all_s[:row, :row] = problem.travel_s[transport]
        all_m[:row, :row] = problem.travel_m[transport]
        seconds[transport], metres[transport] = all_s, all_m
    return replace(problem, places=places, travel_s=seconds, travel_m=metres), row
