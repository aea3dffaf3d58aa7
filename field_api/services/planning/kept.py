"""A kept plan read back with the problem it answers."""

from typing import Any, Protocol

from crm.errors import Refused
from crm.text import N_
from field_api.errors import CODES
from routing.document import DocumentError, from_document
from routing.plan import Plan
from routing.problem import Problem


class PlanUnreadable(Refused):
    """A kept plan whose document does not say what the plan was made from."""


CODES |= {PlanUnreadable: (409, "plan_unreadable")}


class Kept(Protocol):
    """A plan's row."""

    id: int | None
    document: dict[str, Any]


def pair_of(row: Kept) -> tuple[Problem, Plan]:
    """The problem and the plan of a row. Raises `PlanUnreadable` where the document is none, or
    its plan speaks of visits, customers or days that its problem does not hold."""
    try:
        ((problem, plan),) = from_document(row.document)
    except (DocumentError, ValueError):
        raise _unreadable(row) from None
    if not _belong_together(problem, plan):
        raise _unreadable(row)
    return problem, plan


def _belong_together(problem: Problem, plan: Plan) -> bool:
    rows = range(len(problem.places))
    workdays = {day.date: day for rep in problem.reps for day in rep.workdays}
    customers = {customer.id for customer in problem.customers}
    visits = {visit.id for visit in problem.visits}
    placed = [stop for route in plan.routes for stop in route.stops]
    return (
        len(problem.reps) == 1
        and all(customer.place in rows for customer in problem.customers)
        and all(day.start in rows and day.end in rows for day in workdays.values())
        and all(route.date in workdays for route in plan.routes)
        and all(visit.customer_id in customers for visit in problem.visits)
        and all(s.visit_id in visits and s.customer_id in customers for s in placed)
        and all(u.visit_id in visits and u.customer_id in customers for u in plan.unserved)
    )


def _unreadable(row: Kept) -> PlanUnreadable:
    text = N_("What plan {id} was made from cannot be read any more; it has to be planned again.")
    return PlanUnreadable(text, id=row.id)
