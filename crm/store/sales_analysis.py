"""销售分析: what customers bought, by product, customer and month, summed by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, case, extract, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import Customer, Sale
from crm.rules.access import Asker
from crm.store import customers
from crm.vocabulary import CustomerStatus, Grade

Span = tuple[date, date]  # first and last day
Order = Literal["sales", "growth", "margin"]


@dataclass(frozen=True, kw_only=True)
class Sold:
    """Sales of something in a period and in the one before, in hundredths; `margin_cents` of what
    margins are known of (`margin_of_cents`). `name`: a product, or a customer's name with its
    `code` and `grade`."""

    name: str
    code: str = ""
    grade: Grade | None = None
    customers: int = 1
    cents: int
    before_cents: int
    margin_cents: int
    margin_of_cents: int


def by_product(session: Session, asker: Asker, now: Span, before: Span) -> list[Sold]:
    """Every product, the one sold most first."""
    query: Any = (
        columns(col(Sale.product), _buyers(now), *_sums(now, before))
        .join(Customer, col(Customer.id) == col(Sale.customer_id))
        .where(customers.are_visible_to(asker), _within(now, before))
        .group_by(col(Sale.product))
        .order_by(_sum(now).desc(), col(Sale.product))
    )
    return [
        Sold(
            name=name,
            customers=buyers,
            cents=int(cents),
            before_cents=int(earlier),
            margin_cents=int(margin),
            margin_of_cents=int(of),
        )
        for name, buyers, cents, earlier, margin, of in session.connection().execute(query)
    ]


def by_customer(
    session: Session,
    asker: Asker,
    now: Span,
    before: Span,
    *,
    order: Order,
    product: str = "",
    grade: Grade | None = None,
    limit: int,
) -> list[Sold]:
    """The customers first by sales, by what they bought more than before, or by margin; of one
    product and one grade where named. Growth is of those who bought in both periods."""
    cents, earlier, margin, of = _sums(now, before)
    by: dict[Order, ColumnElement[Any]] = {
        "sales": cents,
        "growth": cents - earlier,
        "margin": margin,
    }
    query: Any = (
        columns(
            col(Customer.name), col(Customer.code), col(Customer.grade), cents, earlier, margin, of
        )
        .select_from(Sale)
        .join(Customer, col(Customer.id) == col(Sale.customer_id))
        .where(customers.are_visible_to(asker), _within(now, before))
        .group_by(col(Customer.id), col(Customer.name), col(Customer.code), col(Customer.grade))
        .order_by(by[order].desc(), col(Customer.code))
        .limit(limit)
    )
    if product:
        query = query.where(col(Sale.product) == product)
    if grade is not None:
        query = query.where(
            col(Customer.grade) == grade, col(Customer.status) == CustomerStatus.ACTIVE
        )
    if order == "growth":
        query = query.having(earlier > 0, cents > earlier)
    return [
        Sold(
            name=name,
            code=code,
            grade=of_grade,
            cents=int(sold),
            before_cents=int(was),
            margin_cents=int(left),
            margin_of_cents=int(known),
        )
        for name, code, of_grade, sold, was, left, known in session.connection().execute(query)
    ]


def by_month(session: Session, asker: Asker, span: Span, product: str = "") -> dict[date, int]:
    """Hundredths by the first day of the month."""
    query: Any = (
        columns(
            extract("year", col(Sale.date)),
            extract("month", col(Sale.date)),
            func.sum(col(Sale.amount_cents)),
        )
        .join(Customer, col(Customer.id) == col(Sale.customer_id))
        .where(customers.are_visible_to(asker), _in(span))
        .group_by(extract("year", col(Sale.date)), extract("month", col(Sale.date)))
    )
    if product:
        query = query.where(col(Sale.product) == product)
    return {
        date(int(year), int(month), 1): int(cents)
        for year, month, cents in session.connection().execute(query)
    }


def _sums(now: Span, before: Span) -> Sequence[ColumnElement[Any]]:
    known = _in(now) & col(Sale.margin_cents).is_not(None)
    return (
        _sum(now),
        _sum(before),
        func.coalesce(func.sum(case((known, col(Sale.margin_cents)), else_=0)), 0),
        func.coalesce(func.sum(case((known, col(Sale.amount_cents)), else_=0)), 0),
    )


def _sum(span: Span) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((_in(span), col(Sale.amount_cents)), else_=0)), 0)


def _buyers(span: Span) -> ColumnElement[Any]:
    return func.count(func.distinct(case((_in(span), col(Sale.customer_id)))))


def _in(span: Span) -> ColumnElement[bool]:
    return col(Sale.date).between(*span)


def _within(now: Span, before: Span) -> ColumnElement[bool]:
    return _in(now) | _in(before)
