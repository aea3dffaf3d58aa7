"""Imports that were begun, seen by those who bring such files in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import ImportDraft, ImportLayout
from crm.rules.access import IMPORTS, Asker
from crm.store.house import audit
from crm.text import N_
from crm.vocabulary import ImportKind

NOUN = "import_draft"  # in the audit trail


class DraftNotFound(Refused):
    """No such begun import, or one of a kind that the asker does not bring in."""

    def __init__(self, draft_id: UUID) -> None:
        super().__init__(
            N_("There is no begun import {id} among yours; it may have been dropped."),
            id=str(draft_id),
        )


class DraftChanged(Refused):
    """Somebody else changed it since the asker looked."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This import was changed meanwhile, in another window or by somebody else. "
                "Nothing of yours was kept; load it again."
            )
        )


class DraftTaken(Refused):
    """It is in already."""

    def __init__(self) -> None:
        super().__init__(N_("This file has been imported already; nothing was done twice."))


def visible_to(asker: Asker) -> SelectOfScalar[ImportDraft]:
    """The begun imports of kinds that the asker brings in."""
    kinds = IMPORTS.get(asker.role, frozenset())
    return select(ImportDraft).where(col(ImportDraft.kind).in_(kinds))


def begin(session: Session, draft: ImportDraft) -> ImportDraft:
    """Keep a file that somebody wants to bring in."""
    session.add(draft)
    session.flush()
    details = {"kind": draft.kind.value, "filename": draft.filename, "rows": draft.rows}
    audit.record(session, "begin", noun=NOUN, key=str(draft.id), details=details)
    return draft


def listed(session: Session, asker: Asker, *, limit: int) -> list[ImportDraft]:
    """Those not taken in yet, the one touched last first; their files are not read."""
    query = visible_to(asker).where(col(ImportDraft.taken_at).is_(None))
    query = query.options(defer(ImportDraft.content), defer(ImportDraft.found))  # type: ignore[arg-type]
    order = (col(ImportDraft.changed_at).desc(), col(ImportDraft.id))
    return list(session.exec(query.order_by(*order).limit(limit)))


def get(session: Session, asker: Asker, draft_id: UUID) -> ImportDraft:
    """A begun import; `DraftNotFound` otherwise."""
    found = session.exec(visible_to(asker).where(ImportDraft.id == draft_id)).one_or_none()
    if found is None:
        raise DraftNotFound(draft_id)
    return found


def as_seen(session: Session, asker: Asker, draft_id: UUID, version: int) -> ImportDraft:
    """The same in the version that the asker saw; raises `DraftNotFound`, `DraftTaken`,
    `DraftChanged`."""
    return _unchanged(session, visible_to(asker), draft_id, version)


def to_change(session: Session, asker: Asker, draft_id: UUID, version: int) -> ImportDraft:
    """The same, locked. Raises as `as_seen` does."""
    return _unchanged(session, visible_to(asker).with_for_update(), draft_id, version)


def _unchanged(
    session: Session, query: SelectOfScalar[ImportDraft], draft_id: UUID, version: int
) -> ImportDraft:
    found = session.exec(query.where(ImportDraft.id == draft_id)).one_or_none()
    if found is None:
        raise DraftNotFound(draft_id)
    if found.taken_at is not None:
        raise DraftTaken
    if found.version != version:
        raise DraftChanged
    return found


def keep(session: Session, draft: ImportDraft, values: Mapping[str, Any], now: datetime) -> None:
    """Give a begun import other values, and its next version."""
    for name, value in values.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.changed_at = now
    session.add(draft)
    session.flush()


def drop(session: Session, draft: ImportDraft) -> None:
    """Forget a begun import with its file."""
    audit.record(
        session, "drop", noun=NOUN, key=str(draft.id), details={"filename": draft.filename}
    )
    session.delete(draft)
    session.flush()


def older_than(before: datetime) -> Any:
    """The statement that forgets begun imports that nobody touched since."""
    return delete(ImportDraft).where(col(ImportDraft.changed_at) < before)


def layout(session: Session, kind: ImportKind, fingerprint: str) -> ImportLayout | None:
    """How a file of such headings was mapped last; the same for everybody of the company."""
    query = select(ImportLayout).where(
        ImportLayout.kind == kind, ImportLayout.fingerprint == fingerprint
    )
    return session.exec(query).one_or_none()


def remember(
    session: Session,
    kind: ImportKind,
    fingerprint: str,
    *,
    columns: Mapping[str, str],
    system: str,
    now: datetime,
) -> None:
    """Keep how a layout was mapped, for the next file of it."""
    known = layout(session, kind, fingerprint) or ImportLayout(
        kind=kind, fingerprint=fingerprint, remembered_at=now
    )
    known.columns, known.system, known.remembered_at = dict(columns), system, now
    session.add(known)
    session.flush()
