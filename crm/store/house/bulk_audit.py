"""The audit trail of what is written in bulk: one entry, and the changed fields of its rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session

from crm.store.house import audit
from crm.store.imports.known import chunks
from crm.store.imports.upsert import Changes, table_of

_WATCHED = {table_of(model).name: (table_of(model), *how) for model, how in audit.WATCHED.items()}


def record_bulk(
    session: Session,
    action: str,
    *,
    noun: str,
    key: str,
    details: Mapping[str, Any],
    changes: Iterable[Changes],
    reason: str = "",
) -> int:
    """Add an entry and, for tables whose rows are watched, each field that was changed; rows
    that were added count in `details` only. Answers the entry's number."""
    entry = audit.record(session, action, noun=noun, key=key, details=details, reason=reason)
    for one in changes:
        if one.table in _WATCHED:
            table, watched, naming = _WATCHED[one.table]
            fields = _fields(session, table, naming, one.changed)
            audit.note_fields(session, entry, watched, fields)
    return entry


def _fields(
    session: Session, table: Table, naming: str, changed: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, audit.Change]]:
    names: dict[int, str] = {}
    for part in chunks(row["id"] for row in changed):
        query = select(table.c.id, table.c[naming]).where(table.c.id.in_(part))
        names |= {id_: str(name) for id_, name in session.connection().execute(query)}
    for row in changed:
        for field, before in row["was"].items():
            yield names[row["id"]], (field, before, row["became"][field])
