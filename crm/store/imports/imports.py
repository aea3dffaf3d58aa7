"""Import batches: kept with what is needed to take the last of them back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Date, DateTime, Table, delete, null, select, update
from sqlalchemy.orm import defer
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_model
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Customer, ImportBatch, Promise
from crm.rules.access import IMPORTS, Asker
from crm.store.customers import unfit_times
from crm.store.house.bulk_audit import record_bulk
from crm.store.imports.known import chunks
from crm.store.imports.upsert import UNFIT_TIMES, Changes, table_of, write_columns
from crm.text import N_
from crm.vocabulary import ImportKind, PromiseState


class CannotUndo(Refused):
    """The last import cannot be taken back, and why."""


class ImportNotFound(Refused):
    """No import of this number, or none of a kind that the asker brings in."""

    def __init__(self, number: int) -> None:
        super().__init__(N_("There is no import {number} among yours."), number=number)


def keep_batch(
    session: Session,
    *,
    kind: ImportKind,
    filename: str,
    at: datetime,
    asker: Asker,
    changes: Sequence[Changes],
    counted: Changes,
) -> ImportBatch:
    """Keep an import that changed something, with its entry in the audit trail. `changes` are in
    the order in which they were made, `counted` is the one whose rows are the file's."""
    batch = ImportBatch(
        kind=kind,
        filename=filename[-255:],
        imported_at=at,
        imported_by=asker.name,
        added=len(counted.added),
        changed=len(counted.changed),
        unchanged=counted.unchanged,
        before=[
            {"table": c.table, "added": c.added, "changed": [_stored(x) for x in c.changed]}
            for c in changes
        ],
    )
    session.add(batch)
    session.flush()
    record_bulk(
        session, "import", noun="import", key=str(batch.id), details=_told(batch), changes=changes
    )
    return batch


def listed(session: Session, asker: Asker, *, before: int | None, limit: int) -> list[ImportBatch]:
    """Imports of the kinds that the asker brings in, the newest first, from before a number on.
    What is needed to take them back is not read."""
    query = _visible_to(asker).options(defer(ImportBatch.before))  # type: ignore[arg-type]
    if before is not None:
        query = query.where(col(ImportBatch.id) < before)
    return list(session.exec(query.order_by(col(ImportBatch.id).desc()).limit(limit)))


def get(session: Session, asker: Asker, number: int) -> ImportBatch:
    """An import of a kind that the asker brings in; `ImportNotFound` otherwise."""
    found = session.exec(_visible_to(asker).where(ImportBatch.id == number)).one_or_none()
    if found is None:
        raise ImportNotFound(number)
    return found


def _visible_to(asker: Asker) -> SelectOfScalar[ImportBatch]:
    kinds = IMPORTS.get(asker.role, frozenset())
    return select_model(ImportBatch).where(col(ImportBatch.kind).in_(kinds))


def last_number(session: Session) -> int | None:
    """The number of the newest import not taken back yet: the one that can be."""
    query = select_model(ImportBatch.id).where(col(ImportBatch.undone_at).is_(None))
    return session.exec(query.order_by(col(ImportBatch.id).desc()).limit(1)).one_or_none()


def last_batch(session: Session) -> ImportBatch:
    """The newest import not taken back yet; `CannotUndo` when there is none."""
    query = select_model(ImportBatch).where(col(ImportBatch.undone_at).is_(None))
    found = session.exec(query.order_by(col(ImportBatch.id).desc()).limit(1)).one_or_none()
    if found is None:
        raise CannotUndo(N_("There is no import to take back."))
    return found


def undo(session: Session, batch: ImportBatch, at: datetime) -> None:
    """Take a batch back: rows it added go, columns it changed are as before.

    Raises `CannotUndo`, and changes nothing, when an added row is needed by later data, a changed
    column was changed again or an added promise was closed.
    """
    tables = SQLModel.metadata.tables
    for entry in batch.before:
        _check_unchanged_since(session, tables[entry["table"]], entry["changed"])
        _check_not_needed(session, tables[entry["table"]], entry["added"], batch.before)
        if entry["table"] == table_of(Promise).name:
            _check_still_open(session, entry["added"])
    for entry in reversed(batch.before):
        table = tables[entry["table"]]
        restored = [(c["id"], _loaded(table, c["was"])) for c in entry["changed"]]
        write_columns(session, table, restored)
        _delete(session, table, entry["added"])
    batch.undone_at = at
    session.add(batch)
    session.flush()
    back = [_taken_back(entry) for entry in batch.before]
    record_bulk(
        session, "undo", noun="import", key=str(batch.id), details=_told(batch), changes=back
    )


