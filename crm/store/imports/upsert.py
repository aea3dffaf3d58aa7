"""Many records into one table at once: added, changed or found the same, without a query a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlmodel import Session, SQLModel

from crm.spreadsheets.intake.records import Record
from crm.store.customers import unfit_times
from crm.store.imports.known import chunks

Key = tuple[Any, ...]
UNFIT_TIMES = "unfit_times"  # a customer's column that is kept in a table of its own


@dataclass(kw_only=True)
class Changes:
    """What an import did to one table. `was` and `became` hold the columns that differ."""

    table: str
    added: list[int] = field(default_factory=list)
    added_keys: list[Key] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)  # id, key, was, became
    unchanged: int = 0


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def upsert(
    session: Session,
    model: type[SQLModel],
    key_columns: Sequence[str],
    records: Sequence[Record],
) -> Changes:
    """Bring the records into the table, found again by their keys, which must be distinct."""
    table = table_of(model)
    changes = Changes(table=table.name)
    before = _existing(session, table, key_columns, records)
    new = [r for r in records if r.key not in before]
    old = [(before[r.key], r.values) for r in records if r.key in before]
    _insert(session, table, _defaults(model), key_columns, new, changes)
    _update(session, table, key_columns, old, changes)
    return changes


def _existing(
    session: Session, table: Table, key_columns: Sequence[str], records: Sequence[Record]
) -> dict[Key, Mapping[str, Any]]:
    """The columns of the rows there are that the records are compared with, by key."""
    first = table.c[key_columns[0]]
    given = set[str]().union(*(r.values for r in records))
    names = [c.name for c in table.c if c.name in given or c.name in ("id", *key_columns)]
    found: dict[Key, Mapping[str, Any]] = {}
    connection = session.connection()
    query = select(*(table.c[name] for name in names))
    for part in chunks(dict.fromkeys(r.key[0] for r in records)):
        for row in connection.execute(query.where(first.in_(part))).all():
            values = dict(zip(names, row, strict=True))
            found[tuple(values[name] for name in key_columns)] = values
    return found


def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    return {
        name: f.get_default(call_default_factory=True)
        for name, f in model.model_fields.items()
        if name != "id" and not f.is_required()
    }


def _insert(
    session: Session,
    table: Table,
    defaults: Mapping[str, Any],
    key_columns: Sequence[str],
    records: Sequence[Record],
    changes: Changes,
) -> None:
    if not records:
        return
    rows = [{**defaults, **r.new_only, **r.values} for r in records]
    parts = {r.key: row.pop(UNFIT_TIMES, ()) for r, row in zip(records, rows, strict=True)}
    returned = insert(table).returning(table.c.id, *(table.c[name] for name in key_columns))
    ids = {tuple(row[1:]): row[0] for row in session.connection().execute(returned, rows)}
    unfit_times.replace(session, {ids[key]: times for key, times in parts.items() if times})
    changes.added = sorted(ids.values())
    changes.added_keys = list(parts)


def _update(
    session: Session,
    table: Table,
    key_columns: Sequence[str],
    pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]],
    changes: Changes,
) -> None:
    with_times = [row["id"] for row, values in pairs if UNFIT_TIMES in values]
    times = unfit_times.of(session, with_times)
    for row, values in pairs:
        was = {
            name: times.get(row["id"], ()) if name == UNFIT_TIMES else row[name] for name in values
        }
        differing = [name for name, value in values.items() if was[name] != value]
        if differing:
            changes.changed.append(
                {
                    "id": row["id"],
                    "key": tuple(row[name] for name in key_columns),
                    "was": {name: was[name] for name in differing},
                    "became": {name: values[name] for name in differing},
                }
            )
        else:
            changes.unchanged += 1
    write_columns(session, table, [(c["id"], c["became"]) for c in changes.changed])


def write_columns(
    session: Session, table: Table, changed: Sequence[tuple[int, Mapping[str, Any]]]
) -> None:
    """Write some columns of some rows, in one statement for each set of columns. Rows that count
    their versions are a version further afterwards."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    new_times: dict[int, Any] = {}
    for id_, values in changed:
        columns = {name: value for name, value in values.items() if name != UNFIT_TIMES}
        if UNFIT_TIMES in values:
            new_times[id_] = values[UNFIT_TIMES]
        row = {f"new_{name}": value for name, value in columns.items()}
        by_columns.setdefault(tuple(sorted(columns)), []).append({"row_id": id_, **row})
    further = {"version": table.c.version + 1} if "version" in table.c else {}
    for names, rows in by_columns.items():
        new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        if new or further:
            statement = update(table).where(table.c.id == bindparam("row_id"))
            session.connection().execute(statement.values(new | further), rows)
    unfit_times.replace(session, new_times)
