"""Appointments: visits booked with customers, seen by those who visit them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.errors import Refused
from crm.models import Appointment, Customer, Territory, VisitReport
from crm.rules.access import Asker, Reach, Realm
from crm.spreadsheets.intake.appointments import Booked
from crm.store.customers import customers
from crm.store.imports.known import chunks
from crm.text import N_

OF_REPORT = "visit-"  # begins the codes of appointments that were agreed in a visit report
AppointmentRow = tuple[Appointment, Customer]
Place = tuple[date, int, int]  # in the list: day, seconds after midnight, the row's number


class AppointmentNotFound(Refused):
    """No such appointment, or not one of the asker's: the two are not told apart."""

    def __init__(self, code: str) -> None:
        super().__init__(N_("There is no appointment {code} among yours."), code=code)


class AppointmentCodeTaken(Refused):
    """Another appointment bears this code."""

    def __init__(self, code: str) -> None:
        text = N_("Appointment code {code} is taken; make up another, best a random UUID.")
        super().__init__(text, code=code)


@dataclass(frozen=True, kw_only=True)
class Booking:
    """When a visit was agreed for; `begin_s` is seconds after local midnight."""

    date: date
    begin_s: int
    minutes: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class AppointmentFilter:
    """Which appointments are wanted: with a customer, within days (both inclusive)."""

    customer_code: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    cancelled: bool = False


def visible_to(asker: Asker) -> Select[Appointment, Customer]:
    """Appointments with the customers whose visits are the asker's to see."""
    query = select(Appointment, Customer).join(
        Customer, col(Appointment.customer_id) == Customer.id
    )
    reach = asker.reach(Realm.FIELD_WORK)
    if reach is Reach.EVERYTHING:
        return query
    if reach is Reach.NOTHING:
        return query.where(false())
    own = customers.visible_to(asker).with_only_columns(col(Customer.id))
    return query.where(col(Appointment.customer_id).in_(own))


def get(session: Session, asker: Asker, code: str, *, to_change: bool = False) -> AppointmentRow:
    """The appointment with this code, locked where it is to be changed and writers do not queue.

    Raises `AppointmentNotFound` when there is none for the asker.
    """
    query = visible_to(asker).where(Appointment.code == code)
    if to_change:
        query = query.with_for_update(of=Appointment)
    found = session.exec(query).one_or_none()
    if found is None:
        raise AppointmentNotFound(code)
    return found[0], found[1]


def with_code(session: Session, code: str) -> Appointment | None:
    """The appointment with a code, whosever it is: only to tell a repetition from a clash."""
    return session.exec(select(Appointment).where(Appointment.code == code)).one_or_none()


def in_order(
    session: Session,
    asker: Asker,
    wanted: AppointmentFilter,
    *,
    after: Place | None,
    limit: int,
) -> list[AppointmentRow]:
    """Up to `limit` appointments by day and time, those after a place in that order."""
    query = visible_to(asker).where(*_conditions(wanted))
    if after is not None:
        query = query.where(_behind(after))
    order = (col(Appointment.date), col(Appointment.begin_s), col(Appointment.id))
    rows = session.exec(query.order_by(*order).limit(limit)).all()
    return [(appointment, customer) for appointment, customer in rows]


def agree_with_report(session: Session, report: VisitReport, booking: Booking | None) -> None:
    """Make the appointments of the records those of a report just added or corrected.

    One that was called off stays so, unless the report says another time. What was agreed for a
    day before the visit is a slip, and books nothing.
    """
    if booking is not None and booking.date < report.visited_on:
        booking = None
    kept = None
    if report.version > 1:
        kept = session.exec(
            select(Appointment).where(Appointment.report_id == report.id)
        ).one_or_none()
    if booking is None:
        if kept is not None:
            kept.cancelled = True
        return
    if kept is None:
        kept = Appointment(
            code=f"{OF_REPORT}{report.id}",
            customer_id=report.customer_id,
            report_id=report.id,
            **vars(booking),
        )
        session.add(kept)
    elif any(getattr(kept, name) != value for name, value in vars(booking).items()):
        for name, value in vars(booking).items():
            setattr(kept, name, value)
        kept.cancelled = False
    session.flush()


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


def _conditions(wanted: AppointmentFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Appointment.cancelled).is_(wanted.cancelled)]
    if wanted.customer_code is not None:
        found.append(col(Customer.code) == wanted.customer_code)
    if wanted.first_day is not None:
        found.append(col(Appointment.date) >= wanted.first_day)
    if wanted.last_day is not None:
        found.append(col(Appointment.date) <= wanted.last_day)
    return found


def _behind(after: Place) -> ColumnElement[bool]:
    day, begin_s, number = after
    same_day = col(Appointment.date) == day
    same_time = and_(same_day, col(Appointment.begin_s) == begin_s)
    return or_(
        col(Appointment.date) > day,
        and_(same_day, col(Appointment.begin_s) > begin_s),
        and_(same_time, col(Appointment.id) > number),
    )
