"""What happened at customers: their sales."""

from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.models import Customer, Sale
from crm.rules.access import Asker
from crm.store import customers


def sales_by_customer(session: Session, asker: Asker, first: date, last: date) -> dict[int, int]:
    """Sum of sales in hundredths from `first` to `last` by customer id; who bought nothing is
    left out."""
    visible = customers.visible_to(asker).with_only_columns(col(Customer.id))
    query = (
        select(col(Sale.customer_id), func.sum(col(Sale.amount_cents)))
        .where(col(Sale.date) >= first, col(Sale.date) <= last)
        .where(col(Sale.customer_id).in_(visible))
        .group_by(col(Sale.customer_id))
    )
    return {customer: int(cents) for customer, cents in session.exec(query)}
