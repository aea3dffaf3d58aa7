"""Bringing a database's tables to a revision: all of it or nothing, one process at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from crm.errors import Refused
from crm.text import N_

FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x63616C6C  # any number that nobody else locks in this database


def upgrade(engine: Engine, revision: str) -> None:
    """Forward to a revision; `Refused` when the tables are of a release unknown here."""
    with alone(engine) as connection:
        upgrade_on(connection, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Back to a revision, `base` for no tables; what only newer tables hold is lost."""
    with alone(engine) as connection:
        _run(connection, lambda config: command.downgrade(config, revision))


def upgrade_on(connection: Connection, revision: str) -> None:
    """Forward to a revision within a transaction that `alone` gave."""
    _run(connection, lambda config: command.upgrade(config, revision))


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """One transaction that two services started at once enter one after the other. In it tables
    may change; what refers to nothing at its end is refused."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            with _sqlite_alone(connection):
                yield connection
            return
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection


def _run(connection: Connection, work: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    try:
        work(config)
    except CommandError as error:
        raise Refused(
            N_("The database's tables are of a release that this one does not know: {cause}."),
            cause=error,
        ) from None


@contextmanager
def _sqlite_alone(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by writing it anew, which foreign keys would hinder: they are
    checked at the end instead. They can only be switched outside of a transaction."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():  # takes the write lock
            yield
            _refuse_orphans(connection)
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _refuse_orphans(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise Refused(
            N_("Rows of {tables} would refer to nothing; the tables are left as they were."),
            tables=", ".join(sorted({row[0] for row in orphans})),
        )
