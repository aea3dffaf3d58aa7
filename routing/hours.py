"""Hours before routes: what the due visits need against what the reps have, before any search."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.problem import NO_WAY, Matrix, Problem, Rep, WorkDay


@dataclass(frozen=True, kw_only=True)
class HoursNeeded:
    """Seconds for one rep's cycle: visits and the travel to them by grade, the way from and to
    home apart, against the working hours less lunches."""

    rep_id: str
    visits: dict[str, int]  # by grade
    needed_s: dict[str, int]  # by grade
    home_s: int
    available_s: int

    @property
    def total_s(self) -> int:
        """All that is needed, seconds."""
        return sum(self.needed_s.values()) + self.home_s

    @property
    def short_s(self) -> int:
        """Seconds missing; 0 where the hours hold."""
        return max(0, self.total_s - self.available_s)


def hours_needed(problem: Problem, rep: Rep) -> HoursNeeded:
    """The reckoning for the customers that only this rep may visit.

    The travel is an estimate made before anything is planned. Of the places due in a cycle of d
    working days each day sees about one in d, so the next stop of the day is reckoned as far as
    the d-th nearest place; the way home as that to the nearest place, both ways each day.
    """
    customers = {c.id: c for c in problem.customers if c.rep_ids == {rep.id}}
    visits = [visit for visit in problem.visits if visit.customer_id in customers]
    matrix = problem.travel_s[rep.transport]
    places = sorted({customers[visit.customer_id].place for visit in visits})
    legs_s = nth_nearest_s(matrix[np.ix_(places, places)], len(rep.workdays)).tolist()
    leg_s = dict(zip(places, legs_s, strict=True))
    count: Counter[str] = Counter()
    needed: Counter[str] = Counter()
    for visit in visits:
        customer = customers[visit.customer_id]
        count[customer.grade] += 1
        needed[customer.grade] += visit.service_s + leg_s[customer.place]
    home_s = sum(
        min(
            (way_s for place in places if (way_s := _way_s(matrix, day, place)) < NO_WAY), default=0
        )
        for day in rep.workdays
    )
    lunches_s = sum(day.lunch.duration_s for day in rep.workdays if day.lunch)
    return HoursNeeded(
        rep_id=rep.id,
        visits=dict(sorted(count.items())),
        needed_s=dict(sorted(needed.items())),
        home_s=home_s,
        available_s=sum(day.end_s - day.begin_s for day in rep.workdays) - lunches_s,
    )


def nth_nearest_s(travel_s: Matrix, days: int) -> npt.NDArray[np.int64]:
    """Seconds from each place to the one that is the `days`-th nearest, or to the farthest where
    there are fewer that a way leads to; 0 where there is none. Shape (n,) for travel of shape
    (n, n)."""
    n = len(travel_s)
    if n < 2:
        return np.zeros(n, dtype=np.int64)
    others = travel_s.copy()
    np.fill_diagonal(others, -1)  # comes first, so that the nth stays the nth
    nth = min(max(days, 1), n - 1)
    found = np.partition(others, nth, axis=1)[:, nth]
    farthest = np.where(travel_s < NO_WAY, travel_s, 0).max(axis=1)
    return np.where(found < NO_WAY, found, farthest).astype(np.int64)


def _way_s(matrix: Matrix, day: WorkDay, place: int) -> int:
    """There and back."""
    return int(matrix[day.start, place] + matrix[place, day.end])
