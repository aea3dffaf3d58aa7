"""The database: one engine, reading and writing sessions, and the only commit of the house."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

import crm.models  # noqa: F401  (registers the tables)
from crm.errors import Refused
from crm.rules.access import OPERATOR, Asker
from crm.store import audit
from crm.text import N_

READ_ONLY = "callcycle_read_only"


class Database:
    """A database by its URL: `sqlite:///path` (default) or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._reader = self.engine.execution_options(**{READ_ONLY: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads: what it changes is thrown away, what it read stays readable
        afterwards."""
        with Session(self._reader) as session:
            yield session
            session.expunge_all()
            session.rollback()

    @contextmanager
    def writing(self, *, by: Asker = OPERATOR, at: datetime | None = None) -> Iterator[Session]:
        """A unit of work: committed when the block ends, rolled back when it raises. `by` is who
        answers for it in the audit trail, `at` (aware; default: now) when."""
        with Session(self.engine) as session:
            session.info.update({audit.BY: by, audit.AT: at or datetime.now(UTC)})
            event.listen(session, "before_flush", audit.note_changes)
            yield session
            session.commit()

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to a revision of the migrations (default: the newest)."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.engine.connect() as connection:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, revision)
            except CommandError as error:
                raise Refused(
                    N_(
                        "The database's tables are of a release that this one does not know: "
                        "{cause}."
                    ),
                    cause=error,
                ) from None
            connection.commit()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        try:
            return create_engine(url, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise Refused(
                N_("This database needs the Python package {package}, which is not installed."),
                package=error.name,
            ) from None
    path = url.removeprefix("sqlite:///")
    if path and path != ":memory:":
        _make_folder(Path(path).parent)
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            N_("The database's folder {folder} cannot be made: {cause}. Name another with --db."),
            folder=folder,
            cause=error.strerror or error,
        ) from None


def _prepare_sqlite(dbapi_connection: Any, _record: Any) -> None:
    """The driver opens no transaction of its own; commits survive a power cut."""
    dbapi_connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the write lock at once: a deferred one fails when two upgrade together."""
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
