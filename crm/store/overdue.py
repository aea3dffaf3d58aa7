"""Customers whose call interval has passed without a visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, func, literal
from sqlmodel import Session, col, select

from crm.models import Customer, Rep, Territory, Visit
from crm.rules.access import Asker
from crm.store import customers
from crm.vocabulary import CustomerStatus, Grade


@dataclass(frozen=True, kw_only=True)
class OverdueCustomer:
    """A customer, the last visit, and the day on which the next one was due."""

    code: str
    name: str
    rep_code: str | None
    rep_name: str | None
    last_visit: date
    due: date


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """How many customers of a grade are past their due date, of how many; the longest first."""

    count: int
    of: int
    first: Sequence[OverdueCustomer]


def overdue(
    session: Session,
    asker: Asker,
    grade: Grade,
    *,
    interval_days: int,
    today: date,
    limit: int,
) -> Overdue:
    """The active customers of a grade who were due before today. `interval_days` is the grade's,
    for whoever has no interval of one's own. Who was never visited has no due date yet."""
    of_grade = and_(
        customers.are_visible_to(asker),
        col(Customer.status) == CustomerStatus.ACTIVE,
        col(Customer.grade) == grade,
    )
    own = set(session.exec(select(Customer.interval_days).where(of_grade).distinct()))
    last_days = {days: today - timedelta(days=days) for days in own if days is not None}
    last_visit = (
        select(func.max(Visit.date)).where(col(Visit.customer_id) == Customer.id).scalar_subquery()
    )
    is_overdue = last_visit < _latest(last_days, today - timedelta(days=interval_days))
    of = session.exec(select(func.count()).select_from(Customer).where(of_grade)).one()
    count = session.exec(
        select(func.count()).select_from(Customer).where(of_grade, is_overdue)
    ).one()
    query: Any = (
        select(  # type: ignore[call-overload]
            Customer.code, Customer.name, Customer.interval_days, Rep.code, Rep.name, last_visit
        )
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .join(Rep, col(Rep.id) == Territory.rep_id, isouter=True)
        .where(of_grade, is_overdue)
        .order_by(last_visit, col(Customer.code))
        .limit(limit)
    )
    first = [
        OverdueCustomer(
            code=code,
            name=name,
            rep_code=rep_code,
            rep_name=rep_name,
            last_visit=last,
            due=last + timedelta(days=days or interval_days),
        )
        for code, name, days, rep_code, rep_name, last in session.exec(query)
    ]
    return Overdue(count=count, of=of, first=first)


def _latest(by_interval: Mapping[int, date], otherwise: date) -> ColumnElement[date]:
    """The last visit that would still do, by the customer's own interval."""
    if not by_interval:
        return literal(otherwise, Date)
    ways = {days: literal(day, Date) for days, day in by_interval.items()}
    return case(ways, value=col(Customer.interval_days), else_=literal(otherwise, Date))
