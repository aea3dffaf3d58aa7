"""Hours before routes: what the due visits need against what the reps have, before any search."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from routing.problem import Problem, Rep


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
    leg_s: dict[int, int] = {}
    for place in places:
        others = sorted(int(matrix[place, other]) for other in places if other != place)
        nth = min(len(rep.workdays), len(others)) - 1
        leg_s[place] = others[nth] if others else 0
    count: Counter[str] = Counter()
    needed: Counter[str] = Counter()
    for visit in visits:
        customer = customers[visit.customer_id]
        count[customer.grade] += 1
        needed[customer.grade] += visit.service_s + leg_s[customer.place]
    home_s = sum(
        min((int(matrix[day.start, place] + matrix[place, day.end]) for place in places), default=0)
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
