"""A rep's day as it was published: the plan, the visits in order, and what to know of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.models import (
    Customer,
    CyclePlan,
    PlannedDay,
    PlannedVisit,
    Rep,
    UnfitTime,
    UnservedVisit,
    Visit,
)
from crm.rules.access import Asker
from crm.store import people
from crm.vocabulary import PlanState


@dataclass(frozen=True, kw_only=True)
class PublishedDay:
    """A day of a plan; `day` is None when the plan sends the rep nowhere that day."""

    plan: CyclePlan
    day: PlannedDay | None
    stops: list[tuple[PlannedVisit, Customer]]


def published_plan(session: Session, asker: Asker, rep: Rep, on: date) -> CyclePlan | None:
    """The published plan that holds a day of a rep whom the asker may see; the newest counts."""
    seen = people.reps_visible_to(asker).where(Rep.id == rep.id).subquery()
    query = select(CyclePlan).where(
        col(CyclePlan.rep_id).in_(select(seen.c.id)),
        CyclePlan.state == PlanState.PUBLISHED,
        CyclePlan.first_day <= on,
        CyclePlan.last_day >= on,
    )
    order = (col(CyclePlan.created_at).desc(), col(CyclePlan.id).desc())
    return session.exec(query.order_by(*order).limit(1)).first()


def published_day(session: Session, asker: Asker, rep: Rep, on: date) -> PublishedDay | None:
    """A rep's published day with its visits in order; None when no plan holds the day."""
    plan = published_plan(session, asker, rep, on)
    if plan is None:
        return None
    day = session.exec(
        select(PlannedDay).where(PlannedDay.plan_id == plan.id, PlannedDay.date == on)
    ).first()
    query = (
        select(PlannedVisit, Customer)
        .join(Customer, col(PlannedVisit.customer_id) == Customer.id)
        .where(PlannedVisit.plan_id == plan.id, PlannedVisit.date == on)
    )
    rows = session.exec(query.order_by(col(PlannedVisit.position), col(PlannedVisit.begin_s)))
    return PublishedDay(plan=plan, day=day, stops=[(visit, customer) for visit, customer in rows])


def visits_and_unserved(
    session: Session, plan: CyclePlan
) -> tuple[int, list[tuple[UnservedVisit, Customer]]]:
    """How many visits a plan holds, and those without a place, of a plan already let see."""
    count = select(func.count()).select_from(PlannedVisit).where(PlannedVisit.plan_id == plan.id)
    query = select(UnservedVisit, Customer).join(
        Customer, col(UnservedVisit.customer_id) == Customer.id
    )
    rows = session.exec(query.where(UnservedVisit.plan_id == plan.id).order_by(Customer.code))
    return session.exec(count).one(), [(unserved, customer) for unserved, customer in rows]


def last_visits(session: Session, customer_ids: Any, *, before: date) -> dict[int, date]:
    """The last day before a day on which each customer was visited, by customer; the ids as a
    collection or as a query for them."""
    query = (
        select(Visit.customer_id, func.max(Visit.date))
        .where(col(Visit.customer_id).in_(customer_ids), Visit.date < before)
        .group_by(col(Visit.customer_id))
    )
    return dict(session.exec(query).all())


def unfit_times(
    session: Session, customer_ids: list[int], *, on: date
) -> dict[int, list[UnfitTime]]:
    """The times on a day at which customers cannot be visited, by customer."""
    query = select(UnfitTime).where(
        col(UnfitTime.customer_id).in_(customer_ids),
        (col(UnfitTime.date) == on) | (col(UnfitTime.weekday) == on.weekday()),
    )
    found: dict[int, list[UnfitTime]] = {}
    for unfit in session.exec(query.order_by(col(UnfitTime.from_s))):
        found.setdefault(unfit.customer_id, []).append(unfit)
    return found
