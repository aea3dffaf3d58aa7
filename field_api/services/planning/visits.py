"""The visits due at one customer in a cycle: by the interval, and by what was promised."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from crm.models import Appointment, Customer, Promise
from crm.rules.cadence import due_visits, tolerance_days
from crm.rules.policy import DEFAULT_POLICY
from crm.text import N_
from crm.vocabulary import Grade, Purpose
from field_api.services.plans.notes import Note
from routing.problem import Commitment, Visit

SOON_DAYS = 2  # an overdue promise is to be kept within this many days of the cycle's start


def interval_of(customer: Customer) -> int:
    """Days from visit to visit: the customer's own, else what is usual."""
    return customer.interval_days or usual_interval_of(customer)


def usual_interval_of(customer: Customer) -> int:
    """Days from visit to visit of the grade and channel; ungraded counts as E."""
    usual = customer.usual_interval_days
    return int(usual or DEFAULT_POLICY[customer.grade or Grade.E].interval_days)


def service_s_of(customer: Customer) -> int:
    """Seconds that a visit takes: the customer's own, else those of grade and channel."""
    usual = customer.usual_service_minutes
    policy = DEFAULT_POLICY[customer.grade or Grade.E]
    return 60 * int(customer.service_minutes or usual or policy.service_minutes)


def purpose_of(customer: Customer) -> Purpose:
    """What a visit is for that is due by the interval."""
    return DEFAULT_POLICY[customer.grade or Grade.E].purpose


def booked_id(customer: Customer, code: str) -> str:
    """The id of the visit that an appointment asks for."""
    return f"{customer.code}@booked:{code}"


def promised_id(customer: Customer, code: str) -> str:
    """The id of a visit that only a promise asks for."""
    return f"{customer.code}@promise:{code}"


def booked(customer: Customer, appointment: Appointment) -> Visit:
    """The visit that an appointment asks for, not yet numbered."""
    return Visit(
        id=booked_id(customer, appointment.code),
        customer_id=customer.code,
        number=0,
        service_s=60 * appointment.minutes,
        earliest=appointment.date,
        latest=appointment.date,
        ideal=appointment.date,
        purpose=Purpose.APPOINTMENT,
        commitment=Commitment(kind="appointment", id=appointment.code, begin_s=appointment.begin_s),
    )


def due_at(
    customer: Customer,
    appointments: Sequence[Appointment],
    last_visit: date | None,
    first_day: date,
    last_day: date,
) -> list[Visit]:
    """The visits that the customer's interval asks for, with each appointment in the place of
    the one due about then; from an appointment on the interval is counted anew."""
    found: list[Visit] = []
    tolerance = timedelta(days=tolerance_days(interval_of(customer)))
    anchor, begin = last_visit, first_day
    for appointment in appointments:
        if appointment.date > last_day:
            continue
        until = appointment.date - tolerance - timedelta(days=1)
        found += _by_interval(customer, anchor, begin, until)
        found.append(booked(customer, appointment))
        anchor, begin = appointment.date, max(begin, appointment.date + timedelta(days=1))
    return _numbered(found + _by_interval(customer, anchor, begin, last_day))


def appointed(
    customer: Customer, visits: Sequence[Visit], appointments: Sequence[Appointment], last_day: date
) -> list[Visit]:
    """Visits already planned with appointments made since: each takes the place of the nearest
    free visit within the tolerance of the interval, or is one more."""
    found = list(visits)
    reach = tolerance_days(interval_of(customer))
    for appointment in appointments:
        if appointment.date > last_day:
            continue
        free = [v for v in found if v.commitment is None and _apart(v, appointment.date) <= reach]
        if free:
            found.remove(min(free, key=lambda visit: _apart(visit, appointment.date)))
        found.append(booked(customer, appointment))
    return _numbered(found)


def with_promises(
    customer: Customer,
    visits: Sequence[Visit],
    promises: Sequence[Promise],
    first_day: date,
    last_day: date,
) -> tuple[list[Visit], list[Note]]:
    """The visits with a deadline for each promise, and a note for each that is overdue.

    A promise is kept by the first visit that may be made on or before its due date; where none
    may, there is one more.
    """
    found, notes = list(visits), []
    for promise in promises:
        if promise.due > last_day:
            continue
        deadline = promise.due
        if deadline < first_day:
            deadline = min(last_day, first_day + timedelta(days=SOON_DAYS))
            notes.append(_overdue(customer, promise))
        if _kept_by_a_commitment(found, deadline):
            continue
        free = [v for v in found if v.commitment is None and v.earliest <= deadline]
        if free:
            visit = min(free, key=lambda visit: visit.number)
            found.remove(visit)
        else:
            visit = Visit(
                id=promised_id(customer, promise.code),
                customer_id=customer.code,
                number=0,
                service_s=service_s_of(customer),
                earliest=first_day,
                latest=deadline,
                ideal=deadline,
                purpose=Purpose.PROMISE,
            )
        found.append(
            replace(
                visit,
                latest=min(visit.latest, deadline),
                ideal=min(visit.ideal, deadline),
                purpose=Purpose.PROMISE,
                commitment=Commitment(kind="promise", id=promise.code),
            )
        )
        found = _numbered(found)
    return found, notes


def _by_interval(
    customer: Customer, last_visit: date | None, first_day: date, last_day: date
) -> list[Visit]:
    due = due_visits(
        code=customer.code,
        interval_days=interval_of(customer),
        last_visit=last_visit,
        first_day=first_day,
        last_day=last_day,
    )
    return [
        Visit(
            id=f"{customer.code}@{visit.due.isoformat()}",
            customer_id=customer.code,
            number=0,
            service_s=service_s_of(customer),
            earliest=visit.earliest,
            latest=visit.latest,
            ideal=visit.due,
            purpose=purpose_of(customer),
        )
        for visit in due
    ]


def _kept_by_a_commitment(visits: Sequence[Visit], deadline: date) -> bool:
    return any(visit.commitment is not None and visit.latest <= deadline for visit in visits)


def _overdue(customer: Customer, promise: Promise) -> Note:
    return Note(
        text=N_(
            "Promise {promise} to {customer} was due on {due}: it is planned as soon as can be."
        ),
        params={"promise": promise.code, "customer": customer.name, "due": promise.due.isoformat()},
    )


def _apart(visit: Visit, day: date) -> int:
    return abs((visit.ideal - day).days)


def _numbered(visits: Sequence[Visit]) -> list[Visit]:
    ordered = sorted(visits, key=lambda visit: (visit.ideal, visit.latest, visit.id))
    return [replace(visit, number=number) for number, visit in enumerate(ordered, start=1)]