def _told(batch: ImportBatch) -> dict[str, Any]:
    return {
        "kind": batch.kind.value,
        "filename": batch.filename,
        "added": batch.added,
        "changed": batch.changed,
        "unchanged": batch.unchanged,
    }


def _taken_back(entry: Mapping[str, Any]) -> Changes:
    changed = [{"id": c["id"], "was": c["became"], "became": c["was"]} for c in entry["changed"]]
    return Changes(table=entry["table"], changed=changed)


def _delete(session: Session, table: Table, ids: Sequence[int]) -> None:
    customer = table_of(Customer)
    for part in chunks(ids):
        if table.name == "territory":  # membership is worked out again afterwards
            session.connection().execute(
                update(customer)
                .where(customer.c.territory_id.in_(part))
                .values(territory_id=null())
            )
        session.connection().execute(delete(table).where(table.c.id.in_(part)))


def _check_unchanged_since(
    session: Session, table: Table, changed: Sequence[Mapping[str, Any]]
) -> None:
    became = {c["id"]: _loaded(table, c["became"]) for c in changed}
    for part in chunks(became):
        times = unfit_times.of(session, part) if table.name == "customer" else {}
        query = select(table).where(table.c.id.in_(part))
        for row in session.connection().execute(query).mappings():
            for name, value in became[row["id"]].items():
                now = times.get(row["id"], ()) if name == UNFIT_TIMES else row[name]
                if now != value:
                    raise CannotUndo(
                        N_("{table} {code} was changed again after the import ({column})."),
                        table=table.name,
                        code=row.get("code", row["id"]),
                        column=name,
                    )


def _check_still_open(session: Session, added: Sequence[int]) -> None:
    """What was said when a promise was closed must not go with it."""
    for part in chunks(added):
        query = select_model(Promise).where(col(Promise.id).in_(part))
        closed = query.where(col(Promise.state) != PromiseState.OPEN).order_by(col(Promise.code))
        if (promise := session.exec(closed.limit(1)).first()) is not None:
            raise CannotUndo(N_("Promise {code} was closed after the import."), code=promise.code)


def _check_not_needed(
    session: Session, table: Table, added: Sequence[int], batch: Sequence[Mapping[str, Any]]
) -> None:
    own = {entry["table"]: set(entry["added"]) for entry in batch}
    for other, column in _references(table):
        needing = 0
        for part in chunks(added):
            query = select(other.c.id).where(column.in_(part))
            found = session.connection().execute(query).scalars()
            needing += len(set(found) - own.get(other.name, set()))
        if needing:
            raise CannotUndo(
                N_("{count} rows of {other} came later and need what the import added to {table}."),
                count=needing,
                other=other.name,
                table=table.name,
            )


def _references(table: Table) -> list[tuple[Table, Column[Any]]]:
    """Columns of other tables that point here, except those that follow by themselves."""
    return [
        (other, key.parent)
        for other in SQLModel.metadata.sorted_tables
        for key in sorted(other.foreign_keys, key=lambda k: k.parent.name)
        if key.column.table is table
        and key.ondelete is None
        and (other.name, key.parent.name) != ("customer", "territory_id")
    ]


def _stored(changed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": changed["id"],
        "was": {name: _plain(value) for name, value in changed["was"].items()},
        "became": {name: _plain(value) for name, value in changed["became"].items()},
    }


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _loaded(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as they were before they were kept as JSON."""
    loaded: dict[str, Any] = {}
    for name, value in values.items():
        if name == UNFIT_TIMES:
            loaded[name] = tuple(tuple(part) for part in value)
        elif isinstance(value, str) and isinstance(table.c[name].type, Date):
            loaded[name] = date.fromisoformat(value)
        elif isinstance(value, str) and isinstance(table.c[name].type, DateTime):
            loaded[name] = datetime.fromisoformat(value)
        else:
            loaded[name] = value
    return loaded
