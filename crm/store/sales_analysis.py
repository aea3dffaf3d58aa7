"""销售分析: what customers bought, by product, customer and month, summed by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, String, case, cast, func, literal, true, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import Customer, Sale
from crm.rules.access import Asker, Reach, Realm
from crm.store import customers
from crm.vocabulary import CustomerStatus, Grade

Span = tuple[date, date]  # first and last day
Order = Literal["sales", "growth", "margin", "key"]


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
        .where(_of(asker), _within(now, before))
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
    product: str = "",
    grade: Grade,
    limit: int,
) -> dict[Order, list[Sold]]:
    """The customers first by sales, by what they bought more than before (of those who bought in
    both periods), by margin, and the active ones of a grade by sales; of one product where named.
    The sales are gone through once."""
    names = ("cents", "earlier", "margin", "known")
    counts = [one.label(name) for name, one in zip(names, _sums(now, before), strict=True)]
    query: Any = (
        columns(col(Sale.customer_id).label("customer_id"), *counts)
        .where(_of(asker), _within(now, before))
        .group_by(col(Sale.customer_id))
    )
    if product:
        query = query.where(col(Sale.product) == product)
    sold = query.cte("sold").prefix_with("MATERIALIZED")
    graded = columns(col(Customer.id)).where(
        col(Customer.grade) == grade, col(Customer.status) == CustomerStatus.ACTIVE
    )
    grown = sold.c.cents - sold.c.earlier
    ways: dict[Order, Any] = {
        "sales": columns(sold).order_by(sold.c.cents.desc(), sold.c.customer_id),
        "growth": columns(sold)
        .where(sold.c.earlier > 0, grown > 0)
        .order_by(grown.desc(), sold.c.customer_id),
        "margin": columns(sold).order_by(sold.c.margin.desc(), sold.c.customer_id),
        "key": columns(sold)
        .where(sold.c.customer_id.in_(graded))
        .order_by(sold.c.cents.desc(), sold.c.customer_id),
    }
    parts = [
        columns(literal(order).label("way"), way.limit(limit).subquery())
        for order, way in ways.items()
    ]
    rows = session.connection().execute(union_all(*parts)).all()
    cards: Any = columns(
        col(Customer.id), col(Customer.name), col(Customer.code), col(Customer.grade)
    ).where(col(Customer.id).in_({row.customer_id for row in rows}))
    known = {row[0]: row[1:] for row in session.connection().execute(cards)}
    found: dict[Order, list[Sold]] = {order: [] for order in ways}
    for order, customer_id, cents, earlier, margin, of in rows:
        name, code, of_grade = known[customer_id]
        found[order].append(
            Sold(
                name=name,
                code=code,
                grade=of_grade,
                cents=int(cents),
                before_cents=int(earlier),
                margin_cents=int(margin),
                margin_of_cents=int(of),
            )
        )
    return found


def by_month(session: Session, asker: Asker, span: Span, product: str = "") -> dict[date, int]:
    """Hundredths by the first day of the month."""
    month = func.substr(cast(col(Sale.date), String), 1, 7)  # of 2026-10-01
    query: Any = (
        columns(month, func.sum(col(Sale.amount_cents)))
        .where(_of(asker), _in(span))
        .group_by(month)
    )
    if product:
        query = query.where(col(Sale.product) == product)
    return {
        date.fromisoformat(f"{name}-01"): int(cents)
        for name, cents in session.connection().execute(query)
    }


def _of(asker: Asker) -> ColumnElement[bool]:
    """Of sales to customers whom the asker may see."""
    if asker.reach(Realm.CUSTOMERS) is Reach.EVERYTHING:
        return true()
    seen = customers.visible_to(asker).with_only_columns(col(Customer.id))
    return col(Sale.customer_id).in_(seen)


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
