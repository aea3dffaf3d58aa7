"""How visit reports read when they are given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.models import (
    Attachment,
    Customer,
    Promise,
    ReportReview,
    VisitReport,
    VisitReportCorrection,
)
from crm.rules.access import Asker
from crm.rules.promises import standing
from crm.rules.reports import day_of, is_valid_visit
from crm.store.promises import promises
from crm.store.reports import attachments, report_context, reports, reviews
from crm.vocabulary import ReportFlag
from field_api.schemas.visit_reports import (
    CorrectionAnswer,
    PromiseInReport,
    VisitReportAnswer,
    VisitReportBody,
)
from field_api.services.people.accounts import zone_of
from field_api.services.reports.attachments import answer as attachment_answer
from field_api.services.reports.reviews import answer as review_answer
from field_api.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What belongs to a report; `zone` is where its rep's days begin and end."""

    customer: Customer
    rep_code: str
    zone: ZoneInfo
    promises: Sequence[Promise]
    corrections: Sequence[VisitReportCorrection] = ()
    attachments: Sequence[Attachment] = ()
    reviews: Sequence[ReportReview] = ()
    plan_in_force_id: int | None = None


def answers(
    session: Session,
    settings: Settings,
    asker: Asker,
    found: Sequence[VisitReport],
    now: datetime,
) -> list[VisitReportAnswer]:
    """Reports that the asker was already let see, with all that belongs to them, in order."""
    ids = [report.id for report in found]
    names = reports.names_of(session, found)
    made = promises.of_reports(session, ids)
    photos = attachments.of_reports(session, ids)
    said = reviews.of_reports(session, asker, ids)
    in_force = report_context.plans_in_force(session, found)
    corrections: dict[UUID, list[VisitReportCorrection]] = {}
    for correction in reports.corrections_of(session, asker, ids):
        corrections.setdefault(correction.report_id, []).append(correction)
    return [
        answer_of(
            report,
            Parts(
                customer=names[report.id][0],
                rep_code=names[report.id][1].code,
                zone=zone_of(names[report.id][1], settings),
                promises=made.get(report.id, []),
                corrections=corrections.get(report.id, []),
                attachments=photos.get(report.id, []),
                reviews=said.get(report.id, []),
                plan_in_force_id=in_force.get(report.id),
            ),
            settings,
            now,
        )
        for report in found
    ]


def answer_of(
    report: VisitReport, parts: Parts, settings: Settings, now: datetime
) -> VisitReportAnswer:
    """A report that the asker was already let see, with its parts."""
    today = day_of(now, parts.zone)
    newest = parts.corrections[-1].body if parts.corrections else report.body
    return VisitReportAnswer(
        id=report.id,
        version=report.version,
        rep_code=parts.rep_code,
        customer_code=parts.customer.code,
        customer_name=parts.customer.name,
        visited_on=report.visited_on,
        outcome=report.outcome,
        valid_visit=is_valid_visit(report.outcome, report.checked_out_at),
        distance_m=report.distance_m,
        far=report.far,
        leaving_distance_m=report.leaving_distance_m,
        flags=[ReportFlag(flag) for flag in report.flags],
        plan_in_force_id=parts.plan_in_force_id,
        received_at=report.received_at,
        report=VisitReportBody.model_validate(newest),
        promises=[_promise(promise, today, settings) for promise in parts.promises],
        corrections=[
            CorrectionAnswer(id=c.id, version=c.version, reason=c.reason, received_at=c.received_at)
            for c in parts.corrections
        ],
        attachments=[attachment_answer(photo) for photo in parts.attachments],
        verdict=report.verdict,
        reviews=[review_answer(review) for review in parts.reviews],
    )


def _promise(promise: Promise, today: date, settings: Settings) -> PromiseInReport:
    return PromiseInReport(
        code=promise.code,
        what=promise.what,
        to_whom=promise.to_whom,
        due=promise.due,
        standing=standing(
            promise.state, promise.due, today=today, soon_days=settings.due_soon_days
        ),
    )
