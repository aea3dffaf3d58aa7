"""Visit reports, promises and plans as exports."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.models import Customer, CyclePlan, PlannedVisit, Promise, Rep, VisitReport
from crm.rules.access import Asker
from crm.rules.times_of_day import write_time
from crm.spreadsheets.workbook import Value
from crm.store.imports.known import chunks
from crm.store.people import people
from crm.store.promises import promises
from crm.store.reports import reports
from crm.text import N_
from crm.vocabulary import PlanState
from field_api.address import address
from field_api.schemas.visit_reports import VisitReportAnswer
from field_api.services.data_exports.wanted import ExportTable, Headings, Wanted, columns
from field_api.services.reports.visit_report_answers import answers
from field_api.settings import Settings
from field_api.terms import purpose_in_words
from field_api.wording import Language

REPORTS_AT_ONCE = 500
REPORTS: Headings = (
    (N_("Report"), 38),
    (N_("Rep"), 10),
    (N_("Date"), 12),
    (N_("Customer"), 12),
    (N_("Name"), 32),
    (N_("Checked in (UTC)"), 20),
    (N_("Checked out (UTC)"), 20),
    (N_("Outcome"), 14),
    (N_("Valid visit"), 10),
    (N_("Distance (m)"), 12),
    (N_("Far"), 7),
    (N_("Person met"), 24),
    (N_("Needs"), 40),
    (N_("Objections"), 40),
    (N_("Competitors"), 40),
    (N_("Credit changes"), 24),
    (N_("Satisfaction"), 12),
    (N_("Notes"), 40),
    (N_("Next visit"), 12),
    (N_("Version"), 8),
)
PROMISES: Headings = (
    (N_("Promise"), 38),
    (N_("Customer"), 12),
    (N_("Name"), 32),
    (N_("Promised"), 40),
    (N_("To whom"), 20),
    (N_("Made on"), 12),
    (N_("Due"), 12),
    (N_("Rep"), 10),
    (N_("State"), 12),
    (N_("Closed (UTC)"), 20),
    (N_("Evidence or reason"), 40),
)
PLANS: Headings = (
    (N_("Rep"), 10),
    (N_("Rep's name"), 18),
    (N_("Date"), 12),
    (N_("Order"), 7),
    (N_("Begin"), 8),
    (N_("End"), 8),
    (N_("Customer"), 12),
    (N_("Name"), 32),
    (N_("Purpose"), 20),
    (N_("Address"), 34),
)


def reports_query(asker: Asker, wanted: Wanted) -> SelectOfScalar[VisitReport]:
    """The visit reports wanted, as far as the asker sees them."""
    query = reports.visible_to(asker).where(*wanted.between(VisitReport.visited_on))
    return query if wanted.rep is None else query.where(VisitReport.rep_id == wanted.rep.id)


def promises_query(asker: Asker, wanted: Wanted) -> Any:
    """The promises wanted with customer and owner, as far as the asker sees them."""
    query = promises.visible_to(asker).where(*wanted.between(Promise.due))
    return query if wanted.rep is None else query.where(Promise.owner_rep_id == wanted.rep.id)


def plans_query(asker: Asker, wanted: Wanted) -> Any:
    """The visits of published plans wanted, with plan, rep and customer."""
    seen = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    query = (
        select(PlannedVisit, Rep, Customer)
        .join(CyclePlan, col(PlannedVisit.plan_id) == CyclePlan.id)
        .join(Rep, col(CyclePlan.rep_id) == Rep.id)
        .join(Customer, col(PlannedVisit.customer_id) == Customer.id)
        .where(
            CyclePlan.state == PlanState.PUBLISHED,
            col(PlannedVisit.date) <= CyclePlan.last_day,
            col(Rep.id).in_(seen),
            *wanted.between(PlannedVisit.date),
        )
    )
    return query if wanted.rep is None else query.where(Rep.id == wanted.rep.id)


def reports_table(
    session: Session,
    settings: Settings,
    asker: Asker,
    wanted: Wanted,
    *,
    now: datetime,
    language: Language,
) -> ExportTable:
    """Each report in its newest version, by day."""
    query = reports_query(asker, wanted)
    order = (col(VisitReport.visited_on), col(VisitReport.checked_in_at), col(VisitReport.id))
    rows: list[tuple[Value, ...]] = []
    for part in chunks(session.exec(query.order_by(*order)), REPORTS_AT_ONCE):
        rows += [_report(told) for told in answers(session, settings, asker, part, now)]
    return ExportTable(columns=columns(REPORTS, language), rows=rows)


def promises_table(
    session: Session, asker: Asker, wanted: Wanted, *, language: Language
) -> ExportTable:
    """Each promise, by due day."""
    query = promises_query(asker, wanted).order_by(col(Promise.due), col(Promise.id))
    rows: list[tuple[Value, ...]] = [
        (
            promise.code,
            customer.code,
            customer.name,
            promise.what,
            promise.to_whom,
            promise.made_on,
            promise.due,
            owner.code if owner else None,
            promise.state.value,
            _utc(promise.closed_at),
            promise.evidence,
        )
        for promise, customer, owner in session.exec(query)
    ]
    return ExportTable(columns=columns(PROMISES, language), rows=rows)


def plans_table(
    session: Session, asker: Asker, wanted: Wanted, *, language: Language
) -> ExportTable:
    """Each planned visit in force, by rep and day."""
    order = (Rep.code, col(PlannedVisit.date), col(PlannedVisit.begin_s))
    rows: list[tuple[Value, ...]] = [
        (
            rep.code,
            rep.name,
            visit.date,
            visit.position,
            write_time(visit.begin_s),
            write_time(visit.end_s),
            customer.code,
            customer.name,
            purpose_in_words(language, visit.purpose),
            address(customer.street, customer.postcode, customer.city),
        )
        for visit, rep, customer in session.exec(plans_query(asker, wanted).order_by(*order))
    ]
    return ExportTable(columns=columns(PLANS, language), rows=rows)


def _report(told: VisitReportAnswer) -> tuple[Value, ...]:
    report = told.report
    met = report.person_met
    return (
        str(told.id),
        told.rep_code,
        told.visited_on,
        told.customer_code,
        told.customer_name,
        _utc(report.checked_in_at),
        _utc(report.checked_out_at),
        told.outcome.value,
        int(told.valid_visit),
        told.distance_m,
        int(told.far),
        ", ".join(filter(None, (met.name, met.post))) if met else None,
        report.needs,
        report.objections,
        "; ".join(report.competitors),
        report.credit_change,
        report.satisfaction,
        report.notes,
        report.next_visit.date if report.next_visit else None,
        told.version,
    )


def _utc(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else None
