"""销售分析: what customers bought, by product, customer and month, summed by the database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, case, func, literal, true, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import Customer, Sale
from crm.rules.access import Asker, Reach, Realm
from crm.store.customers import customers
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


@dataclass(frozen=True, kw_only=True)
class SoldOnDay:
    """Sales of a product on a day (or in the month that begins on it), in hundredths; margins as in
    `Sold`."""

    product: str
    day: date
    cents: int
    margin_cents: int
    margin_of_cents: int


def by_day(session: Session, asker: Asker, span: Span) -> list[SoldOnDay]:
    """Every product on every day on which something was sold: few rows, from which products and
    months are added up."""
    is_known = col(Sale.margin_cents).is_not(None)
    query: Any = (
        columns(
            col(Sale.product),
            col(Sale.date),
            func.sum(col(Sale.amount_cents)),
            func.coalesce(func.sum(col(Sale.margin_cents)), 0),
            func.coalesce(func.sum(case((is_known, col(Sale.amount_cents)), else_=0)), 0),
        )
        .where(_of(asker), _in(span))
        .group_by(col(Sale.date), col(Sale.product))  # as the index has them
    )
    return [
        SoldOnDay(
            product=product,
            day=day,
            cents=int(cents),
            margin_cents=int(margin),
            margin_of_cents=int(of),
        )
        for product, day, cents, margin, of in session.connection().execute(query)
    ]


def buyers(session: Session, asker: Asker, span: Span) -> dict[str, int]:
    """How many customers bought each product."""
    each: Any = (
        columns(col(Sale.product), col(Sale.customer_id))
        .where(_of(asker), _in(span))
        .distinct()
        .subquery()
    )
    query: Any = columns(each.c.product, func.count()).group_by(each.c.product)
    return {product: int(n) for product, n in session.connection().execute(query)}


def by_product(days: Sequence[SoldOnDay], bought: Mapping[str, int], now: Span) -> list[Sold]:
    """Every product, the one sold most first; what was not sold `now` was sold before."""
    found = []
    for product in sorted({one.product for one in days}):
        own = [one for one in days if one.product == product]
        newer = [one for one in own if now[0] <= one.day <= now[1]]
        cents = sum(one.cents for one in newer)
        found.append(
            Sold(
                name=product,
                customers=bought.get(product, 0),
                cents=cents,
                before_cents=sum(one.cents for one in own) - cents,
                margin_cents=sum(one.margin_cents for one in newer),
                margin_of_cents=sum(one.margin_of_cents for one in newer),
            )
        )
    return sorted(found, key=lambda one: (-one.cents, one.name))


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
    counts = [one.label(name) for name, one in zip(names, _sums(now), strict=True)]
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


def by_month(days: Iterable[SoldOnDay], product: str = "") -> dict[date, int]:
    """Hundredths by the first day of the month, of one product where it is named."""
    found: dict[date, int] = defaultdict(int)
    for one in days:
        if not product or one.product == product:
            found[one.day.replace(day=1)] += one.cents
    return found


def _of(asker: Asker) -> ColumnElement[bool]:
    """Of sales to customers whom the asker may see."""
    if asker.reach(Realm.CUSTOMERS) is Reach.EVERYTHING:
        return true()
    seen = customers.visible_to(asker).with_only_columns(col(Customer.id))
    return col(Sale.customer_id).in_(seen)


def _sums(now: Span) -> Sequence[ColumnElement[Any]]:
    """Of sales within the two periods: hundredths now and before, margins now and what they are
    of."""
    is_now = col(Sale.date) >= now[0]  # nothing after it is within
    cents = func.sum(case((is_now, col(Sale.amount_cents)), else_=0))
    known = is_now & col(Sale.margin_cents).is_not(None)
    return (
        cents,
        func.sum(col(Sale.amount_cents)) - cents,
        func.coalesce(func.sum(case((is_now, col(Sale.margin_cents)))), 0),
        func.sum(case((known, col(Sale.amount_cents)), else_=0)),
    )


def _in(span: Span) -> ColumnElement[bool]:
    return col(Sale.date).between(*span)


def _within(now: Span, before: Span) -> ColumnElement[bool]:
    both = _in((before[0], now[1]))
    if before[1] + timedelta(days=1) == now[0]:
        return both
    return both & (_in(now) | _in(before))
