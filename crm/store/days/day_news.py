"""What a rep's day was before: the plan that was in force at an instant, against the one now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, or_
from sqlmodel import Session, col, select

from crm.models import Customer, CyclePlan, PlannedDay, PlannedVisit, UnservedVisit
from crm.vocabulary import PlanState

IN_FORCE_ONCE = (PlanState.PUBLISHED, PlanState.REPLACED)


@dataclass(frozen=True, kw_only=True)
class PlanThen:
    """A plan of a rep whom the asker was already let see."""

    id: int
    published_at: datetime


def plan_then(session: Session, rep_id: int, on: date, at: datetime) -> PlanThen | None:
    """The rep's plan with a day in it that was in force at an instant. One that has given up its
    last days since had them then."""
    later_days = (
        select(PlannedDay.id)
        .where(PlannedDay.plan_id == CyclePlan.id, col(PlannedDay.date) >= on)
        .exists()
    )
    query = (
        select(CyclePlan.id, CyclePlan.published_at)
        .where(
            CyclePlan.rep_id == rep_id,
            col(CyclePlan.state).in_(IN_FORCE_ONCE),
            col(CyclePlan.published_at) <= at,
            CyclePlan.first_day <= on,
            or_(col(CyclePlan.last_day) >= on, later_days),
        )
        .order_by(col(CyclePlan.published_at).desc(), col(CyclePlan.id).desc())
        .limit(1)
    )
    row = session.exec(query).first()
    return None if row is None else PlanThen(id=row[0] or 0, published_at=row[1])  # type: ignore[arg-type]


def visits_of(session: Session, plan_id: int) -> Sequence[Row[Any]]:
    """All visits of a plan: which, whom, when, and what asks for them."""
    columns: list[Any] = [
        PlannedVisit.visit_id,
        PlannedVisit.customer_id,
        PlannedVisit.date,
        PlannedVisit.purpose,
        PlannedVisit.promise_code,
        PlannedVisit.appointment_code,
    ]
    return session.execute(
        select(*columns)
        .where(PlannedVisit.plan_id == plan_id)
        .order_by(col(PlannedVisit.date), col(PlannedVisit.position))
    ).all()


def purpose_of(session: Session, plan_id: int) -> str:
    """What a plan was made for."""
    return session.exec(select(CyclePlan.purpose).where(CyclePlan.id == plan_id)).one()


def customers_named(session: Session, ids: Collection[int]) -> dict[int, Row[Any]]:
    """Code, name and status of customers in plans of the rep's, by number."""
    columns: list[Any] = [Customer.id, Customer.code, Customer.name, Customer.status]
    rows = session.execute(select(*columns).where(col(Customer.id).in_(ids))).all()
    return {row.id: row for row in rows}


def reasons_of(session: Session, plan_id: int) -> dict[int, str]:
    """Why visits of a plan have no day, by customer."""
    query = select(UnservedVisit.customer_id, UnservedVisit.code).where(
        UnservedVisit.plan_id == plan_id
    )
    return dict(session.exec(query).all())
