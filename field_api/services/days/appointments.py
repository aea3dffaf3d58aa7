"""Appointments: booked with customers, listed by day, called off."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import Appointment
from crm.rules.access import Asker
from crm.rules.times_of_day import read_time, write_time
from crm.spreadsheets.intake.appointments import clashes
from crm.store.customers import customers
from crm.store.days import appointments
from crm.store.days.appointments import (
    OF_REPORT,
    AppointmentCodeTaken,
    AppointmentFilter,
    AppointmentNotFound,
    AppointmentRow,
)
from crm.store.house import audit
from crm.text import N_
from field_api.digests import digest
from field_api.errors import InvalidInput
from field_api.schemas.appointments import AppointmentAnswer, AppointmentBody
from field_api.schemas.values import Page
from field_api.services.pages import cursor, place, row_number

WITHIN_DAY = "-"  # in a cursor, between the time and the row's number


def listed(
    database: Database, asker: Asker, wanted: AppointmentFilter, *, after: str | None, limit: int
) -> Page[AppointmentAnswer]:
    """The asker's appointments by day and time, in parts of at most `limit`."""
    behind = place(after, _place)
    with database.reading() as session:
        found = appointments.in_order(session, asker, wanted, after=behind, limit=limit + 1)
        shown, end = found[:limit], None
        if len(found) > limit:
            last = shown[-1][0]
            end = cursor(last.date.isoformat(), f"{last.begin_s}{WITHIN_DAY}{last.id}")
        return Page(items=_answers(session, asker, shown), next_cursor=end)


def book(
    database: Database, asker: Asker, body: AppointmentBody, *, now: datetime
) -> tuple[AppointmentAnswer, bool]:
    """Keep an appointment with a customer of the asker's; the same again changes nothing.

    Answers it and whether it is new. One that cannot be kept beside others is kept, and says so.
    Raises `CustomerNotFound`, `AppointmentCodeTaken` when the code was used otherwise.
    """
    sent = digest(body.model_dump(mode="json", exclude_defaults=True))
    if body.code.startswith(OF_REPORT):
        raise InvalidInput(
            "body.code",
            N_("Codes that begin with {prefix} are those of visit reports; make up another."),
            prefix=OF_REPORT,
        )

    def work(session: Session) -> tuple[AppointmentAnswer, bool]:
        kept = _kept(session, asker, body.code, sent)
        if kept is not None:
            return _answers(session, asker, [kept])[0], False
        customer = customers.get(session, asker, body.customer_code)
        customers.refuse_not_in_care(customer)
        begin_s = read_time(body.time)
        assert customer.id is not None
        assert begin_s is not None
        new = Appointment(
            code=body.code,
            customer_id=customer.id,
            date=body.date,
            begin_s=begin_s,
            minutes=body.minutes,
            note=body.note,
            sent_sha256=sent,
        )
        session.add(new)
        session.flush()
        details = {"customer": customer.code, "date": body.date.isoformat(), "time": body.time}
        audit.record(session, "book", noun="appointment", key=body.code, details=details)
        return _answers(session, asker, [(new, customer)])[0], True

    return database.written(work, by=asker, at=now)


def call_off(
    database: Database, asker: Asker, code: str, *, reason: str, now: datetime
) -> AppointmentAnswer:
    """Cancel an appointment; again changes nothing. Raises `AppointmentNotFound`."""

    def work(session: Session) -> AppointmentAnswer:
        appointment, customer = appointments.get(session, asker, code, to_change=True)
        if not appointment.cancelled:
            appointment.cancelled = True
            session.flush()
            audit.record(session, "call_off", noun="appointment", key=code, reason=reason)
        return _answers(session, asker, [(appointment, customer)])[0]

    return database.written(work, by=asker, at=now)


def _kept(session: Session, asker: Asker, code: str, sent: str) -> AppointmentRow | None:
    """The appointment that was made before from the same body, None when the code is free."""
    kept = appointments.with_code(session, code)
    if kept is None:
        return None
    if kept.sent_sha256 != sent:
        raise AppointmentCodeTaken(code)
    try:
        return appointments.get(session, asker, code)
    except AppointmentNotFound:
        raise AppointmentCodeTaken(code) from None


def _answers(
    session: Session, asker: Asker, rows: Sequence[AppointmentRow]
) -> list[AppointmentAnswer]:
    booked = appointments.booked_on(session, asker, {a.date for a, _ in rows})
    against: dict[str, list[str]] = {}
    for one, other in clashes(booked):
        against.setdefault(one, []).append(other)
        against.setdefault(other, []).append(one)
    return [
        AppointmentAnswer(
            code=a.code,
            customer_code=customer.code,
            customer_name=customer.name,
            date=a.date,
            time=write_time(a.begin_s),
            begin_s=a.begin_s,
            minutes=a.minutes,
            note=a.note,
            cancelled=a.cancelled,
            report_id=a.report_id,
            clashes_with=sorted(against.get(a.code, [])),
        )
        for a, customer in rows
    ]


def _place(day: str, within: str) -> appointments.Place:
    begin_s, _, number = within.partition(WITHIN_DAY)
    return date.fromisoformat(day), row_number(begin_s), row_number(number)
