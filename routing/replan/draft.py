"""A plan being changed: the days as they stand, and what stands nowhere."""

from __future__ import annotations

from collections.abc import Container, Iterable

from routing.fingerprint import fingerprint
from routing.plan import DayRoute, Plan, Unserved
from routing.problem import Customer, Problem, Visit
from routing.replan.standing import Where
from routing.rules.people import rep_may


class Draft:
    """The changed problem with the routes of the plan in force as far as they still hold."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.visits = {visit.id: visit for visit in problem.visits}
        self.customers = {customer.id: customer for customer in problem.customers}
        self.workdays = {(rep.id, day.date): day for rep in problem.reps for day in rep.workdays}
        self.begun = {(s.rep_id, s.date) for s in problem.published if s.frozen}
        self.routes: dict[Where, DayRoute] = {}
        self.where: dict[str, Where] = {}
        self.unserved = {u.visit_id: u for u in plan.unserved if u.visit_id in self.visits}
        self.put(plan.routes, ())

    def may_be(self, visit: Visit, where: Where) -> bool:
        """Whether rep, calendar and dates let the visit be there; hours and gaps are not asked."""
        rep_id, day = where
        customer = self.customers[visit.customer_id]
        return (
            where in self.workdays
            and customer.status == "active"
            and rep_may(customer, visit, rep_id)
            and visit.earliest <= day <= visit.latest
            and visit.pinned in (None, day)
        )

    def customer(self, visit_id: str) -> Customer:
        """Whom a visit is paid to."""
        return self.customers[self.visits[visit_id].customer_id]

    def clear(self, days: Iterable[Where]) -> None:
        """Take days out, with whatever stands on them."""
        for where in days:
            route = self.routes.pop(where, None)
            for stop in route.stops if route else ():
                self.where.pop(stop.visit_id, None)

    def evict(self, visits: Iterable[str]) -> None:
        """Visits that can no longer be where they stand are nowhere; their days are planned again
        or cleared."""
        for visit_id in visits:
            self.where.pop(visit_id, None)

    def put(self, routes: Iterable[DayRoute], unserved: Iterable[Unserved]) -> None:
        """Days as they are now, and the visits that found no place."""
        for route in routes:
            where = (route.rep_id, route.date)
            self.clear([where])
            self.routes[where] = route
            for stop in route.stops:
                self.where[stop.visit_id] = where
                self.unserved.pop(stop.visit_id, None)
        for missed in unserved:
            self.unserved[missed.visit_id] = missed

    def standing_on(self, days: Container[Where]) -> list[str]:
        """The visits that stand on some days, in the order of the problem."""
        return [v.id for v in self.problem.visits if self.where.get(v.id) in days]

    def plan(self, *, seed: int, work: int) -> Plan:
        """The plan that answers the changed problem, days in order of date and rep."""
        order = {visit.id: place for place, visit in enumerate(self.problem.visits)}
        return Plan(
            problem_id=self.problem.id,
            fingerprint=fingerprint(self.problem),
            seed=seed,
            work=work,
            routes=self.routes_on(self.routes),
            unserved=tuple(sorted(self.unserved.values(), key=lambda u: order[u.visit_id])),
            travel_source=self.problem.travel_source,
        )

    def routes_on(self, days: Container[Where]) -> tuple[DayRoute, ...]:
        """The routes of some days, in order of date and rep."""
        routes = (route for where, route in self.routes.items() if where in days)
        return tuple(sorted(routes, key=lambda route: (route.date, route.rep_id)))
