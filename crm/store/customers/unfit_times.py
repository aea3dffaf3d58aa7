"""Unfit times of many customers at once, as (weekday, ISO date, from_s, to_s)."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from crm.models import UnfitTime
from crm.store.imports.known import chunks

Times = tuple[tuple[int | None, str | None, int, int], ...]


def of(session: Session, customer_ids: Sequence[int]) -> dict[int, Times]:
    """Each customer's unfit times in the order in which they were written; customers without
    any are left out. Whoever asks has got the ids from `customers.visible_to`."""
    found: dict[int, list[tuple[int | None, str | None, int, int]]] = {}
    for part in chunks(customer_ids):
        query = select(UnfitTime).where(col(UnfitTime.customer_id).in_(part))
        for row in session.exec(query.order_by(col(UnfitTime.id))):
            day = row.date.isoformat() if row.date else None
            found.setdefault(row.customer_id, []).append((row.weekday, day, row.from_s, row.to_s))
    return {customer: tuple(times) for customer, times in found.items()}


def replace(session: Session, times: Mapping[int, Times]) -> None:
    """Give each customer these unfit times in place of the ones it had."""
    connection = session.connection()
    for part in chunks(times):
        connection.execute(delete(UnfitTime).where(col(UnfitTime.customer_id).in_(part)))
    rows = [
        {
            "customer_id": customer,
            "weekday": weekday,
            "date": day and date.fromisoformat(day),
            "from_s": from_s,
            "to_s": to_s,
        }
        for customer, parts in times.items()
        for weekday, day, from_s, to_s in parts
    ]
    if rows:
        connection.execute(insert(UnfitTime), rows)
