"""Which visits of a cycle the plan in force has judged, changes of single days seen through."""

from dataclasses import replace

from sqlmodel import Session

from crm.models import CyclePlan
from field_api.services.planning.kept import pair_of
from routing.plan import Plan
from routing.problem import Problem


def as_judged(session: Session, row: CyclePlan) -> tuple[Problem, Plan]:
    """The problem that the last whole plan answered, with its visits as they stand now, and the
    plan in force. A day's change knows of nothing before its moment: what was missed before it is
    found in the plan that it changed. Raises `PlanUnreadable`."""
    problem, plan = pair_of(row)
    whole = problem
    while row.changes_plan_id is not None:
        row = session.get_one(CyclePlan, row.changes_plan_id)
        before, _ = pair_of(row)
        whole = _on_top(before, whole)
    return whole, plan


def _on_top(before: Problem, now: Problem) -> Problem:
    """An earlier problem with the visits and customers of a later one in the place of its own;
    numbers stay those of the earlier one, in which no visit is missing."""
    visits = {visit.id: visit for visit in before.visits}
    for visit in now.visits:
        known = visits.get(visit.id)
        visits[visit.id] = visit if known is None else replace(visit, number=known.number)
    customers = {customer.id: customer for customer in (*before.customers, *now.customers)}
    return replace(before, visits=tuple(visits.values()), customers=tuple(customers.values()))
