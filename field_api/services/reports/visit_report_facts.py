"""What follows from the body of a visit report: the facts in its columns, refusals of what cannot
have been, promises and the next appointment."""

import unicodedata
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from crm.models import Customer, Promise, VisitReport
from crm.rules.places import metres_between
from crm.rules.report_flags import Reference, flags_of_customer, flags_of_plan, is_mirrored
from crm.rules.report_forms import faults_of
from crm.rules.reports import (
    FOUND_SOMEBODY,
    day_of,
    is_far,
    refuse_impossible_due,
    refuse_impossible_times,
)
from crm.rules.times_of_day import read_time
from crm.store.days import appointments
from crm.store.days.appointments import Booking
from crm.store.promises import promises
from crm.store.reports import report_context, report_forms, reports
from crm.vocabulary import ReportFlag
from field_api.auth import Caller
from field_api.schemas.visit_reports import Position, VisitReportBody
from field_api.settings import Settings

LONGEST_FIRST_LINE = 200


def facts(
    session: Session,
    settings: Settings,
    caller: Caller,
    body: VisitReportBody,
    customer: Customer,
    *,
    now: datetime,
) -> tuple[dict[str, Any], int | None]:
    """The columns of a report, and the plan in force on the day of the visit. Raises
    `ImpossibleTimes`."""
    refuse_impossible_times(body.checked_in_at, body.checked_out_at, now=now)
    visited_on = day_of(body.checked_in_at, caller.zone)
    for promise in body.promises:
        refuse_impossible_due(promise.due, made_on=visited_on)
    referred, flags = _standing(session, caller, body, customer, visited_on)
    distance, far = _from(body.position, customer, settings)
    leaving, far_on_leaving = _from(body.leaving_position, customer, settings)
    if far_on_leaving:
        flags.append(ReportFlag.FAR_ON_LEAVING)
    stood_far = [body.position] * far + [body.leaving_position] * far_on_leaving
    if any(stood and _is_mirrored(stood, customer, settings) for stood in stood_far):
        flags.append(ReportFlag.PLACE_DOUBTFUL)
    if body.outcome in FOUND_SOMEBODY and faults_of(
        body.extra, report_forms.form_of(session, customer.trade).fields
    ):
        flags.append(ReportFlag.FORM_INCOMPLETE)
    columns = {
        "planned_visit_id": body.planned_visit_id,
        "plan_id": referred.plan_id,
        "visited_on": visited_on,
        "checked_in_at": body.checked_in_at,
        "checked_out_at": body.checked_out_at,
        "outcome": body.outcome,
        "distance_m": distance,
        "far": far,
        "leaving_distance_m": leaving,
        "flags": [flag.value for flag in flags],
        "first_line": body.notes.partition("\n")[0].strip()[:LONGEST_FIRST_LINE],
        "search_text": searchable(
            "\n".join((body.notes, body.needs, body.objections, *body.competitors))
        ),
        "satisfaction": body.satisfaction,
    }
    return columns, referred.plan_in_force_id


def searchable(text: str) -> str:
    """Text in the form in which it is kept and asked for: the width and the case of letters make
    no difference, on every database the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def follow(
    session: Session, report: VisitReport, body: VisitReportBody, *, now: datetime, reason: str
) -> None:
    """What follows from a report: promises made, a visit booked, the visit counted."""
    made = [
        Promise(
            code=promise.code,
            customer_id=report.customer_id,
            owner_rep_id=report.rep_id,
            what=promise.what,
            to_whom=promise.to_whom,
            made_on=report.visited_on,
            due=promise.due,
            report_id=report.id,
        )
        for promise in body.promises
    ]
    promises.agree_with_report(session, report, made, now=now, reason=reason)
    appointments.agree_with_report(session, report, _booking(body))
    reports.settle_visit(session, report)


def _booking(body: VisitReportBody) -> Booking | None:
    agreed = body.next_visit
    begin_s = read_time(agreed.time) if agreed and agreed.time else None
    if agreed is None or begin_s is None:
        return None
    return Booking(date=agreed.date, begin_s=begin_s, minutes=agreed.minutes, note=agreed.note)


def _standing(
    session: Session, caller: Caller, body: VisitReportBody, customer: Customer, visited_on: date
) -> tuple[Reference, list[ReportFlag]]:
    found = report_context.reference(
        session,
        caller.asker,
        plan_id=body.plan_id,
        visit_id=body.planned_visit_id,
        on=visited_on,
    )
    own = report_context.is_own_customer(session, caller.asker, customer)
    flags = flags_of_plan(found, visited_on=visited_on)
    return found, flags + flags_of_customer(customer.status, own=own)


def _from(
    stood: Position | None, customer: Customer, settings: Settings
) -> tuple[int | None, bool]:
    if stood is None:
        return None, False
    distance = metres_between(stood.lat, stood.lon, customer.lat, customer.lon)
    return distance, is_far(distance, stood.accuracy_m, allowance_m=settings.far_m)


def _is_mirrored(stood: Position, customer: Customer, settings: Settings) -> bool:
    allowance_m = settings.far_m + round(stood.accuracy_m or 0)
    place = (customer.lat, customer.lon)
    return is_mirrored((stood.lat, stood.lon), place, allowance_m=allowance_m)
