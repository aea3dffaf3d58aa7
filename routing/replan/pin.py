"""A person fixes the day of a visit, and the rep if need be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from routing.plan import Plan
from routing.problem import Customer, Problem, Visit
from routing.replan.edit import bent, with_customers, with_visits
from routing.replan.error import refused
from routing.replan.standing import Standing
from routing.rules.people import rep_may
from routing.rules.windows import start_windows


@dataclass(frozen=True, kw_only=True)
class Pin:
    """The visit is on this date, made by `rep_id` where one is named, or it is unserved."""

    visit_id: str
    date: date
    rep_id: str | None = None

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem with the visit fixed. Raises `ChangeRefused` for a date on which nobody
        could make it."""
        standing = Standing(problem, plan)
        visit = standing.visit(self.visit_id)
        pinned = replace(visit, pinned=self.date, pinned_rep_id=self.rep_id or visit.pinned_rep_id)
        customer = bent(standing.customer(visit), visit.number, [self.date])
        _refuse_outside_its_dates(pinned, self.date)
        _refuse_without_rep(standing, customer, pinned, self)
        _refuse_closed(customer, pinned, self.date)
        _refuse_second_visit(standing, pinned, self.date)
        company = [replace(v, pinned=self.date) for v in standing.party(visit)[1:]]
        changed = with_visits(standing.problem, [pinned, *company])
        return with_customers(changed, [customer])


@dataclass(frozen=True, kw_only=True)
class Move:
    """The visit goes from the day where it stands to another one, or to another rep."""

    visit_id: str
    date: date
    rep_id: str | None = None

    def applied(self, problem: Problem, plan: Plan) -> Problem:
        """The problem with the visit fixed on its new day. Raises `ChangeRefused`."""
        standing = Standing(problem, plan)
        visit = standing.visit(self.visit_id)
        rep_id, day = standing.where.get(visit.id, ("", None))
        if (self.rep_id or rep_id, self.date) == (rep_id, day):
            hint = "it is there already; pin it to keep it there"
            raise refused("visit", visit.id, "date", self.date, hint)
        pin = Pin(visit_id=self.visit_id, date=self.date, rep_id=self.rep_id)
        return pin.applied(problem, plan)


def _refuse_outside_its_dates(visit: Visit, day: date) -> None:
    if visit.earliest <= day <= visit.latest:
        return
    kind = visit.commitment.kind if visit.commitment else ""
    hint = {
        "appointment": f"it is agreed for {visit.earliest}; agree on another date first",
        "promise": f"it is promised for {visit.earliest} to {visit.latest}; change the promise",
    }.get(kind, f"choose a day from {visit.earliest} to {visit.latest}")
    raise refused("visit", visit.id, "date", day, hint)


def _refuse_without_rep(standing: Standing, customer: Customer, visit: Visit, pin: Pin) -> None:
    if pin.rep_id is not None:
        standing.rep(pin.rep_id)
        if not rep_may(customer, replace(visit, pinned_rep_id=None), pin.rep_id):
            own = ", ".join(sorted(customer.rep_ids)) or "nobody"
            hint = f"customer {customer.id} is visited by: {own}"
            raise refused("visit", visit.id, "rep_id", pin.rep_id, hint)
    reps = [rep for rep in standing.problem.reps if rep_may(customer, visit, rep.id)]
    working = [rep for rep in reps if standing.workday(rep, pin.date) is not None]
    if not working:
        days = sorted(day.date for rep in reps for day in rep.workdays)
        near = min(days, key=lambda day: (abs((day - pin.date).days), day), default=None)
        who = ", ".join(rep.id for rep in reps) or "nobody"
        hint = f"no working day of {who}" + (f"; the nearest is {near}" if near else "")
        raise refused("visit", visit.id, "date", pin.date, hint)
    if all((rep.id, pin.date) in standing.begun for rep in working):
        hint = "that day has begun and is not planned again; choose a later one"
        raise refused("visit", visit.id, "date", pin.date, hint)


def _refuse_closed(customer: Customer, visit: Visit, day: date) -> None:
    if customer.status != "active":
        hint = f"customer {customer.id} is not visited; confirm the customer first"
        raise refused("visit", visit.id, "status", customer.status, hint)
    if not start_windows(customer, visit, day):
        hint = f"customer {customer.id} receives no such visit on that day; choose another"
        raise refused("visit", visit.id, "date", day, hint)


def _refuse_second_visit(standing: Standing, visit: Visit, day: date) -> None:
    """A customer is visited once a day: no use where the other one cannot give way."""
    for other in standing.problem.visits:
        if other.customer_id != visit.customer_id or other.accompanies or other.id == visit.id:
            continue
        fixed = other.id in standing.frozen and standing.where[other.id][1] == day
        agreed = other.commitment is not None and other.earliest == other.latest == day
        if fixed or agreed or other.pinned == day:
            hint = f"visit {other.id} to the customer is fixed to that day; drop or move it first"
            raise refused("visit", visit.id, "date", day, hint)
