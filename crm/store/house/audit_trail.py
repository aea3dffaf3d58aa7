"""Reading the audit trail: what was done to a noun, and what its fields were before."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import AuditEntry, FieldChange, User
from crm.rules.access import Asker
from crm.store.house import audit_scope
from crm.store.house.audit import CONFIDENTIAL_FACT
from crm.store.imports.known import chunks
from crm.text import N_

Past = tuple[FieldChange, AuditEntry]


class AuditEntryNotFound(Refused):
    """No such entry, or not one of the asker's: the two are not told apart."""

    def __init__(self, number: int) -> None:
        super().__init__(N_("There is no entry {number} among yours."), number=number)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries; None and empty: whatever. Instants are aware, `until` is not included."""

    noun: str = ""
    key: str = ""
    action: str = ""
    username: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries(
    session: Session, asker: Asker, wanted: Wanted, *, before: int | None, limit: int
) -> list[AuditEntry]:
    """Up to `limit` of the entries that the asker may see, the newest first, those before a
    number."""
    query = visible_to(asker)
    for column, value in (
        (AuditEntry.noun, wanted.noun),
        (AuditEntry.key, wanted.key),
        (AuditEntry.action, wanted.action),
    ):
        if value:
            query = query.where(col(column) == value)
    if wanted.username:
        named = select(User.id).where(User.username == wanted.username)
        query = query.where(col(AuditEntry.user_id).in_(named))
    if wanted.since is not None:
        query = query.where(col(AuditEntry.at) >= wanted.since)
    if wanted.until is not None:
        query = query.where(col(AuditEntry.at) < wanted.until)
    if before is not None:
        query = query.where(col(AuditEntry.id) < before)
    return list(session.exec(query.order_by(col(AuditEntry.id).desc()).limit(limit)))


def newest_of(session: Session, *, noun: str, action: str) -> AuditEntry | None:
    """The last entry of a kind, for those who were let know of it."""
    query = select(AuditEntry).where(AuditEntry.noun == noun, AuditEntry.action == action)
    return session.exec(query.order_by(col(AuditEntry.id).desc()).limit(1)).first()


def visible_to(asker: Asker) -> SelectOfScalar[AuditEntry]:
    """The entries that are the asker's to see: of those without a boundary all, of a manager of a
    district or region those on what lies there now."""
    return select(AuditEntry).where(audit_scope.are_visible_to(asker))


def get(session: Session, asker: Asker, number: int) -> AuditEntry:
    """The entry with this number; `AuditEntryNotFound` when there is none for the asker."""
    found = session.exec(visible_to(asker).where(AuditEntry.id == number)).one_or_none()
    if found is None:
        raise AuditEntryNotFound(number)
    return found


def first_changes(
    session: Session, entry_ids: list[int], *, most: int
) -> dict[int, list[FieldChange]]:
    """Up to `most` of the fields that changed with each of some entries which the asker was let
    see, by entry."""
    place = func.row_number().over(
        partition_by=col(FieldChange.entry_id), order_by=col(FieldChange.id)
    )
    found: dict[int, list[FieldChange]] = {}
    for part in chunks(entry_ids):
        counted = (
            select(FieldChange, place.label("place"))
            .where(col(FieldChange.entry_id).in_(part))
            .subquery()
        )
        change = aliased(FieldChange, counted)
        query = select(change).where(counted.c.place <= most).order_by(counted.c.id)
        for row in session.exec(query):
            found.setdefault(row.entry_id, []).append(row)
    return found


def changes_of(
    session: Session, entry: AuditEntry, *, after: int | None, limit: int
) -> list[FieldChange]:
    """Up to `limit` of the fields that changed with an entry which the asker was let see, those
    after a change's number."""
    query = select(FieldChange).where(FieldChange.entry_id == entry.id)
    if after is not None:
        query = query.where(col(FieldChange.id) > after)
    return list(session.exec(query.order_by(col(FieldChange.id)).limit(limit)))


def history(
    session: Session,
    noun: str,
    key: str,
    *,
    field: str = "",
    before: int | None = None,
    limit: int,
) -> list[Past]:
    """Up to `limit` changes of a row that the asker was let see, or of one of its fields, the
    newest first, those before a change's number."""
    query = (
        select(FieldChange, AuditEntry)
        .join(AuditEntry, col(AuditEntry.id) == FieldChange.entry_id)
        .where(FieldChange.noun == noun, FieldChange.key == key)
    )
    if field:
        query = query.where(FieldChange.field == field)
    if before is not None:
        query = query.where(col(FieldChange.id) < before)
    found = session.exec(query.order_by(col(FieldChange.id).desc()).limit(limit))
    return [(change, entry) for change, entry in found]


def earlier_contents(session: Session, numbers: list[int]) -> dict[int, list[Past]]:
    """What confidential facts were before, by fact, the newest first: for who opened the file."""
    found: dict[int, list[Past]] = {}
    for part in chunks([str(number) for number in numbers]):
        query = (
            select(FieldChange, AuditEntry)
            .join(AuditEntry, col(AuditEntry.id) == FieldChange.entry_id)
            .where(FieldChange.noun == CONFIDENTIAL_FACT, col(FieldChange.key).in_(part))
        )
        for change, entry in session.exec(query.order_by(col(FieldChange.id).desc())):
            found.setdefault(int(change.key), []).append((change, entry))
    return found
