"""Asking for an export, and what becomes of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, Export
from crm.rules.access import EXPORTS, Asker
from crm.rules.organisation import Place
from crm.store import approvals
from crm.store.house import exports
from crm.store.house.exports import ExportNotFound
from crm.text import N_
from crm.vocabulary import ApprovalMatter, ApprovalState, ExportKind
from field_api.errors import CODES, Forbidden, InvalidInput
from field_api.schemas.exports import ExportAnswer, ExportBody, ExportFilters, ExportState
from field_api.schemas.values import Page
from field_api.services.approvals import register
from field_api.services.data_exports.tables import MOST_ROWS, count
from field_api.services.data_exports.wanted import wanted_by
from field_api.services.pages import cursor, place
from field_api.settings import Settings

CODES |= {ExportNotFound: (404, "export_not_found")}
TITLES: dict[ExportKind, str] = {
    ExportKind.CUSTOMERS: N_("Export of customers, {rows} rows"),
    ExportKind.VISIT_REPORTS: N_("Export of visit reports, {rows} rows"),
    ExportKind.PROMISES: N_("Export of promises, {rows} rows"),
    ExportKind.PLANS: N_("Export of plans, {rows} rows"),
    ExportKind.REGION_YEARS: N_("Export of the region analysis, {rows} rows"),
}
STATES: dict[ApprovalState, ExportState] = {
    ApprovalState.OPEN: ExportState.WAITING,
    ApprovalState.APPROVED: ExportState.READY,
    ApprovalState.REFUSED: ExportState.REFUSED,
    ApprovalState.WITHDRAWN: ExportState.WITHDRAWN,
    ApprovalState.OVERTAKEN: ExportState.REFUSED,
}


def ask(
    database: Database, settings: Settings, asker: Asker, body: ExportBody, *, now: datetime
) -> ExportAnswer:
    """Ask for an export. Raises `Forbidden` for a kind that the asker does not take out,
    `RepNotFound`, `TerritoryNotFound`, `InvalidInput` for more rows than a file holds."""
    refuse_unless_exporting(asker, body.kind)
    with database.writing(by=asker, at=now) as session:
        wanted = wanted_by(session, asker, body.filters, today=now.date())
        rows = count(session, asker, body.kind, wanted)
        if rows > MOST_ROWS:
            raise InvalidInput(
                "body.filters",
                N_("That is {rows} rows; ask for {most} at most, say in several parts."),
                rows=rows,
                most=MOST_ROWS,
            )
        number = uuid4()
        approval = approvals.ask(
            session,
            asker,
            matter=ApprovalMatter.EXPORT,
            subject=str(number),
            title=TITLES[body.kind],
            title_params={"rows": rows},
            reason=body.reason,
            payload={
                "export_id": str(number),
                "kind": body.kind.value,
                "filters": body.filters.model_dump(mode="json", exclude_none=True),
                "hours": settings.export_hours,
            },
            size=rows,
            place=Place(district_id=asker.district_id, region_id=asker.region_id),
            now=now,
        )
        export = Export(
            id=number,
            kind=body.kind,
            filters=body.filters.model_dump(mode="json", exclude_none=True),
            reason=body.reason,
            asked_by_id=asker.user_id,
            asked_at=now,
            approval_id=approval.id,
        )
        session.add(export)
        session.flush()
        return answer(session, export, now)


def listed(
    database: Database, asker: Asker, *, after: str | None, limit: int, now: datetime
) -> Page[ExportAnswer]:
    """The asker's exports, the last asked for first."""
    before = place(after, lambda at, number: (_instant(at), UUID(number)))
    with database.reading() as session:
        found = exports.newest(session, asker, before=before, limit=limit + 1)
        shown = found[:limit]
        end = None
        if len(found) > limit:
            end = cursor(shown[-1].asked_at.isoformat(), str(shown[-1].id))
        return Page(items=[answer(session, one, now) for one in shown], next_cursor=end)


def may_export(asker: Asker, kind: ExportKind) -> bool:
    """Whether the asker takes out this kind."""
    return kind in EXPORTS.get(asker.role, frozenset())


def refuse_unless_exporting(asker: Asker, kind: ExportKind) -> None:
    """Raise `Forbidden` when the asker does not take out this kind."""
    if not may_export(asker, kind):
        raise Forbidden(N_("This table is taken out by others; ask your manager."))


def answer(session: Session, export: Export, now: datetime) -> ExportAnswer:
    """An export as it stands."""
    return ExportAnswer(
        id=export.id,
        kind=export.kind,
        filters=ExportFilters(**export.filters),
        reason=export.reason,
        state=state_of(session, export, now),
        approval_id=export.approval_id,
        asked_at=export.asked_at,
        expires_at=export.expires_at,
        fetched=export.fetched,
    )


def state_of(session: Session, export: Export, now: datetime) -> ExportState:
    """Whether an export waits, can be fetched, or no more."""
    state = STATES[exports.state_of(session, export)]
    over = export.expires_at is not None and export.expires_at <= now
    return ExportState.EXPIRED if state is ExportState.READY and over else state


def apply(session: Session, approval: Approval, now: datetime) -> dict[str, Any]:
    """Let the export be fetched from now on, for the hours that it was asked with."""
    expires_at = now + timedelta(hours=approval.payload["hours"])
    exports.approved(session, UUID(approval.payload["export_id"]), expires_at)
    return {"expires_at": expires_at.isoformat()}


register(ApprovalMatter.EXPORT, apply)


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at
