"""One visit more, at a customer who is planned already or at a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from routing.plan import Plan
from routing.problem import Customer, Problem, Visit
from routing.replan.edit import lengthened, with_customers
from routing.replan.error import ChangeRefused, refused
from routing.replan.standing import Standing
from routing.validate import validate


@dataclass(frozen=True, kw_only=True)
class Add:
    """The visit takes its number by its due date among the customer's; the number given does not
    count. A new customer comes with its place: a row of the matrices (see `with_place`)."""

    visit: Visit
    customer: Customer | None = None

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem with the visit. Raises `ChangeRefused`, also for a visit that contradicts
        itself."""
        standing = Standing(problem, plan)
        new, customer = self.visit, self._customer(standing)
        if new.id in standing.visits:
            hint = "the problem has a visit of that name; give the new one its own"
            raise refused("visit", new.id, "id", new.id, hint)
        own = [v for v in standing.problem.visits if v.customer_id == customer.id]
        number = 1 + sum(self._before(standing, v) for v in own if v.accompanies is None)
        if new.accompanies is None:
            new = replace(new, number=number)
            customer = lengthened(customer, number, sorted(self._days(standing, customer)))
        changed = with_customers(standing.problem, [customer])
        if self.customer is not None:
            changed = replace(changed, customers=(*changed.customers, customer))
        later = {v.id for v in own if v.number >= number and v.accompanies is None}
        moved_up = {*later} if new.accompanies is None else set()
        changed = replace(
            changed,
            visits=(
                *(replace(v, number=v.number + (v.id in moved_up)) for v in changed.visits),
                new,
            ),
        )
        for error in validate(changed):
            raise ChangeRefused(error)
        return changed

    def _customer(self, standing: Standing) -> Customer:
        visit, given = self.visit, self.customer
        if given is None:
            if visit.customer_id not in standing.customers:
                hint = "the problem has no such customer; add the visit with its customer"
                raise refused("visit", visit.id, "customer_id", visit.customer_id, hint)
            given = standing.customers[visit.customer_id]
        elif given.id in standing.customers:
            hint = "the problem has that customer; add the visit alone"
            raise refused("visit", visit.id, "customer", given.id, hint)
        if given.status != "active":
            hint = "only active customers are visited; confirm the customer first"
            raise refused("customer", given.id, "status", given.status, hint)
        return given

    def _before(self, standing: Standing, other: Visit) -> bool:
        day = self.visit.pinned or self.visit.ideal
        return standing.where.get(other.id, ("", other.pinned or other.ideal))[1] < day

    def _days(self, standing: Standing, customer: Customer) -> set[date]:
        visit = self.visit
        return {
            day.date
            for rep in standing.problem.reps
            if rep.id in customer.rep_ids
            for day in rep.workdays
            if visit.earliest <= day.date <= visit.latest and visit.pinned in (None, day.date)
        }
