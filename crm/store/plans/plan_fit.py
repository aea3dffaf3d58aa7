"""Whether a plan made some time ago still fits what is known now."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from crm.models import (
    Appointment,
    Customer,
    CyclePlan,
    PlannedVisit,
    Promise,
    Rep,
    RepLeave,
    Territory,
)
from crm.store.plans import publishing
from crm.vocabulary import CustomerStatus, DayPart, PromiseState


def newer_published(session: Session, plan: CyclePlan) -> CyclePlan | None:
    """A plan of the same rep's days that was published since this one was made."""
    for other in publishing.published_within(session, plan):
        since = other.published_at is not None and other.published_at > plan.created_at
        if since or (other.id or 0) > (plan.id or 0):
            return other
    return None


def published_on(session: Session, plan: CyclePlan, on: date) -> CyclePlan | None:
    """The rep's published plan of days that a plan would take, up to a day."""
    for other in publishing.published_within(session, plan):
        if other.first_day <= on and plan.first_day <= on:
            return other
    return None


def has_left(session: Session, plan: CyclePlan) -> bool:
    """Whether the rep works here no more."""
    return not session.exec(select(Rep.active).where(Rep.id == plan.rep_id)).one()


def no_longer_active(session: Session, plan: CyclePlan, since: date) -> list[str]:
    """The codes of customers with visits from a day on who are to be visited no more."""
    return _planned(session, plan, since, Customer.status != CustomerStatus.ACTIVE)


def no_longer_theirs(session: Session, plan: CyclePlan, since: date) -> list[str]:
    """The codes of active customers with visits from a day on who lie in no territory of the
    rep's now."""
    own = select(Territory.id).where(Territory.rep_id == plan.rep_id)
    elsewhere = col(Customer.territory_id).is_(None) | col(Customer.territory_id).not_in(own)
    return _planned(session, plan, since, elsewhere, Customer.status == CustomerStatus.ACTIVE)


def on_leave(session: Session, plan: CyclePlan, since: date) -> list[date]:
    """The days from a day on for which visits are planned and the rep is on leave all day."""
    query = (
        select(col(PlannedVisit.date))
        .join(RepLeave, col(PlannedVisit.date).between(RepLeave.first_day, RepLeave.last_day))
        .where(
            PlannedVisit.plan_id == plan.id,
            col(PlannedVisit.date) >= since,
            RepLeave.rep_id == plan.rep_id,
            RepLeave.part == DayPart.WHOLE,
        )
        .distinct()
    )
    return list(session.exec(query.order_by(col(PlannedVisit.date))))


def customers_now(session: Session, plan: CyclePlan) -> list[Customer]:
    """The active customers in the rep's territories, in order of code."""
    own = select(Territory.id).where(Territory.rep_id == plan.rep_id)
    query = select(Customer).where(
        col(Customer.territory_id).in_(own), Customer.status == CustomerStatus.ACTIVE
    )
    return list(session.exec(query.order_by(Customer.code)))


def promises_due(session: Session, customers: Sequence[Customer], *, until: date) -> list[Promise]:
    """The open promises to customers that are due by a day, in order."""
    query = select(Promise).where(
        col(Promise.customer_id).in_([customer.id for customer in customers]),
        Promise.state == PromiseState.OPEN,
        Promise.due <= until,
    )
    return list(session.exec(query.order_by(col(Promise.due), Promise.code)))


def appointments_within(
    session: Session, customers: Sequence[Customer], *, first_day: date, last_day: date
) -> list[Appointment]:
    """The standing appointments with customers within days, in order."""
    query = select(Appointment).where(
        col(Appointment.customer_id).in_([customer.id for customer in customers]),
        Appointment.date >= first_day,
        Appointment.date <= last_day,
        col(Appointment.cancelled).is_(False),
    )
    return list(session.exec(query.order_by(col(Appointment.date), Appointment.code)))


def _planned(
    session: Session, plan: CyclePlan, since: date, *conditions: ColumnElement[bool] | bool
) -> list[str]:
    query = (
        select(Customer.code)
        .join(PlannedVisit, col(PlannedVisit.customer_id) == Customer.id)
        .where(PlannedVisit.plan_id == plan.id, col(PlannedVisit.date) >= since, *conditions)
        .distinct()
    )
    return list(session.exec(query.order_by(Customer.code)))
