"""What managers say to visit reports."""

from uuid import UUID

from sqlmodel import Session, col, select

from crm.models import ReportReview, VisitReport
from crm.rules.access import Asker
from crm.store.reports import reports


def with_id(session: Session, review_id: UUID) -> ReportReview | None:
    """The review under an id, whosever it is: only to tell a repetition from a clash."""
    return session.get(ReportReview, review_id)


def of_reports(
    session: Session, asker: Asker, report_ids: list[UUID]
) -> dict[UUID, list[ReportReview]]:
    """The reviews of visible reports by report, the first said first."""
    seen = reports.visible_to(asker).where(col(VisitReport.id).in_(report_ids))
    ids = seen.with_only_columns(col(VisitReport.id))
    query = select(ReportReview).where(col(ReportReview.report_id).in_(ids))
    found: dict[UUID, list[ReportReview]] = {}
    for review in session.exec(query.order_by(col(ReportReview.at), col(ReportReview.id))):
        found.setdefault(review.report_id, []).append(review)
    return found
