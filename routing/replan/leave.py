"""A rep leaves: from a day on the customers are others'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from routing.plan import Plan
from routing.problem import Customer, Problem, Visit
from routing.replan.edit import with_customers, with_rep, with_visits
from routing.replan.error import refused
from routing.replan.standing import Standing
from routing.replan.succession import nearest_with_room


@dataclass(frozen=True, kw_only=True)
class RepLeaves:
    """The rep's last working day is the one before `first_day`.

    `heirs` names who gets which customer, as pairs of a customer's and a rep's id. Customers whom
    nobody else may visit and who are not named go to the nearest rep with room.
    """

    rep_id: str
    first_day: date
    heirs: tuple[tuple[str, str], ...] = ()

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem with the customers given on. Raises `ChangeRefused`."""
        standing = Standing(problem, plan)
        rep = standing.rep(self.rep_id)
        named = self._named(standing)
        if any(day >= self.first_day for rep_id, day in standing.begun if rep_id == rep.id):
            hint = "that day has begun; let the rep leave on a later one"
            raise refused("rep", rep.id, "first_day", self.first_day, hint)
        works = tuple(day for day in rep.workdays if day.date < self.first_day)
        if works == rep.workdays:
            hint = "the rep has no working day from then on; is the day in this cycle?"
            raise refused("rep", rep.id, "first_day", self.first_day, hint)
        own = [c for c in standing.problem.customers if rep.id in c.rep_ids]
        orphans = [c for c in own if c.rep_ids == {rep.id} and c.id not in named]
        heirs = named | nearest_with_room(standing, plan, orphans, rep, self.first_day)
        customers = [self._given(c, heirs.get(c.id), bool(works)) for c in own]
        left = with_rep(standing.problem, replace(rep, workdays=works))
        visits = [self._freed(standing, visit, heirs) for visit in left.visits]
        return with_customers(with_visits(left, visits), customers)

    def _named(self, standing: Standing) -> dict[str, str]:
        for customer_id, heir in self.heirs:
            customer = standing.customers.get(customer_id)
            if customer is None or self.rep_id not in customer.rep_ids:
                hint = f"it is no customer of rep {self.rep_id}; leave it out"
                raise refused("customer", customer_id, "heirs", customer_id, hint)
            if standing.rep(heir, "heirs").id == self.rep_id:
                hint = "the rep who leaves inherits nothing; name a colleague"
                raise refused("customer", customer_id, "heirs", heir, hint)
        return dict(self.heirs)

    def _given(self, customer: Customer, heir: str | None, still_there: bool) -> Customer:
        others = customer.rep_ids - (set() if still_there else {self.rep_id})
        owner = heir or (None if customer.owner_id == self.rep_id else customer.owner_id)
        return replace(customer, rep_ids=others | ({heir} if heir else set()), owner_id=owner)

    def _freed(self, standing: Standing, visit: Visit, heirs: Mapping[str, str]) -> Visit:
        """The visit fixed to the rep no more where that cannot be kept."""
        _, day = standing.where.get(visit.id, ("", None))
        if visit.pinned_rep_id != self.rep_id or visit.accompanies is not None:
            return visit
        if day is not None and day < self.first_day:
            return visit
        return replace(visit, pinned_rep_id=heirs.get(visit.customer_id))
