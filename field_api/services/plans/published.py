"""The plans in force, read back with the customers they visit."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlmodel import Session, col

from crm.models import Customer, CyclePlan, Rep
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.store.imports.known import chunks
from crm.store.plans import plans
from field_api.services.planning.kept import pair_of
from routing.plan import Plan
from routing.problem import Customer as PlannedCustomer
from routing.problem import Problem, Visit


@dataclass(frozen=True, kw_only=True)
class Published:
    """A rep's plan in force. `cards` are the customers as they stand now, by code."""

    rep: Rep
    row: CyclePlan
    problem: Problem
    plan: Plan
    cards: dict[str, Customer]

    @property
    def figures(self) -> dict[str, Any]:
        """The plan's figures as kept."""
        return self.row.figures

    @cached_property
    def customers(self) -> dict[str, PlannedCustomer]:
        """The customers as the planner saw them, by code."""
        return {customer.id: customer for customer in self.problem.customers}

    @cached_property
    def visits(self) -> dict[str, Visit]:
        """The visits due, by id."""
        return {visit.id: visit for visit in self.problem.visits}


def plans_in_force(session: Session, asker: Asker, on: date) -> list[Published]:
    """The plans in force on a day that the asker may see, in order of the rep's code. Raises
    `PlanUnreadable`."""
    return [read_back(session, asker, *found) for found in plans.in_force(session, asker, on)]


def read_back(session: Session, asker: Asker, rep: Rep, row: CyclePlan) -> Published:
    """A kept plan with its problem and the customers that the asker may see. Raises
    `PlanUnreadable`."""
    problem, plan = pair_of(row)
    cards: dict[str, Customer] = {}
    for codes in chunks([customer.id for customer in problem.customers]):
        query = customers.visible_to(asker).where(col(Customer.code).in_(codes))
        cards |= {card.code: card for card in session.exec(query)}
    return Published(rep=rep, row=row, problem=problem, plan=plan, cards=cards)
