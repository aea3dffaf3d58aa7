"""Sales of a period added up by customer and product: kept for the months up to the company's
newest sale, for others (a district that sold nothing since) reckoned when they are asked for."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, func, literal, true
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from crm.models import Customer, Sale, SalesSum
from crm.rules.access import OPERATOR, Asker, Reach, Realm
from crm.rules.sales_periods import Period, Span, months_until, year_before
from crm.store.customers import customers
from crm.store.imports.upsert import table_of

FIGURES = ("sales", "cents", "before_cents", "margin_cents", "margin_of_cents")


def reckon(session: Session, of: Collection[int] | None = None) -> None:
    """Keep the sums of all customers anew, or of some after their sales changed hands."""
    session.flush()
    table = table_of(SalesSum)
    some = true() if of is None else table.c.customer_id.in_(of)
    connection = session.connection()
    connection.execute(delete(table).where(some))
    newest = session.exec(select(func.max(Sale.date))).one()
    if newest is None:
        return
    for period in Period:
        months = months_until(newest, period)
        sums = _reckoned(OPERATOR, months)
        if of is not None:
            sums = sums.where(col(Sale.customer_id).in_(of))
        each = sums.subquery()
        names = ["customer_id", "product", *FIGURES]
        rows = columns(literal(period.value), literal(months[1]), *(each.c[n] for n in names))
        connection.execute(table.insert().from_select(["months", "until", *names], rows))


def sums(session: Session, asker: Asker, period: Period, months: Span) -> Select[Any]:
    """`customer_id`, `product` and `FIGURES` of what the asker's customers bought in the period
    that lies in `months`, and a year before."""
    kept = col(SalesSum.months) == period
    until = session.exec(select(col(SalesSum.until)).where(kept).limit(1)).first()
    if until != months[1]:
        return _reckoned(asker, months)
    return columns(
        col(SalesSum.customer_id),
        col(SalesSum.product),
        *(col(getattr(SalesSum, name)) for name in FIGURES),
    ).where(kept, seen(asker, col(SalesSum.customer_id)))


def _reckoned(asker: Asker, months: Span) -> Select[Any]:
    now: ColumnElement[bool] = col(Sale.date) >= months[0]  # nothing after it is within
    known = now & col(Sale.margin_cents).is_not(None)
    amount = col(Sale.amount_cents)
    figures = (
        func.sum(case((now, 1), else_=0)),
        func.sum(case((now, amount), else_=0)),
        func.sum(case((now, 0), else_=amount)),
        func.coalesce(func.sum(case((now, col(Sale.margin_cents)))), 0),
        func.sum(case((known, amount), else_=0)),
    )
    named = [figure.label(name) for name, figure in zip(FIGURES, figures, strict=True)]
    return (
        columns(col(Sale.customer_id), col(Sale.product), *named)
        .where(seen(asker, col(Sale.customer_id)), within(months))
        .group_by(col(Sale.customer_id), col(Sale.product))
    )


def within(months: Span) -> ColumnElement[bool]:
    """Of sales in these months or in the same ones a year before."""
    before = year_before(months)
    both = col(Sale.date).between(before[0], months[1])
    if before[1] + timedelta(days=1) == months[0]:
        return both
    return both & (col(Sale.date).between(*months) | col(Sale.date).between(*before))


def seen(asker: Asker, customer_id: Any) -> ColumnElement[bool]:
    """Of rows of customers whom the asker may see."""
    if asker.reach(Realm.CUSTOMERS) is Reach.EVERYTHING:
        return true()
    own = customers.visible_to(asker).with_only_columns(col(Customer.id))
    found: ColumnElement[bool] = customer_id.in_(own)
    return found
