"""A place that the problem does not have yet: a new customer, or where a rep is now."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from routing.problem import Matrix, Place, Problem
from routing.replan.error import refused


class Travel(Protocol):
    """Where travel times come from."""

    @property
    def name(self) -> str:
        """The provider, as problems and plans name it."""
        ...

    def matrices(self, places: tuple[Place, ...], transport: str) -> tuple[Matrix, Matrix]:
        """Seconds and metres from place i to place j, shape (n, n), int32."""
        ...


def with_place(problem: Problem, place: Place, travel: Travel) -> tuple[Problem, int]:
    """The problem with one place more, and its row. Legs that are known stay as they are.

    Raises `ChangeRefused` where the legs would come from another source than the known ones.
    """
    if travel.name != problem.travel_source:
        hint = f"the other travel times are from {problem.travel_source}; use the same"
        raise refused("place", place.id, "travel_source", travel.name, hint)
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
