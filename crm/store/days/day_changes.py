"""Changes of days, the plans behind them, and which plan a day was made from."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from crm.models import Customer, CyclePlan, DayChange, PlannedDay, PlannedVisit, Rep
from crm.rules.access import Asker
from crm.store.people import people
from crm.vocabulary import PlanState


def with_id(session: Session, change_id: UUID) -> DayChange | None:
    """The change with this id, whosever it is."""
    return session.exec(select(DayChange).where(DayChange.id == change_id)).one_or_none()


def of_plan(session: Session, plan_id: int) -> DayChange:
    """The change that made a plan."""
    return session.exec(select(DayChange).where(DayChange.plan_id == plan_id)).one()


def of_day(session: Session, asker: Asker, rep_code: str, on: date) -> list[DayChange]:
    """What was changed on a day of a rep whom the asker may see, in order. Raises `RepNotFound`."""
    rep = people.get_rep(session, asker, rep_code)
    query = select(DayChange).where(DayChange.rep_id == rep.id, DayChange.date == on)
    return list(session.exec(query.order_by(col(DayChange.accepted_at), col(DayChange.id))))


def published_on(session: Session, rep: Rep, on: date) -> CyclePlan | None:
    """The plan in force that holds a day of a rep whom the asker was already let see."""
    query = select(CyclePlan).where(
        CyclePlan.rep_id == rep.id,
        CyclePlan.state == PlanState.PUBLISHED,
        CyclePlan.first_day <= on,
        CyclePlan.last_day >= on,
    )
    order = (col(CyclePlan.created_at).desc(), col(CyclePlan.id).desc())
    return session.exec(query.order_by(*order).limit(1)).one_or_none()


def published_before(session: Session, plan: CyclePlan) -> Iterator[CyclePlan]:
    """The rep's plans that were in force before a plan, the last one first, one by one: their
    documents are large."""
    query = (
        select(CyclePlan.id)
        .where(
            CyclePlan.rep_id == plan.rep_id,
            CyclePlan.id != plan.id,
            col(CyclePlan.published_at).is_not(None),
        )
        .order_by(col(CyclePlan.published_at).desc(), col(CyclePlan.id).desc())
    )
    for number in session.exec(query).all():
        yield session.get_one(CyclePlan, number)


def rows_of(
    session: Session, plan: CyclePlan
) -> tuple[Sequence[PlannedDay], Sequence[tuple[PlannedVisit, Customer]]]:
    """The days of a plan that hold, and its visits on them in order, each with its customer."""
    days = select(PlannedDay).where(
        PlannedDay.plan_id == plan.id, col(PlannedDay.date) <= plan.last_day
    )
    visits = (
        select(PlannedVisit, Customer)
        .join(Customer, col(Customer.id) == PlannedVisit.customer_id)
        .where(PlannedVisit.plan_id == plan.id, col(PlannedVisit.date) <= plan.last_day)
        .order_by(col(PlannedVisit.date), col(PlannedVisit.position), col(PlannedVisit.id))
    )
    found = session.exec(visits).all()
    return session.exec(days.order_by(col(PlannedDay.date))).all(), found
