"""What a manager sees of a customer beyond the file: visits to come and made, promises,
appointments, and what waits for a decision. The customer is one that the asker was let see."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from crm.models import (
    Appointment,
    Approval,
    Customer,
    CyclePlan,
    PlannedVisit,
    Promise,
    Rep,
    Visit,
    VisitReport,
)
from crm.store.customers import due_days
from crm.vocabulary import ApprovalState, PlanState, Purpose, VisitOutcome


@dataclass(frozen=True, kw_only=True)
class VisitAhead:
    """A visit that a plan in force holds; `begin_s` is seconds after local midnight."""

    date: date
    begin_s: int
    purpose: Purpose | None  # None: one that is not of the vocabulary
    rep_code: str
    rep_name: str


@dataclass(frozen=True, kw_only=True)
class VisitMade:
    """A visit as the records or a report have it; without an outcome only the records do."""

    date: date
    rep_code: str
    rep_name: str
    report_id: UUID | None
    outcome: VisitOutcome | None
    first_line: str


def ahead(session: Session, customer: Customer, today: date, *, most: int) -> list[VisitAhead]:
    """The next visits of the plans in force."""
    columns: Any = (
        PlannedVisit.date,
        PlannedVisit.begin_s,
        PlannedVisit.purpose,
        Rep.code,
        Rep.name,
    )
    query: Any = (
        select(*columns)
        .join(CyclePlan, col(CyclePlan.id) == PlannedVisit.plan_id)
        .join(Rep, col(Rep.id) == CyclePlan.rep_id)
        .where(
            PlannedVisit.customer_id == customer.id,
            col(PlannedVisit.date) >= today,
            CyclePlan.state == PlanState.PUBLISHED,
            col(PlannedVisit.date) <= CyclePlan.last_day,
        )
        .order_by(col(PlannedVisit.date), col(PlannedVisit.begin_s))
        .limit(most)
    )
    return [
        VisitAhead(
            date=day,
            begin_s=begin_s,
            purpose=Purpose(purpose) if purpose in tuple(Purpose) else None,
            rep_code=code,
            rep_name=name,
        )
        for day, begin_s, purpose, code, name in session.execute(query)
    ]


def made(session: Session, customer: Customer, *, most: int) -> list[VisitMade]:
    """The last visits, and the last reports of visits that came to nothing, the newest first."""
    reported: Any = select(VisitReport, Rep.code, Rep.name).join(
        Rep, col(Rep.id) == VisitReport.rep_id
    )
    reported = reported.where(VisitReport.customer_id == customer.id)
    reported = reported.order_by(col(VisitReport.visited_on).desc(), col(VisitReport.received_at))
    columns: Any = (Visit.date, Rep.code, Rep.name)
    recorded: Any = (
        select(*columns)
        .join(Rep, col(Rep.id) == Visit.rep_id, isouter=True)
        .where(Visit.customer_id == customer.id, col(Visit.report_id).is_(None))
        .order_by(col(Visit.date).desc(), col(Visit.id).desc())
    )
    found = [
        VisitMade(
            date=report.visited_on,
            rep_code=code,
            rep_name=name,
            report_id=report.id,
            outcome=report.outcome,
            first_line=report.first_line,
        )
        for report, code, name in session.execute(reported.limit(most))
    ]
    told = {(visit.date, visit.rep_code) for visit in found}
    found += [
        VisitMade(
            date=day,
            rep_code=code or "",
            rep_name=name or "",
            report_id=None,
            outcome=None,
            first_line="",
        )
        for day, code, name in session.execute(recorded.limit(most))
        if (day, code) not in told
    ]
    return sorted(found, key=lambda visit: visit.date, reverse=True)[:most]


def due_on(session: Session, customer: Customer) -> date | None:
    """The day one interval after the last visit; None: never visited."""
    query: Any = select(due_days.due_on()).where(Customer.id == customer.id)
    found: date | None = session.execute(query.select_from(Customer)).scalar_one()
    return found


def promises(session: Session, customer: Customer, *, most: int) -> list[Promise]:
    """The promises to the customer, open ones first, by their due day."""
    query = select(Promise).where(Promise.customer_id == customer.id)
    order = (col(Promise.closed_at).is_not(None), col(Promise.due), col(Promise.id))
    return list(session.exec(query.order_by(*order).limit(most)))


def appointments(
    session: Session, customer: Customer, today: date, *, most: int
) -> list[Appointment]:
    """The appointments to come that are not called off."""
    query = select(Appointment).where(
        Appointment.customer_id == customer.id,
        col(Appointment.date) >= today,
        col(Appointment.cancelled).is_(False),
    )
    return list(session.exec(query.order_by(col(Appointment.date)).limit(most)))


def waiting(session: Session, customer: Customer) -> list[Approval]:
    """What was asked for about the customer and is not decided yet."""
    subject = col(Approval.subject)
    about = or_(subject == customer.code, subject.startswith(f"{customer.code}/", autoescape=True))
    query = select(Approval).where(about, Approval.state == ApprovalState.OPEN)
    return list(session.exec(query.order_by(col(Approval.asked_at))))
