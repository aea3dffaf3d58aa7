"""Filling a database from an archive, in one transaction: all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, delete, func, insert, inspect, select, table, text
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.schema import AddConstraint, DropConstraint
from sqlmodel import SQLModel

from crm.backup.kinds import Kind, plain_table
from crm.backup.manifest import DamagedArchive, Manifest
from crm.backup.read import Archive
from crm.database import Database
from crm.errors import Refused
from crm.migrate import FOLDER, alone, upgrade_on
from crm.text import N_

ROWS_AT_ONCE = 1000
MOST_NAMED = 6  # tables, in a message
REVISIONS = "alembic_version"  # the migrations' own table


class NotEmpty(Refused):
    """The database holds rows, and nobody said that they may go."""


def restore(
    database: Database,
    archive: Archive,
    *,
    replace: bool = False,
    before_it_counts: Callable[[Connection], None] = lambda _: None,
) -> dict[str, int]:
    """Fill an empty database; with `replace` one whose rows are destroyed, which are answered by
    table. The tables are made as they were when the archive was written, filled, and brought to
    this release. `before_it_counts` is called on the filled tables: what it raises undoes all.

    Raises `NotEmpty`, `DamagedArchive`, or Refused for tables of a release unknown here.
    """
    said = archive.manifest
    _refuse_unknown(said.revision)
    with alone(database.engine) as connection:
        if connection.dialect.name == "postgresql":  # which ends what idles: files take time
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        _refuse_unknown(MigrationContext.configure(connection).get_current_revision())
        there = rows_there(connection)
        if there and not replace:
            raise NotEmpty(
                N_(
                    "{database} is not empty: {rows}. Restore into an empty one, or add "
                    "--replace, which destroys them."
                ),
                database=database.engine.url.render_as_string(hide_password=True),
                rows=named(there),
            )
        _drop(connection)
        upgrade_on(connection, said.revision)
        _refuse_other_columns(connection, said)
        try:
            with _references_at_the_end(connection):
                _fill(connection, archive)
        except (DataError, IntegrityError) as error:
            raise DamagedArchive(
                N_("The archive's rows do not belong together: {cause}. Nothing was written."),
                cause=str(error.orig).splitlines()[0],
            ) from None
        _count_on(connection)
        upgrade_on(connection, "head")
        before_it_counts(connection)
    return there


def rows_there(connection: Connection) -> dict[str, int]:
    """How many rows each of our tables holds, without those that hold none."""
    found = {}
    for name in _ours(connection):
        count = connection.execute(select(func.count()).select_from(table(name))).scalar_one()
        if count and name != REVISIONS:
            found[name] = count
    return found


def named(rows: Mapping[str, int]) -> str:
    """Tables with their rows, the largest first."""
    ordered = sorted(rows.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{name} {count}" for name, count in ordered[:MOST_NAMED]]
    return ", ".join([*shown, "…"] if len(ordered) > MOST_NAMED else shown)


def _ours(connection: Connection) -> list[str]:
    """Our tables that are there; a PostgreSQL database may hold others' as well."""
    known = {*SQLModel.metadata.tables, REVISIONS}
    return sorted(known.intersection(inspect(connection).get_table_names()))


def _refuse_unknown(revision: str | None) -> None:
    known = {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}
    if revision is not None and revision not in known:
        raise Refused(
            N_("Tables at {revision} are unknown to this release; use the one that made them."),
            revision=revision,
        )


def _drop(connection: Connection) -> None:
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in _ours(connection):
        connection.execute(text(f'DROP TABLE "{name}"{cascade}'))


def _refuse_other_columns(connection: Connection, said: Manifest) -> None:
    """A part that is missing, or a column, would be lost without a word."""
    inspector = inspect(connection)
    made = {
        name: {column["name"] for column in inspector.get_columns(name)}
        for name in inspector.get_table_names()
        if name in _ours(connection) and name != REVISIONS
    }
    held = {part.table: set(part.columns) for part in said.tables}
    differing = sorted(name for name in made | held if made.get(name) != held.get(name))
    if differing:
        raise DamagedArchive(
            N_(
                "The archive's tables at {revision} are not this release's: {tables} differ. "
                "Use the release {release} that made it."
            ),
            revision=said.revision,
            tables=", ".join(differing),
            release=said.release,
        )


@contextmanager
def _references_at_the_end(connection: Connection) -> Iterator[None]:
    """Rows may come before those they refer to: what refers to nothing is refused at the end.
    (On SQLite whoever is `alone` has that already.)"""
    if connection.dialect.name != "postgresql":
        yield
        return
    found = MetaData()
    found.reflect(connection, only=_ours(connection))
    references = [r for t in found.sorted_tables for r in t.foreign_key_constraints]
    for reference in references:
        connection.execute(DropConstraint(reference))
    yield
    for reference in references:
        connection.execute(AddConstraint(reference))


def _fill(connection: Connection, archive: Archive) -> None:
    for part in archive.manifest.tables:
        connection.execute(delete(table(part.table)))  # what a migration may have put there
    for part in archive.manifest.tables:
        into = insert(plain_table(part.table, part.columns))
        for rows in _some_at_once(archive.rows(part)):
            connection.execute(into, rows)


def _some_at_once(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        yield some


def _count_on(connection: Connection) -> None:
    """PostgreSQL numbers new rows after the restored ones; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    inspector = inspect(connection)
    for name in _ours(connection):
        for key in inspector.get_pk_constraint(name)["constrained_columns"]:
            numbers = f"pg_get_serial_sequence('\"{name}\"', '{key}')"
            if connection.execute(text(f"SELECT {numbers}")).scalar_one() is None:
                continue
            highest = func.max(plain_table(name, {key: Kind.INTEGER}).c[key])
            if (last := connection.execute(select(highest)).scalar_one()) is not None:
                connection.execute(text(f"SELECT setval({numbers}, {int(last)})"))
