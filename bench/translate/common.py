"""What all benchmarks share as problems: a Monday to start on, mandatory visits, travel alone."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from routing.problem import Grade, OpenHours, Place, Problem, UnfitTime, Visit
from routing.weights import Weights

MONDAY = date(2026, 1, 5)
WEEKDAYS = range(7)
TRANSPORT = "car"
SOURCE = "the benchmark's file"
GRADE: Final[Grade] = "A"


def day(number: int) -> date:
    """The date of day `number`, counted from 0, on consecutive days."""
    return MONDAY + timedelta(days=number)


def nowhere(count: int) -> tuple[Place, ...]:
    """Places of which only the matrix is known."""
    return tuple(Place(id=str(row), lat=0.0, lon=0.0) for row in range(count))


def begins_within(first_s: int, last_s: int) -> dict[str, Any]:
    """The fields of a customer whose visits begin within [first_s, last_s] on each day.

    A window that ends before it begins is none. One of a single second is not an opening interval:
    it is two seconds of which an unfit time takes the second one.
    """
    if last_s < first_s:
        return {"open_hours": ()}
    opens_until = max(last_s, first_s + 1)
    unfit = [
        UnfitTime(weekday=one, from_s=last_s + 1, to_s=last_s + 2)
        for one in WEEKDAYS
        if opens_until > last_s
    ]
    return {
        "open_hours": tuple(
            OpenHours(weekday=one, from_s=first_s, to_s=opens_until) for one in WEEKDAYS
        ),
        "unfit_times": tuple(unfit),
        "window_holds_for": "start",
    }


def visits_of(
    customer_id: str, count: int, *, service_s: int, dates: tuple[date, date], load: int = 0
) -> Iterable[Visit]:
    """A customer's visits, each on any day from the first to the last of `dates`."""
    for number in range(1, count + 1):
        yield Visit(
            id=f"{customer_id}-{number}",
            customer_id=customer_id,
            number=number,
            service_s=service_s,
            earliest=dates[0],
            latest=dates[1],
            ideal=dates[0],
            purpose="visit",
            load=load,
        )


def travel_alone(problem: Problem) -> Weights:
    """The objective of all benchmarks: every visit is made, and beyond that only travel counts.

    A missed visit costs more than all the travel of a plan that makes every visit from home.
    """
    longest = max(int(np.max(matrix, initial=0)) for matrix in problem.travel_s.values())
    missed = 2 * longest * len(problem.visits) + 1
    return Weights(
        missed_commitment=missed,
        missed_by_grade=((GRADE, missed),),
        off_ideal=0,
        moved_off_published_day=0,
        balance_s=0,
    )
