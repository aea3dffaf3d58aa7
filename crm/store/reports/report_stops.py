"""The stop that a visit report belongs to, and the words and days that a report had before."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from crm.models import PlannedVisit, VisitReport, VisitReportCorrection


@dataclass(frozen=True, kw_only=True)
class Version:
    """A report as it was sent: `number` from 1; `reason` why it was corrected, empty: the first."""

    number: int
    reason: str
    sent_at: Any
    body: dict[str, Any]


def planned(
    session: Session, report: VisitReport, plan_in_force_id: int | None
) -> PlannedVisit | None:
    """The stop of a report that the asker was already let see: in the plan that the rep had before
    the eyes, else in the one in force; None for a visit that was not planned."""
    for plan_id in (report.plan_id, plan_in_force_id):
        if plan_id is None or not report.planned_visit_id:
            continue
        query = select(PlannedVisit).where(
            PlannedVisit.plan_id == plan_id, PlannedVisit.visit_id == report.planned_visit_id
        )
        found = session.exec(query.order_by(col(PlannedVisit.id))).first()
        if found is not None:
            return found
    return None


def versions(session: Session, report: VisitReport) -> list[Version]:
    """All versions of a report that the asker was already let see, the first one first."""
    first = Version(number=1, reason="", sent_at=report.received_at, body=report.body)
    return [first, *_later(session, report.id)]


def _later(session: Session, report_id: UUID) -> list[Version]:
    query = (
        select(VisitReportCorrection)
        .where(VisitReportCorrection.report_id == report_id)
        .order_by(col(VisitReportCorrection.version))
    )
    return [
        Version(number=one.version, reason=one.reason, sent_at=one.received_at, body=one.body)
        for one in session.exec(query)
    ]
