"""销售分析: what customers bought, by product, customer and month, summed by the database."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Select, case, func, literal, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import Customer, Sale
from crm.rules.access import Asker
from crm.rules.sales_periods import Span
from crm.store.analysis.sales_sums import FIGURES, seen, within
from crm.vocabulary import CustomerStatus, Grade

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


def by_product(session: Session, sums: Select[Any]) -> list[Sold]:
    """Every product, the one sold most first; what was not sold in the period was before it."""
    each = sums.subquery()
    query: Any = columns(
        each.c.product,
        func.sum(case((each.c.sales > 0, 1), else_=0)),
        *(func.sum(each.c[name]) for name in FIGURES[1:]),
    ).group_by(each.c.product)
    found = [
        Sold(
            name=product,
            customers=int(buyers),
            cents=int(cents),
            before_cents=int(before),
            margin_cents=int(margin),
            margin_of_cents=int(of),
        )
        for product, buyers, cents, before, margin, of in session.connection().execute(query)
    ]
    return sorted(found, key=lambda one: (-one.cents, one.name))


def by_customer(
    session: Session, sums: Select[Any], *, product: str = "", grade: Grade, limit: int
) -> dict[Order, list[Sold]]:
    """The customers first by sales, by what they bought more than before (of those who bought in
    both periods), by margin, and the active ones of a grade by sales; of one product where named.
    The sums are gone through once."""
    each = sums.subquery()
    query = columns(
        each.c.customer_id,
        func.sum(each.c.cents).label("cents"),
        func.sum(each.c.before_cents).label("earlier"),
        func.sum(each.c.margin_cents).label("margin"),
        func.sum(each.c.margin_of_cents).label("known"),
    ).group_by(each.c.customer_id)
    if product:
        query = query.where(each.c.product == product)
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


def by_month(session: Session, asker: Asker, months: Span, product: str = "") -> dict[date, int]:
    """Hundredths by the first day of each of the months and of those a year before, of one
    product where it is named."""
    query: Any = (
        columns(col(Sale.date), func.sum(col(Sale.amount_cents)))
        .where(seen(asker, col(Sale.customer_id)), within(months))
        .group_by(col(Sale.date))
    )
    if product:
        query = query.where(col(Sale.product) == product)
    found: dict[date, int] = defaultdict(int)
    for day, cents in session.connection().execute(query):
        found[day.replace(day=1)] += int(cents)
    return found
