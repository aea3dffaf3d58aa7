"""What every rule looks up: the plan's stops joined to the problem's visits, and the legs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from routing.plan import DayRoute, Plan, Stop
from routing.problem import Customer, Matrix, Problem, Rep, Visit, WorkDay


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A stop whose visit and customer the problem knows."""

    stop: Stop
    route: DayRoute
    visit: Visit
    customer: Customer

    @property
    def date(self) -> date:
        """The day the visit stands on."""
        return self.route.date


@dataclass(frozen=True, kw_only=True)
class Leg:
    """One drive of a day: free to go at `free_s`, there at `arrive_s`, busy again at `busy_s`
    (the visit's beginning; on the way back the arrival itself). `real_s` and `real_m` are the
    matrix's numbers, None where an end of the leg is not known; `real_s` is of an ordinary hour."""

    to: str
    visit_id: str | None
    free_s: int
    arrive_s: int
    busy_s: int
    given_s: int
    given_m: int
    real_s: int | None
    real_m: int | None


class Facts:
    """The problem and the plan, indexed. Unknown ids are left out here: a rule of their own
    reports them, and no other rule stumbles over them."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        """Index both; nothing is judged yet."""
        self.problem, self.plan = problem, plan
        self.customers = {customer.id: customer for customer in problem.customers}
        self.visits = {visit.id: visit for visit in problem.visits}
        self.reps = {rep.id: rep for rep in problem.reps}
        self.workdays: dict[tuple[str, date], WorkDay] = {
            (rep.id, day.date): day for rep in problem.reps for day in rep.workdays
        }

    @cached_property
    def planned(self) -> tuple[Planned, ...]:
        """Every stop with a known visit, in the plan's order."""
        return tuple(
            Planned(stop=stop, route=route, visit=visit, customer=self.customers[visit.customer_id])
            for route in self.plan.routes
            for stop in route.stops
            if (visit := self.visits.get(stop.visit_id)) and visit.customer_id in self.customers
        )

    @cached_property
    def mentions(self) -> Counter[str]:
        """How often each visit id stands in the plan, on a day or unserved."""
        on_days = (stop.visit_id for route in self.plan.routes for stop in route.stops)
        unserved = (item.visit_id for item in self.plan.unserved)
        return Counter([*on_days, *unserved])

    @cached_property
    def once_by_customer(self) -> dict[str, list[Planned]]:
        """Stops of visits that stand in the plan once, by customer, in order of number. A visit
        that accompanies another is no visit of its own and left out."""
        groups: dict[str, list[Planned]] = defaultdict(list)
        for planned in sorted(self.planned, key=lambda item: item.visit.number):
            if self.mentions[planned.visit.id] == 1 and planned.visit.accompanies is None:
                groups[planned.customer.id].append(planned)
        return dict(groups)

    def routes(self) -> Iterator[tuple[DayRoute, Rep, WorkDay]]:
        """The routes of known reps on days they work."""
        for route in self.plan.routes:
            rep = self.reps.get(route.rep_id)
            day = self.workdays.get((route.rep_id, route.date))
            if rep is not None and day is not None:
                yield route, rep, day

    def legs(self, route: DayRoute, rep: Rep, day: WorkDay) -> list[Leg]:
        """The drives of a day in order, the way back last."""
        legs = []
        here: int | None = day.start
        free_s = route.leave_s
        for stop in route.stops:
            there = self._place_of(stop.visit_id)
            legs.append(
                Leg(
                    to=stop.visit_id,
                    visit_id=stop.visit_id,
                    free_s=free_s,
                    arrive_s=stop.arrive_s,
                    busy_s=stop.begin_s,
                    given_s=stop.travel_s,
                    given_m=stop.travel_m,
                    real_s=self._cell(self.problem.travel_s, rep, here, there),
                    real_m=self._cell(self.problem.travel_m, rep, here, there),
                )
            )
            here, free_s = there, stop.end_s
        legs.append(
            Leg(
                to="end",
                visit_id=None,
                free_s=free_s,
                arrive_s=route.return_s,
                busy_s=route.return_s,
                given_s=route.travel_back_s,
                given_m=route.travel_back_m,
                real_s=self._cell(self.problem.travel_s, rep, here, day.end),
                real_m=self._cell(self.problem.travel_m, rep, here, day.end),
            )
        )
        return legs

    def _place_of(self, visit_id: str) -> int | None:
        visit = self.visits.get(visit_id)
        customer = self.customers.get(visit.customer_id) if visit else None
        return customer.place if customer else None

    @staticmethod
    def _cell(
        matrices: dict[str, Matrix], rep: Rep, here: int | None, there: int | None
    ) -> int | None:
        if here is None or there is None:
            return None
        return int(matrices[rep.transport][here, there])
