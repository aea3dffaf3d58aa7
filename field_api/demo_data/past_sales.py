"""A sample's sales beyond its own file: the margins of what was sold, and the same months a year
before, both made up."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlmodel import Session, select

from crm.models import Customer, Sale
from crm.store.imports.upsert import table_of
from field_api.demo_data.writing import write
from field_api.sample.dice import dice

MARGIN, SPREAD = (0.14, 0.34), 0.04  # by product; by sale
THEN, NEW_CUSTOMERS = (0.72, 1.22), 0.06  # of today's sales; who bought nothing a year before


def add(session: Session) -> None:
    """Write them for every sale of a sample."""
    codes = dict(session.exec(select(Customer.id, Customer.code)).all())
    margins: list[dict[str, Any]] = []
    then: dict[tuple[int, date, str], int] = {}
    table = table_of(Sale)
    query = columns(
        table.c.id, table.c.customer_id, table.c.date, table.c.product, table.c.amount_cents
    )
    rows = session.connection().execute(query.order_by(table.c.id)).all()
    spread = dice("margin", "of each sale")
    usual = {p: dice("margin", p).uniform(*MARGIN) for p in {product for *_, product, _ in rows}}
    grown = {
        pair: dice("a year before", f"{codes[pair[0]]}/{pair[1]}")
        for pair in {(customer_id, product) for _, customer_id, _, product, _ in rows}
    }
    new = {pair for pair, chance in grown.items() if chance.random() < NEW_CUSTOMERS}
    for id_, customer_id, day, product, cents in rows:
        share = usual[product] + spread.uniform(-SPREAD, SPREAD)
        margins.append({"sale": id_, "margin": round(cents * share)})
        pair = (customer_id, product)
        if pair in new:
            continue
        key = (customer_id, day.replace(year=day.year - 1, day=1), product)
        then[key] = then.get(key, 0) + round(cents * grown[pair].uniform(*THEN))
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
