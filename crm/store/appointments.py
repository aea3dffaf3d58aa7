"""Appointments as they stand, for telling which cannot all be kept."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from crm.models import Appointment, Customer, Territory
from crm.rules.access import Asker
from crm.spreadsheets.intake.appointments import Booked
from crm.store import customers
from crm.store.known import chunks


def booked_on(session: Session, asker: Asker, days: Collection[date]) -> list[Booked]:
    """The appointments of these days that are not cancelled, of the asker's customers."""
    visible = customers.visible_to(asker).with_only_columns(col(Customer.id))
    found: list[Booked] = []
    for part in chunks(sorted(days)):
        query = (
            select(Appointment, Territory.rep_id)
            .join(Customer, col(Customer.id) == Appointment.customer_id)
            .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
            .where(col(Appointment.date).in_(part), col(Appointment.cancelled).is_(False))
            .where(col(Appointment.customer_id).in_(visible))
        )
        found += [
            Booked(
                code=a.code,
                customer_id=a.customer_id,
                rep_id=rep_id,
                date=a.date,
                begin_s=a.begin_s,
                end_s=a.begin_s + 60 * a.minutes,
            )
            for a, rep_id in session.exec(query)
        ]
    return found
