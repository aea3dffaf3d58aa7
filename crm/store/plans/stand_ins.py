"""Visits that a rep makes in a colleague's place, and promises that pass with them."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from crm.models import Appointment, Customer, CyclePlan, PlannedVisit, Promise, Rep, Territory
from crm.vocabulary import CustomerStatus, PlanState, PromiseState


def handed_over(session: Session, rep: Rep, *, since: date) -> set[str]:
    """The visits of a rep's, who was already let see, that colleagues make in plans in force."""
    return {visit_id for visit_id, _ in _elsewhere(session, rep, since)}


def promises_handed_over(session: Session, rep: Rep, *, since: date) -> set[str]:
    """The codes of the promises that are kept by such visits."""
    return {code for _, code in _elsewhere(session, rep, since) if code}


def customers_named(session: Session, codes: Iterable[str]) -> list[Customer]:
    """The active customers with these codes, of a plan already let see."""
    query = select(Customer).where(
        col(Customer.code).in_(sorted(codes)), Customer.status == CustomerStatus.ACTIVE
    )
    return list(session.exec(query.order_by(Customer.code)))


def promises_named(session: Session, codes: Iterable[str]) -> list[Promise]:
    """The open promises with these codes."""
    query = select(Promise).where(
        col(Promise.code).in_(sorted(codes)), Promise.state == PromiseState.OPEN
    )
    return list(session.exec(query.order_by(Promise.code)))


def appointments_named(session: Session, codes: Iterable[str]) -> list[Appointment]:
    """The standing appointments with these codes."""
    query = select(Appointment).where(
        col(Appointment.code).in_(sorted(codes)), col(Appointment.cancelled).is_(False)
    )
    return list(session.exec(query.order_by(Appointment.code)))


def _elsewhere(session: Session, rep: Rep, since: date) -> list[tuple[str, str]]:
    """The colleagues' visits to customers in the rep's territories, with their promises."""
    own = select(Territory.id).where(Territory.rep_id == rep.id)
    query = (
        select(PlannedVisit.visit_id, PlannedVisit.promise_code)
        .join(CyclePlan, col(CyclePlan.id) == PlannedVisit.plan_id)
        .join(Customer, col(Customer.id) == PlannedVisit.customer_id)
        .where(
            col(PlannedVisit.stands_in).is_(True),
            PlannedVisit.date >= since,
            col(PlannedVisit.date) <= CyclePlan.last_day,
            CyclePlan.state == PlanState.PUBLISHED,
            CyclePlan.rep_id != rep.id,
            col(Customer.territory_id).in_(own),
        )
    )
    return list(session.exec(query))
