"""What happened at customers: their sales, and the visits made to them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from crm.models import Customer, Rep, Sale, Visit
from crm.rules.access import Asker
from crm.store.customers import customers


def sales_by_customer(session: Session, asker: Asker, first: date, last: date) -> dict[int, int]:
    """Sum of sales in hundredths from `first` to `last` by customer id; who bought nothing is
    left out."""
    query = (
        select(col(Sale.customer_id), func.sum(col(Sale.amount_cents)))
        .where(col(Sale.date) >= first, col(Sale.date) <= last)
        .where(col(Sale.customer_id).in_(_numbers(asker)))
        .group_by(col(Sale.customer_id))
    )
    return {customer: int(cents) for customer, cents in session.exec(query)}


def margins_by_customer(
    session: Session, asker: Asker, first: date, last: date
) -> dict[int, tuple[int, int]]:
    """(margin, sales that it is of) in hundredths from `first` to `last` by customer id, of the
    sales whose margin is known; customers without any are left out."""
    known = (func.sum(col(Sale.margin_cents)), func.sum(col(Sale.amount_cents)))
    query = (
        select_columns(col(Sale.customer_id), *known)
        .where(col(Sale.date) >= first, col(Sale.date) <= last)
        .where(col(Sale.margin_cents).is_not(None))
        .where(col(Sale.customer_id).in_(_numbers(asker)))
        .group_by(col(Sale.customer_id))
    )
    found = session.connection().execute(query)
    return {int(row[0]): (int(row[1] or 0), int(row[2] or 0)) for row in found}


def first_sales(session: Session, asker: Asker) -> dict[int, date]:
    """The day of the first sale on file by customer id."""
    query = (
        select_columns(col(Sale.customer_id), func.min(col(Sale.date)))
        .where(col(Sale.customer_id).in_(_numbers(asker)))
        .group_by(col(Sale.customer_id))
    )
    return {int(customer): day for customer, day in session.connection().execute(query)}


def first_sale(session: Session) -> date | None:
    """The day of the company's first sale on file."""
    query = select_columns(func.min(col(Sale.date)))
    found: date | None = session.connection().execute(query).scalar()
    return found


def sales_in(
    session: Session, customer: Customer, periods: Sequence[tuple[date, date]]
) -> tuple[int, ...]:
    """Sum of sales in hundredths of each period (first and last day) of a customer that the asker
    was let see."""
    sums = [
        func.coalesce(
            func.sum(case((col(Sale.date).between(first, last), col(Sale.amount_cents)), else_=0)),
            0,
        )
        for first, last in periods
    ]
    query = select_columns(*sums).where(col(Sale.customer_id) == customer.id)
    return tuple(int(cents) for cents in session.connection().execute(query).one())


def _numbers(asker: Asker) -> Any:
    return customers.visible_to(asker).with_only_columns(col(Customer.id))


def visits_to(session: Session, customer: Customer, *, most: int) -> list[tuple[Visit, str]]:
    """The last visits to a customer that the asker was let see, the newest first, each with the
    code of the rep who made it (empty: unknown)."""
    query = (
        select(Visit, Rep.code)
        .join(Rep, col(Rep.id) == Visit.rep_id, isouter=True)
        .where(Visit.customer_id == customer.id)
        .order_by(col(Visit.date).desc(), col(Visit.id).desc())
    )
    return [(visit, code or "") for visit, code in session.exec(query.limit(most))]
