"""Where the visits of a plan in force stand, and the objects that a change names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from routing.plan import Plan
from routing.problem import Customer, Problem, PublishedStop, Rep, Visit, WorkDay
from routing.replan.error import refused

Where = tuple[str, date]  # a rep's id and a day


def in_force(problem: Problem, plan: Plan, *, begun: date | None = None) -> Problem:
    """The problem with the plan's stops as the published ones. Stops that were frozen stay so;
    those on days up to `begun`, included, are frozen from now on."""
    visits = {visit.id for visit in problem.visits}
    frozen = {stop.visit_id for stop in problem.published if stop.frozen}
    return replace(
        problem,
        published=tuple(
            PublishedStop(
                visit_id=stop.visit_id,
                rep_id=route.rep_id,
                date=route.date,
                order=order,
                frozen=stop.visit_id in frozen or (begun is not None and route.date <= begun),
            )
            for route in plan.routes
            for order, stop in enumerate(route.stops, start=1)
            if stop.visit_id in visits
        ),
    )


class Standing:
    """A problem with its plan in force, indexed. What is asked for and not there is refused."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = in_force(problem, plan)
        self.visits = {visit.id: visit for visit in problem.visits}
        self.customers = {customer.id: customer for customer in problem.customers}
        self.reps = {rep.id: rep for rep in problem.reps}
        self.where: dict[str, Where] = {
            stop.visit_id: (stop.rep_id, stop.date) for stop in self.problem.published
        }
        self.frozen = {stop.visit_id for stop in self.problem.published if stop.frozen}
        self.begun = {self.where[visit_id] for visit_id in self.frozen}

    def visit(self, visit_id: str) -> Visit:
        """A visit that may still be changed."""
        if visit_id not in self.visits:
            hint = "the plan in force has no such visit; a visit made or dropped is gone"
            raise refused("visit", visit_id, "visit_id", visit_id, hint)
        if visit_id in self.frozen:
            hint = "that day has begun and the visit stays there; change one of a later day"
            raise refused("visit", visit_id, "date", self.where[visit_id][1], hint)
        return self.visits[visit_id]

    def party(self, visit: Visit) -> tuple[Visit, ...]:
        """The visit and those that accompany it: a joint visit is changed as a whole."""
        company = tuple(v for v in self.problem.visits if v.accompanies == visit.id)
        return (visit, *company)

    def customer(self, visit: Visit) -> Customer:
        """Whom the visit is paid to."""
        return self.customers[visit.customer_id]

    def rep(self, rep_id: str, field: str = "rep_id") -> Rep:
        """A rep of the problem; `field` is where the change names it."""
        if rep_id not in self.reps:
            known = ", ".join(sorted(self.reps)) or "nobody"
            raise refused("rep", rep_id, field, rep_id, f"planned here are: {known}")
        return self.reps[rep_id]

    def workday(self, rep: Rep, day: date) -> WorkDay | None:
        """The rep's hours on a day; None: a day off."""
        return next((workday for workday in rep.workdays if workday.date == day), None)
