"""Tables taken out of the house, seen by who asked for them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Approval, Export
from crm.rules.access import Asker
from crm.store.house import audit
from crm.text import N_
from crm.vocabulary import ApprovalState

NOUN = "export"  # in the audit trail


class ExportNotFound(Refused):
    """No such export, or another's: the two are not told apart."""

    def __init__(self, export_id: UUID) -> None:
        super().__init__(N_("There is no export {id} among yours."), id=str(export_id))


def visible_to(asker: Asker) -> SelectOfScalar[Export]:
    """The exports that the asker asked for."""
    return select(Export).where(Export.asked_by_id == asker.user_id)


def get(session: Session, asker: Asker, export_id: UUID) -> Export:
    """An export of the asker's; `ExportNotFound` otherwise."""
    found = session.exec(visible_to(asker).where(Export.id == export_id)).one_or_none()
    if found is None:
        raise ExportNotFound(export_id)
    return found


def newest(
    session: Session, asker: Asker, *, before: tuple[datetime, UUID] | None, limit: int
) -> list[Export]:
    """Up to `limit` exports of the asker's, the last asked for first, those after a place."""
    query = visible_to(asker)
    if before is not None:
        at, number = before
        same = and_(col(Export.asked_at) == at, col(Export.id) < number)
        query = query.where(or_(col(Export.asked_at) < at, same))
    order = (col(Export.asked_at).desc(), col(Export.id).desc())
    return list(session.exec(query.order_by(*order).limit(limit)))


def state_of(session: Session, export: Export) -> ApprovalState:
    """How the approval of an export stands."""
    query = select(Approval.state).where(Approval.id == export.approval_id)
    return ApprovalState(session.exec(query).one())


def approved(session: Session, export_id: UUID, expires_at: datetime) -> None:
    """Let an export be fetched until an instant; called when its approval is through."""
    export = session.exec(select(Export).where(Export.id == export_id)).one()
    export.expires_at = expires_at
    session.flush()


def note_fetched(session: Session, export: Export, *, file_format: str, rows: int) -> None:
    """Count a copy that goes out, and tell of it in the audit trail."""
    export.fetched += 1
    session.add(export)
    audit.record(
        session,
        "fetch",
        noun=NOUN,
        key=str(export.id),
        reason=export.reason,
        details={"kind": export.kind.value, "format": file_format, "rows": rows},
    )
    session.flush()
