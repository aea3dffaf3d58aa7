"""Nonsense is refused before any search: what no plan could interpret, named with a hint.

A visit that merely cannot be placed is no nonsense; the planner reports it as unserved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from routing.problem import Problem
from routing.validation.calendar import calendars_are_sound
from routing.validation.customers import customers_are_sound
from routing.validation.error import InvalidProblem, ProblemError
from routing.validation.joint import joint_visits_are_sound
from routing.validation.matrices import matrices_are_sound
from routing.validation.numbers import numbers_are_whole
from routing.validation.places import places_are_sound
from routing.validation.published import published_stops_are_sound
from routing.validation.reps import reps_are_sound
from routing.validation.visits import visits_are_sound

__all__ = ["InvalidProblem", "ProblemError", "require_valid", "validate"]

CHECKS: tuple[Callable[[Problem], Iterator[ProblemError]], ...] = (
    places_are_sound,
    matrices_are_sound,
    reps_are_sound,
    customers_are_sound,
    calendars_are_sound,
    visits_are_sound,
    joint_visits_are_sound,
    published_stops_are_sound,
)


def validate(problem: Problem) -> tuple[ProblemError, ...]:
    """Every contradiction in the problem, in the order of its parts; empty when it is sound.

    What is no whole number at all is told alone: nothing can be said about such numbers.
    """
    broken = tuple(numbers_are_whole(problem))
    return broken or tuple(error for check in CHECKS for error in check(problem))


def require_valid(problem: Problem) -> None:
    """Raise `InvalidProblem` with all errors unless the problem is sound."""
    errors = validate(problem)
    if errors:
        raise InvalidProblem(errors)
