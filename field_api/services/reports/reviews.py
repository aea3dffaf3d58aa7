"""Managers' reviews of visit reports: said once, kept with the version that was read."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import ReportReview, VisitReport
from crm.rules.access import Asker
from crm.store.house import audit
from crm.store.people import messages
from crm.store.reports import reports, reviews
from crm.text import N_
from crm.vocabulary import ReviewVerdict
from field_api.errors import Conflict, InvalidInput
from field_api.schemas.reviews import ReviewAnswer, ReviewBody

SENT_BACK = N_("Your report of {day} on {customer} was sent back; please correct it.")


def review(
    database: Database,
    asker: Asker,
    report_id: UUID,
    review_id: UUID,
    body: ReviewBody,
    *,
    now: datetime,
) -> tuple[ReviewAnswer, bool]:
    """Keep what a manager says to a report; the same again changes nothing.

    Answers the review and whether it is new. Raises `ReportNotFound`, `Conflict` for another body
    under the same id, `InvalidInput` for a version that there is not.
    """

    def work(session: Session) -> tuple[ReviewAnswer, bool]:
        report = reports.get(session, asker, report_id, to_change=True)
        kept = reviews.with_id(session, review_id)
        if kept is not None:
            _refuse_another(kept, report_id, asker, body)
            return answer(kept), False
        if body.version is not None and body.version > report.version:
            raise InvalidInput(
                "body.version",
                N_("The report has {newest} versions, not {version}; read it again."),
                newest=report.version,
                version=body.version,
            )
        said = ReportReview(
            id=review_id,
            report_id=report_id,
            version=body.version or report.version,
            user_id=asker.user_id,
            actor=asker.name,
            verdict=body.verdict,
            comment=body.comment,
            at=now,
        )
        session.add(said)
        if said.version == report.version:
            report.verdict = body.verdict
        if body.verdict is ReviewVerdict.SENT_BACK:
            _tell_rep(session, report, said)
        audit.record(
            session,
            "review",
            noun="visit_report",
            key=str(report_id),
            reason=body.comment,
            details={"verdict": body.verdict.value, "version": said.version},
        )
        session.flush()
        return answer(said), True

    return database.written(work, by=asker, at=now)


def answer(kept: ReportReview) -> ReviewAnswer:
    """A review as it is given back."""
    return ReviewAnswer(
        id=kept.id,
        version=kept.version,
        verdict=kept.verdict,
        comment=kept.comment,
        by=kept.actor,
        at=kept.at,
    )


def _refuse_another(kept: ReportReview, report_id: UUID, asker: Asker, body: ReviewBody) -> None:
    said = (kept.report_id, kept.user_id, kept.verdict, kept.comment)
    same = said == (report_id, asker.user_id, body.verdict, body.comment)
    if not same or body.version not in (None, kept.version):
        raise Conflict(
            "review_differs",
            N_("Review {id} was sent before with another body; use a new id."),
            id=str(kept.id),
        )


def _tell_rep(session: Session, report: VisitReport, said: ReportReview) -> None:
    customer, rep = reports.names_of(session, [report])[report.id]
    messages.tell(
        session,
        messages.users_of_reps(session, [rep.id]),
        kind="report_sent_back",
        text=SENT_BACK,
        params={
            "day": report.visited_on.isoformat(),
            "customer": f"{customer.name} ({customer.code})",
        },
        key=f"review/{said.id}",
        noun="visit_report",
        subject=str(report.id),
        now=said.at,
    )
