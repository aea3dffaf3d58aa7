"""A rep falls ill: neighbours take over the visits of these days, or they are put off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from routing.plan import Plan
from routing.problem import Customer, Problem, Visit
from routing.replan.behind import left_behind
from routing.replan.edit import with_customers, with_rep, with_visits
from routing.replan.error import refused
from routing.replan.late import refuse_not_made
from routing.replan.standing import Standing


@dataclass(frozen=True, kw_only=True)
class RepIll:
    """The rep does not work from `first_day` to `last_day`, both included.

    The customers to be visited on these days may be visited by `stand_ins`, too; all their other
    visits stay with the rep who has them. Without stand-ins the visits go to other days. With
    visits already `done` on the first day, the days before it are left behind.
    """

    rep_id: str
    first_day: date
    last_day: date
    stand_ins: tuple[str, ...] = ()
    done: tuple[str, ...] = ()

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem without these working days. Raises `ChangeRefused`."""
        standing = Standing(problem, plan)
        self._refuse_nonsense(standing)
        if self.done:
            refuse_not_made(standing, self.rep_id, self.first_day, self.done)
            standing = Standing(left_behind(standing, self.first_day, self.done), plan)
        begun = [day for rep_id, day in standing.begun if rep_id == self.rep_id and self._off(day)]
        if begun:
            hint = "that day has begun; begin with the next, or name the visits done"
            raise refused("rep", self.rep_id, "first_day", min(begun), hint)
        rep = standing.rep(self.rep_id)
        works = tuple(day for day in rep.workdays if not self._off(day.date))
        away = with_rep(standing.problem, replace(rep, workdays=works))
        customers = self._taken_over(standing)
        visits = [self._reassigned(standing, visit, customers) for visit in away.visits]
        return with_customers(with_visits(away, visits), customers.values())

    def _off(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def _refuse_nonsense(self, standing: Standing) -> None:
        rep = standing.rep(self.rep_id)
        if self.first_day > self.last_day:
            hint = f"it is after last_day, {self.last_day}; were they swapped?"
            raise refused("rep", rep.id, "first_day", self.first_day, hint)
        if not any(self._off(day.date) for day in rep.workdays):
            hint = f"rep {rep.id} does not work from {self.first_day} to {self.last_day} anyway"
            raise refused("rep", rep.id, "first_day", self.first_day, hint)
        for stand_in in self.stand_ins:
            standing.rep(stand_in, "stand_ins")
            if stand_in == rep.id:
                hint = "nobody stands in for themselves; name colleagues"
                raise refused("rep", rep.id, "stand_ins", stand_in, hint)

    def _taken_over(self, standing: Standing) -> dict[str, Customer]:
        """The customers with a visit of the rep's on these days, as stand-ins find them."""
        if not self.stand_ins:
            return {}
        named = {
            standing.visits[visit_id].customer_id
            for visit_id, (rep_id, day) in standing.where.items()
            if rep_id == self.rep_id and self._off(day)
        }
        return {
            customer.id: replace(
                customer,
                rep_ids=customer.rep_ids | set(self.stand_ins),
                owner_id=customer.owner_id or self.rep_id,
            )
            for customer in standing.problem.customers
            if customer.id in named
        }

    def _reassigned(
        self, standing: Standing, visit: Visit, taken_over: dict[str, Customer]
    ) -> Visit:
        """The visit as it may be made now: fixed to the rep no more where that cannot be kept,
        and to whoever has it where it does not fall on these days."""
        if visit.accompanies is not None:
            return visit
        rep_id, day = standing.where.get(visit.id, (None, None))
        if rep_id != self.rep_id or day is None or not self._off(day):
            if visit.customer_id in taken_over and rep_id is not None:
                return replace(visit, pinned_rep_id=rep_id)
            return visit
        pinned_rep_id = None if visit.pinned_rep_id == self.rep_id else visit.pinned_rep_id
        customer = taken_over.get(visit.customer_id, standing.customer(visit))
        others = [standing.rep(rep_id) for rep_id in sorted(customer.rep_ids - {self.rep_id})]
        kept = visit.pinned is not None and any(
            standing.workday(rep, visit.pinned) is not None for rep in others
        )
        if not self.stand_ins and customer.rep_ids == {self.rep_id}:
            pinned_rep_id = visit.pinned_rep_id
        return replace(visit, pinned=visit.pinned if kept else None, pinned_rep_id=pinned_rep_id)
