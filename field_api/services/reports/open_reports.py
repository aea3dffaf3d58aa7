"""A visit report opened on the desk: with its stop, its versions and what was asked for there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, PlannedVisit, Rep, VisitReport
from crm.rules.access import Asker
from crm.rules.report_forms import Form
from crm.store import approvals
from crm.store.reports import report_forms, report_stops, reports
from field_api.schemas.approvals import StoryAnswer
from field_api.schemas.visit_reports import VisitReportAnswer, VisitReportBody
from field_api.services.approvals.telling import told
from field_api.services.people.accounts import zone_of
from field_api.services.reports.report_words import Change, ExtraSaid, changes_said, extras_said
from field_api.services.reports.visit_report_answers import answers
from field_api.settings import Settings
from field_api.terms import purpose_in_words
from field_api.wording import Language


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A version of a report: when it was sent, why it was corrected, and what was different."""

    number: int
    sent_at: datetime
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """The planned stop of a visit, as local times; `late_s`: by how much later than planned the
    rep checked in, negative: earlier."""

    date: date
    begin: datetime
    end: datetime
    position: int
    purpose_said: str
    late_s: int


@dataclass(frozen=True, kw_only=True)
class OpenReport:
    """A report with all that a manager looks at. Times are where the rep is. `requests` are what
    the rep asked for about the customer and nobody has decided yet."""

    report: VisitReportAnswer
    rep: Rep
    customer: Customer
    zone: ZoneInfo
    checked_in: datetime
    checked_out: datetime | None
    stop: Stop | None
    editions: list[Edition]
    extras: list[ExtraSaid]
    requests: list[StoryAnswer]

    @property
    def body(self) -> VisitReportBody:
        """What the newest version says."""
        return self.report.report

    @property
    def stayed_s(self) -> int | None:
        """How long the rep was there; None for one who did not check out."""
        if self.checked_out is None:
            return None
        return round((self.checked_out - self.checked_in).total_seconds())


def opened(
    database: Database,
    settings: Settings,
    asker: Asker,
    report_id: UUID,
    *,
    now: datetime,
    language: Language,
) -> OpenReport:
    """A report with all about it. Raises `ReportNotFound`."""
    with database.reading() as session:
        report = reports.get(session, asker, report_id)
        customer, rep = reports.names_of(session, [report])[report_id]
        answer = answers(session, settings, asker, [report], now)[0]
        zone = zone_of(rep, settings)
        planned = report_stops.planned(session, report, answer.plan_in_force_id)
        form = report_forms.form_of(session, customer.trade)
        waiting = approvals.open_about_customer(session, asker, customer.code)
        return OpenReport(
            report=answer,
            rep=rep,
            customer=customer,
            zone=zone,
            checked_in=report.checked_in_at.astimezone(zone),
            checked_out=report.checked_out_at and report.checked_out_at.astimezone(zone),
            stop=_stop(report, planned, zone, language) if planned else None,
            editions=_editions(session, report, zone, form, language),
            extras=extras_said(form, answer.report.extra, language),
            requests=[told(session, one, asker, now=now, language=language) for one in waiting],
        )


def _stop(report: VisitReport, planned: PlannedVisit, zone: ZoneInfo, language: Language) -> Stop:
    midnight = datetime(planned.date.year, planned.date.month, planned.date.day, tzinfo=zone)
    begin = midnight + timedelta(seconds=planned.begin_s)
    return Stop(
        date=planned.date,
        begin=begin,
        end=midnight + timedelta(seconds=planned.end_s),
        position=planned.position,
        purpose_said=purpose_in_words(language, planned.purpose),
        late_s=round((report.checked_in_at - begin).total_seconds()),
    )


def _editions(
    session: Session, report: VisitReport, zone: ZoneInfo, form: Form, language: Language
) -> list[Edition]:
    """All versions, the newest first."""
    found: list[Edition] = []
    before: Mapping[str, Any] = {}
    for version in report_stops.versions(session, report):
        found.append(
            Edition(
                number=version.number,
                sent_at=version.sent_at.astimezone(zone),
                reason=version.reason,
                changes=changes_said(form, before, version.body, language) if found else (),
            )
        )
        before = version.body
    return found[::-1]
