"""Places and the cycle: unique ids, coordinates on earth, a first day not after the last."""

from __future__ import annotations

from collections.abc import Iterator

from routing.problem import Problem
from routing.validation.error import About, ProblemError, doubled

LONGEST_DAY_S = 2**30  # two of them, and so any two times of day, add up in 32 bits


def places_are_sound(problem: Problem) -> Iterator[ProblemError]:
    """The cycle has days of a sensible length and every place is on earth."""
    if not 0 < problem.day_s <= LONGEST_DAY_S:
        about = About(kind="problem", object_id=problem.id)
        yield about.error("day_s", problem.day_s, f"1 to {LONGEST_DAY_S} can be reckoned with")
    if problem.first_day > problem.last_day:
        about = About(kind="problem", object_id=problem.id)
        hint = f"the cycle ends before, on {problem.last_day}; were they swapped?"
        yield about.error("first_day", problem.first_day, hint)
    yield from doubled("place", (place.id for place in problem.places))
    for place in problem.places:
        about = About(kind="place", object_id=place.id)
        # Written so that a value that is not a number fails as well.
        if not -90 <= place.lat <= 90:
            hint = "degrees from -90 to 90; were latitude and longitude swapped?"
            yield about.error("lat", place.lat, hint)
        if not -180 <= place.lon <= 180:
            yield about.error("lon", place.lon, "degrees from -180 to 180")


def row_errors(problem: Problem, about: About, field: str, row: int) -> Iterator[ProblemError]:
    """A reference to a place that does not exist."""
    count = len(problem.places)
    if not 0 <= row < count:
        hint = f"rows of places are 0 to {count - 1}" if count else "the problem has no places"
        yield about.error(field, row, hint)
