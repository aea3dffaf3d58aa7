"""Engines: how each kind of database is opened so that it keeps the same promises."""

import os
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from crm.errors import Refused
from crm.text import N_
from crm.turns import NoTurns, Turns

READ_ONLY = "callcycle_read_only"
PATIENCE_S = 30  # for a lock, a connection or a statement, before somebody is told to come again
_making = threading.Lock()  # nobody connects to a new file before it is closed again
THREADS = 40  # that answer requests at once in one process
# SQLite's connections cost a file handle each, PostgreSQL's a process on its server.
SQLITE_POOL = {"pool_size": THREADS, "max_overflow": THREADS}
POSTGRESQL_POOL = {"pool_size": 16, "max_overflow": THREADS - 16}
POSTGRESQL_LIMITS = {
    "statement_timeout": PATIENCE_S * 1000,
    "idle_in_transaction_session_timeout": 2 * PATIENCE_S * 1000,
}


def new_engine(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`.

    Raises `Refused` for a folder that cannot be made and a driver that is not installed.
    """
    try:
        return _sqlite(url) if url.startswith("sqlite") else _server(url)
    except ModuleNotFoundError as error:
        raise Refused(
            N_("This database needs the Python package {package}, which is not installed."),
            package=error.name,
        ) from None


def for_reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read: each sees one moment of the database,
    and on SQLite none asks for the lock of the writers."""
    options: dict[str, Any] = {READ_ONLY: True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    return engine.execution_options(**options)


def turns(engine: Engine) -> Turns | NoTurns:
    """How those who write through an engine wait for each other."""
    if engine.dialect.name != "sqlite":
        return NoTurns()
    return Turns(_file(engine.url), PATIENCE_S)


def _file(url: URL) -> Path | None:
    """The file of a SQLite database; None for one in memory."""
    return None if url.database in (None, "", ":memory:") else Path(str(url.database))


def _server(url: str) -> Engine:
    given: dict[str, Any] = {"pool_pre_ping": True, "pool_timeout": PATIENCE_S}
    if make_url(url).get_backend_name() == "postgresql":
        given |= POSTGRESQL_POOL
        if "options" not in make_url(url).query:  # whoever names options knows why
            limits = " ".join(f"-c {name}={value}" for name, value in POSTGRESQL_LIMITS.items())
            given["connect_args"] = {"options": limits}
    return create_engine(url, hide_parameters=True, **given)  # errors bear no customer's data


def _sqlite(url: str) -> Engine:
    file = _file(make_url(url))
    if file is not None:
        _make_folder(file.parent)
    pool = SQLITE_POOL if file is not None else {}
    engine = create_engine(url, hide_parameters=True, **pool)
    if file is not None:
        private = file
        event.listen(engine, "do_connect", lambda *_: _make_private(private))
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


def _make_private(path: Path) -> None:
    """A new file is its owner's alone: it holds every customer. SQLite's own files beside it take
    after it.

    A file that is there is not opened: closing it would give back every lock that this process
    holds on it (POSIX), the next program to leave would take itself for the last one and remove
    the log of what was written, and what is written afterwards would be lost.
    """
    with _making:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDONLY, 0o600))
        except OSError:
            return  # it is there; or SQLite tells better what is wrong with it


def _prepare_sqlite(dbapi_connection: Any, _record: Any) -> None:
    """The driver opens no transaction of its own; commits survive a power cut."""
    dbapi_connection.isolation_level = None
    for pragma in (
        f"busy_timeout={PATIENCE_S * 1000}",  # first: the others may have to wait, too
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the write lock at once: a deferred one fails when two upgrade together."""
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
