"""The audit trail: written in the transaction of what it tells of, read by those in charge.

Changes of watched rows are noted field by field without anybody asking for it; what is written
past the session (in bulk) is handed to `record` by whoever writes it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import insert, inspect
from sqlalchemy.orm import Session as AnySession
from sqlalchemy.orm import UOWTransaction
from sqlmodel import SQLModel

from crm.models import (
    AuditEntry,
    Customer,
    CustomerFact,
    FieldChange,
    KeyPerson,
    Rep,
    Territory,
    User,
)
from crm.rules.access import OPERATOR, Asker

BY, AT = "audit_by", "audit_at"  # of a session: who writes, and when
REASON = "audit_reason"  # why, for changes noted without being recorded
WATCHED: dict[type[SQLModel], tuple[str, str]] = {  # noun, and the field that names the row
    Customer: ("customer", "code"),
    KeyPerson: ("key_person", "id"),
    CustomerFact: ("customer_fact", "id"),
    Rep: ("rep", "code"),
    Territory: ("territory", "code"),
    User: ("user", "username"),
}
CONFIDENTIAL_FACT = "confidential_fact"  # a noun of its own: its contents are read nowhere else
UNTOLD = frozenset({"password_hash", "version"})  # said to have changed at most, never shown

_ENTRIES = AuditEntry.__table__  # type: ignore[attr-defined]
ADD_ENTRY = insert(_ENTRIES).returning(_ENTRIES.c.id)

Change = tuple[str, Any, Any]  # field, before, after


def record(
    session: AnySession,
    action: str,
    *,
    noun: str,
    key: str,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    changes: Iterable[Change] = (),
) -> int:
    """Add an entry by whoever the session writes for, and answer its number. `changes` are fields
    with their values before and after; `details` must be JSON."""
    by: Asker = session.info.get(BY, OPERATOR)
    connection = session.connection()  # past the unit of work: also while that is being flushed
    values = {
        "at": session.info[AT],
        "user_id": by.user_id,
        "actor": by.name,
        "role": by.role,
        "action": action,
        "noun": noun,
        "key": key,
        "reason": reason,
        "details": dict(details or {}),
        "request_id": by.request_id,
    }
    number = int(connection.execute(ADD_ENTRY, values).scalar_one())
    note_fields(session, number, noun, ((key, change) for change in changes))
    return number


def note_fields(
    session: AnySession, entry: int, noun: str, changes: Iterable[tuple[str, Change]]
) -> None:
    """Add to an entry the changed fields of many rows of a noun, each with its row's key."""
    rows = [
        {
            "entry_id": entry,
            "noun": noun,
            "key": key,
            "field": field,
            "before": _plain(before),
            "after": _plain(after),
        }
        for key, (field, before, after) in changes
    ]
    if rows:
        session.connection().execute(insert(FieldChange), rows)


def note_changes(session: AnySession, _context: UOWTransaction, _instances: Any) -> None:
    """Record what is about to change in watched rows; a listener of writing sessions."""
    for row in list(session.dirty):
        named = WATCHED.get(type(row))
        if named is None:
            continue
        noun, naming = named
        changes = list(_changes(row))
        if changes:
            record(
                session,
                "change",
                noun=CONFIDENTIAL_FACT if _is_confidential(row) else noun,
                key=str(getattr(row, naming)),
                reason=session.info.get(REASON, ""),
                changes=changes,
            )


def _is_confidential(row: Any) -> bool:
    """Whether a row is a confidential fact, or was one until now."""
    if not isinstance(row, CustomerFact):
        return False
    return row.confidential or bool(inspect(row).attrs.confidential.history.deleted)


def _changes(row: Any) -> Iterable[Change]:
    for attribute in inspect(row).attrs:
        history = attribute.history
        if not history.has_changes() or attribute.key == "version":
            continue
        before = history.deleted[0] if history.deleted else None
        after = history.added[0] if history.added else None
        if before == after:
            continue
        if attribute.key in UNTOLD:
            before = after = None
        yield attribute.key, before, after


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
