"""What customers bought."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.models import Customer, Sale
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.store.imports.known import chunks


def of_year(session: Session, asker: Asker, ids: Iterable[int], year: int) -> dict[int, int]:
    """The sales in cents of each of these customers in a calendar year, as far as the asker sees
    them; who bought nothing is left out."""
    found: dict[int, int] = {}
    for part in chunks(sorted(ids)):
        query = (
            select(Sale.customer_id, func.sum(Sale.amount_cents))
            .join(Customer, col(Customer.id) == Sale.customer_id)
            .where(
                customers.are_visible_to(asker),
                col(Sale.customer_id).in_(part),
                Sale.date >= date(year, 1, 1),
                Sale.date <= date(year, 12, 31),
            )
            .group_by(col(Sale.customer_id))
        )
        found |= {id_: int(cents) for id_, cents in session.exec(query)}
    return found


def of_all(session: Session, asker: Asker, year: int) -> dict[int, int]:
    """As `of_year`, of every customer that the asker sees, in one query."""
    query = (
        select(Sale.customer_id, func.sum(Sale.amount_cents))
        .join(Customer, col(Customer.id) == Sale.customer_id)
        .where(
            customers.are_visible_to(asker),
            Sale.date >= date(year, 1, 1),
            Sale.date <= date(year, 12, 31),
        )
        .group_by(col(Sale.customer_id))
    )
    return {id_: int(cents) for id_, cents in session.exec(query)}
