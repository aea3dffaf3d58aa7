"""A sample's sales beyond its own file: the margins of what was sold, and the same months a year
before, both made up."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from crm.models import Customer, Sale
from crm.store.upsert import table_of
from field_api.demo_data.writing import write
from field_api.sample.dice import dice

MARGIN, SPREAD = (0.14, 0.34), 0.04  # by product; by sale
THEN, NEW_CUSTOMERS = (0.72, 1.22), 0.06  # of today's sales; who bought nothing a year before
QUARTERS = (3, 6, 9, 12)  # a year before is told by quarters, in their last months


def add(session: Session) -> None:
    """Write them for every sale of a sample."""
    codes = dict(session.exec(select(Customer.id, Customer.code)).all())
    margins: list[dict[str, Any]] = []
    then: dict[tuple[int, date, str], int] = {}
    rows = session.exec(
        select(Sale.id, Sale.customer_id, Sale.date, Sale.product, Sale.amount_cents).order_by(
            col(Sale.id)
        )
    ).all()
    for id_, customer_id, day, product, cents in rows:
        usual = dice("margin", product).uniform(*MARGIN)
        share = usual + dice("margin", f"{id_}").uniform(-SPREAD, SPREAD)
        margins.append({"sale": id_, "margin": round(cents * share)})
        chance = dice("a year before", f"{codes[customer_id]}/{product}")
        if chance.random() < NEW_CUSTOMERS:
            continue
        month = next(month for month in QUARTERS if month >= day.month)
        key = (customer_id, date(day.year - 1, month, 1), product)
        then[key] = then.get(key, 0) + round(cents * chance.uniform(*THEN))
    table = table_of(Sale)
    session.connection().execute(
        update(table)
        .where(table.c.id == bindparam("sale"))
        .values(margin_cents=bindparam("margin")),
        margins,
    )
    known = {(customer_id, day, product) for _, customer_id, day, product, _ in rows}
    write(
        session,
        Sale,
        [
            {"customer_id": customer_id, "date": day, "product": product, "amount_cents": cents}
            for (customer_id, day, product), cents in sorted(then.items())
            if (customer_id, day, product) not in known
        ],
    )
