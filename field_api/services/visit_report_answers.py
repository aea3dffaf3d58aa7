"""How visit reports read when they are given back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from crm.models import Customer, Promise, Rep, ReportReview, VisitReport, VisitReportCorrection
from crm.rules.access import Asker
from crm.rules.promises import standing
from crm.rules.reports import day_of, is_valid_visit
from crm.store import promises, report_context, reports, reviews
from crm.vocabulary import ReportFlag
from field_api.schemas.visit_reports import (
    CorrectionAnswer,
    PromiseInReport,
    VisitReportAnswer,
    VisitReportBody,
)
from field_api.services.accounts import zone_of
from field_api.services.reviews import answer as review_answer
from field_api.settings import Settings


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
    said = reviews.of_reports(session, asker, ids)
    in_force = report_context.plans_in_force(session, found)
    corrections: dict[UUID, list[VisitReportCorrection]] = {}
    for correction in reports.corrections_of(session, asker, ids):
        corrections.setdefault(correction.report_id, []).append(correction)
    return [
        _answer(
            report,
            *names[report.id],
            made.get(report.id, []),
            corrections.get(report.id, []),
            said.get(report.id, []),
            in_force.get(report.id),
            settings,
            now,
        )
        for report in found
    ]


def _answer(
    report: VisitReport,
    customer: Customer,
    rep: Rep,
    made: list[Promise],
    corrections: list[VisitReportCorrection],
    said: list[ReportReview],
    plan_in_force_id: int | None,
    settings: Settings,
    now: datetime,
) -> VisitReportAnswer:
    today = day_of(now, zone_of(rep, settings))
    newest = corrections[-1].body if corrections else report.body
    return VisitReportAnswer(
        id=report.id,
        version=report.version,
        rep_code=rep.code,
        customer_code=customer.code,
        customer_name=customer.name,
        visited_on=report.visited_on,
        outcome=report.outcome,
        valid_visit=is_valid_visit(report.outcome, report.checked_out_at),
        distance_m=report.distance_m,
        far=report.far,
        leaving_distance_m=report.leaving_distance_m,
        verdict=report.verdict,
        flags=[ReportFlag(flag) for flag in report.flags],
        plan_in_force_id=plan_in_force_id,
        received_at=report.received_at,
        report=VisitReportBody.model_validate(newest),
        promises=[
            PromiseInReport(
                code=p.code,
                what=p.what,
                to_whom=p.to_whom,
                due=p.due,
                standing=standing(p.state, p.due, today=today, soon_days=settings.due_soon_days),
            )
            for p in made
        ],
        corrections=[
            CorrectionAnswer(id=c.id, version=c.version, reason=c.reason, received_at=c.received_at)
            for c in corrections
        ],
        reviews=[review_answer(review) for review in said],
    )
