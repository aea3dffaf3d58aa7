"""Visit reports: taken in exactly once, corrected by new versions, read back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import VisitReport, VisitReportCorrection
from crm.rules.access import Asker
from crm.store.house import audit
from crm.store.people import people
from crm.store.promises import promises
from crm.store.reports import report_context, reports
from crm.text import N_
from crm.vocabulary import Reviewed, VisitOutcome
from field_api import metrics
from field_api.auth import Caller
from field_api.digests import digest
from field_api.errors import Conflict, InvalidInput
from field_api.schemas.values import Page
from field_api.schemas.visit_reports import CorrectionBody, VisitReportAnswer, VisitReportBody
from field_api.services.pages import cursor, place
from field_api.services.reports.visit_report_answers import Parts, answer_of, answers
from field_api.services.reports.visit_report_facts import facts, follow, searchable
from field_api.settings import Settings


def submit(
    database: Database,
    settings: Settings,
    caller: Caller,
    report_id: UUID,
    body: VisitReportBody,
    *,
    now: datetime,
) -> tuple[VisitReportAnswer, bool]:
    """Keep a report with the visit and the promises that follow from it, all or nothing.

    Answers what is kept, and whether it is new; the same body again changes nothing. Raises
    `Conflict` for another body under the same id, `CustomerNotFound`, `ImpossibleTimes`,
    `PromiseCodeTaken`.
    """
    sent = body.model_dump(mode="json", exclude_defaults=True)

    def work(session: Session) -> tuple[VisitReportAnswer, bool]:
        kept = reports.with_id(session, report_id)
        if kept is not None and kept.rep_id == caller.asker.rep_id:
            _refuse_another_body(kept, digest(sent))
            return answers(session, settings, caller.asker, [kept], now)[0], False
        customer = report_context.get_customer(session, caller.asker, body.customer_code)
        if kept is not None:
            raise reports.ReportNotFound(report_id)
        assert customer.id is not None
        assert caller.asker.rep_id is not None
        columns, in_force = facts(session, settings, caller, body, customer, now=now)
        report = VisitReport(
            id=report_id,
            customer_id=customer.id,
            rep_id=caller.asker.rep_id,
            body=sent,
            body_sha256=digest(sent),
            received_at=now,
            **columns,
        )
        session.add(report)
        session.flush()
        follow(session, report, body, now=now, reason="")
        audit.record(session, "submit", noun="visit_report", key=str(report_id))
        made = promises.of_reports(session, [report_id]) if body.promises else {}
        parts = Parts(
            customer=customer,
            rep_code=caller.rep_code or "",
            zone=caller.zone,
            promises=made.get(report_id, []),
            plan_in_force_id=in_force,
        )
        return answer_of(report, parts, settings, now), True

    answer, new = database.written(work, by=caller.asker, at=now)
    metrics.REPORTS_KEPT.inc(new)
    return answer, new


def correct(
    database: Database,
    settings: Settings,
    caller: Caller,
    report_id: UUID,
    body: CorrectionBody,
    *,
    now: datetime,
) -> tuple[VisitReportAnswer, bool]:
    """Append a version; the same correction again changes nothing.

    Answers the report, and whether the correction is new. Raises `ReportNotFound`, `Conflict`
    for another body under the same correction's id, `InvalidInput` for another customer.
    """
    sent = body.report.model_dump(mode="json", exclude_defaults=True)
    digested = digest({"reason": body.reason, "report": sent})

    def work(session: Session) -> tuple[VisitReportAnswer, bool]:
        report = reports.get(session, caller.asker, report_id, to_change=True)
        kept = reports.correction_with_id(session, body.id)
        if kept is not None:
            if (kept.report_id, kept.body_sha256) != (report_id, digested):
                raise Conflict(
                    "correction_differs",
                    N_("Correction {id} was sent before with another body; use a new id."),
                    id=str(body.id),
                )
            return answers(session, settings, caller.asker, [report], now)[0], False
        customer, _ = reports.names_of(session, [report])[report_id]
        if customer.code != body.report.customer_code:
            raise InvalidInput(
                "body.report.customer_code",
                N_(
                    "The report is on customer {before}, the correction on {after}; correct the "
                    "outcome to not_met here and send a new report on {after}."
                ),
                before=customer.code,
                after=body.report.customer_code,
            )
        known, _ = facts(session, settings, caller, body.report, customer, now=now)
        for name, value in known.items():
            setattr(report, name, value)
        report.version += 1
        report.verdict = None  # nobody has looked at the new version
        correction = VisitReportCorrection(
            id=body.id,
            report_id=report_id,
            version=report.version,
            reason=body.reason,
            body=sent,
            body_sha256=digested,
            received_at=now,
        )
        session.add(correction)
        session.flush()
        follow(session, report, body.report, now=now, reason=body.reason)
        audit.record(
            session,
            "correct",
            noun="visit_report",
            key=str(report_id),
            reason=body.reason,
            details={"version": report.version},
        )
        return answers(session, settings, caller.asker, [report], now)[0], True

    return database.written(work, by=caller.asker, at=now)


def one(
    database: Database, settings: Settings, asker: Asker, report_id: UUID, *, now: datetime
) -> VisitReportAnswer:
    """A report of the asker's; `ReportNotFound` when there is none."""
    with database.reading() as session:
        report = reports.get(session, asker, report_id)
        return answers(session, settings, asker, [report], now)[0]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which reports are wanted: a rep's, on a customer, of visits within days (both inclusive);
    `q` is looked for in notes, needs, objections and competitors."""

    rep_code: str | None = None
    customer_code: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    outcome: VisitOutcome | None = None
    far: bool | None = None
    reviewed: Reviewed | None = None
    q: str = ""


def listed(
    database: Database,
    settings: Settings,
    asker: Asker,
    wanted: Wanted,
    *,
    after: str | None,
    limit: int,
    now: datetime,
) -> Page[VisitReportAnswer]:
    """The asker's reports, the last received first, in parts of at most `limit`."""
    before = place(after, lambda at, number: (_instant(at), UUID(number)))
    with database.reading() as session:
        selection = reports.ReportFilter(
            rep=people.get_rep(session, asker, wanted.rep_code) if wanted.rep_code else None,
            customer_code=wanted.customer_code,
            first_day=wanted.first_day,
            last_day=wanted.last_day,
            outcome=wanted.outcome,
            far=wanted.far,
            reviewed=wanted.reviewed,
            text=searchable(wanted.q),
        )
        found = reports.newest(session, asker, selection, limit=limit + 1, before=before)
        shown = found[:limit]
        more = len(found) > limit
        end = cursor(shown[-1].received_at.isoformat(), str(shown[-1].id)) if more else None
        return Page(items=answers(session, settings, asker, shown, now), next_cursor=end)


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at.astimezone(UTC)


def _refuse_another_body(kept: VisitReport, digested: str) -> None:
    if kept.body_sha256 != digested:
        raise Conflict(
            "report_differs",
            N_("Report {id} was sent before with another body; send a correction of it."),
            id=str(kept.id),
        )
