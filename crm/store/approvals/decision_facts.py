"""What there is to weigh about an approval that the asker was let see."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.models import (
    Appointment,
    Customer,
    CyclePlan,
    PlannedVisit,
    Promise,
    Rep,
    Sale,
    Territory,
    VisitReport,
)
from crm.rules.access import Asker
from crm.store.reports import reports
from crm.vocabulary import PlanState, PromiseState


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What a customer is owed: open promises, and from a day on appointments and visits in plans
    that are in force."""

    promises: int
    appointments: int
    planned: int


def customer_named(session: Session, code: str) -> Customer | None:
    """The customer that an approval is about; None for one that is gone."""
    return session.exec(select(Customer).where(Customer.code == code)).one_or_none()


def owed_to(session: Session, customer: Customer, *, since: date) -> Owed:
    """What a customer is owed."""
    promises = select(func.count()).where(
        Promise.customer_id == customer.id, Promise.state == PromiseState.OPEN
    )
    appointments = select(func.count()).where(
        Appointment.customer_id == customer.id,
        Appointment.date >= since,
        col(Appointment.cancelled).is_(False),
    )
    planned = (
        select(func.count())
        .select_from(PlannedVisit)
        .join(CyclePlan)
        .where(
            PlannedVisit.customer_id == customer.id,
            PlannedVisit.date >= since,
            CyclePlan.state == PlanState.PUBLISHED,
        )
    )
    return Owed(
        promises=session.exec(promises).one(),
        appointments=session.exec(appointments).one(),
        planned=session.exec(planned).one(),
    )


def sales_cents(session: Session, customer: Customer, *, since: date) -> int:
    """What a customer has bought since a day, in hundredths of the currency."""
    total = func.coalesce(func.sum(col(Sale.amount_cents)), 0)
    query = select(total).where(Sale.customer_id == customer.id, Sale.date >= since)
    return int(session.exec(query).one())


def territory_name(session: Session, customer: Customer) -> str:
    """The name of the territory that a customer lies in; empty: none."""
    query = select(Territory.name).where(Territory.id == customer.territory_id)
    return session.exec(query).one_or_none() or ""


def plan_figures(session: Session, plan_id: int) -> dict[str, Any]:
    """The figures of a plan; empty for one that is gone."""
    query = select(CyclePlan.figures).where(CyclePlan.id == plan_id)
    return dict(session.exec(query).one_or_none() or {})


def rep_names(session: Session, numbers: set[int]) -> dict[int, str]:
    """Reps' names by number."""
    query = select(Rep.id, Rep.name).where(col(Rep.id).in_(numbers))
    return {number: name for number, name in session.exec(query) if number is not None}


def report_behind(session: Session, asker: Asker, customer: Customer) -> UUID | None:
    """The last report on a customer that the asker may see."""
    query = (
        reports.visible_to(asker)
        .where(VisitReport.customer_id == customer.id)
        .order_by(col(VisitReport.received_at).desc(), col(VisitReport.id))
        .limit(1)
    )
    found = session.exec(query).first()
    return found.id if found is not None else None
