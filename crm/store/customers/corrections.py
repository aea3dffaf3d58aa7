"""What the field asks for about customers: corrections of their cards, kept under the phones' own
ids, and what follows when one is visited no more."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from crm.models import Appointment, Approval, Customer, CustomerCorrection, Promise, Rep, Territory
from crm.rules.organisation import Place
from crm.rules.reports import day_of
from crm.store.house import audit
from crm.vocabulary import CustomerStatus, PromiseState


def with_id(session: Session, correction_id: UUID) -> CustomerCorrection | None:
    """The correction with this id, whoever sent it: to recognise a repetition."""
    return session.get(CustomerCorrection, correction_id)


def place_of(session: Session, customer: Customer) -> Place:
    """Whose a customer is: the rep's and the district's; of no territory, the company's."""
    territory = session.get(Territory, customer.territory_id) if customer.territory_id else None
    if territory is None:
        return Place()
    return Place(rep_id=territory.rep_id, district_id=territory.district_id)


def about(session: Session, approval: Approval, *, to_change: bool = False) -> Customer:
    """The customer that an approval is about, which the asker was let see."""
    query = select(Customer).where(Customer.code == approval.payload["customer"])
    return session.exec(query.with_for_update() if to_change else query).one()


def leave_alone(
    session: Session, customer: Customer, status: CustomerStatus, *, reason: str, now: datetime
) -> tuple[int, int]:
    """Take a customer out of all routes, struck out or blacklisted: appointments from today on are
    called off, open promises withdrawn with the reason. Answers how many of each."""
    customer.status = status
    today = day_of(now, _zone_of(session, customer))
    appointments = session.exec(
        select(Appointment).where(
            Appointment.customer_id == customer.id,
            Appointment.date >= today,
            col(Appointment.cancelled).is_(False),
        )
    ).all()
    for appointment in appointments:
        appointment.cancelled = True
        audit.record(session, "call_off", noun="appointment", key=appointment.code, reason=reason)
    promises = session.exec(
        select(Promise).where(
            Promise.customer_id == customer.id, Promise.state == PromiseState.OPEN
        )
    ).all()
    for promise in promises:
        promise.state, promise.closed_at = PromiseState.WITHDRAWN, now
        promise.evidence = reason
        audit.record(session, "withdraw", noun="promise", key=promise.code, reason=reason)
    session.flush()
    return len(appointments), len(promises)


def _zone_of(session: Session, customer: Customer) -> ZoneInfo:
    rep_id = place_of(session, customer).rep_id
    rep = session.get(Rep, rep_id) if rep_id else None
    return ZoneInfo(rep.timezone) if rep is not None and rep.timezone else ZoneInfo("UTC")
