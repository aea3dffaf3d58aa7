"""What every test shares: an empty migrated database, and no network but loopback."""

import ipaddress
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from crm.database import Database
from tests.support import postgres
from tests.support.osrm import osrm, osrm_shanghai
from tests.support.starts import filler_of, start_of

__all__ = ["osrm", "osrm_shanghai"]

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def pytest_configure() -> None:
    """A shell lets its jobs in the background ignore Ctrl-C, and they what they start: the
    services that tests start and stop so would go on."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """A test that opens a connection to anywhere else fails."""
    real_connect = socket.socket.connect

    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"a test tried to connect to {host}; only loopback is allowed")
        return real_connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    """A database file brought to the newest revision once, copied for each test."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Server]:
    """One server for all tests of a process; it starts when the first of them needs it."""
    with postgres.running() as server:
        yield server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that uses a database runs on both, unless it says that one is enough."""
    if "database" in metafunc.fixturenames:
        if metafunc.definition.get_closest_marker("one_database"):
            kinds: list[object] = [SQLITE]
        else:
            kinds = [SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.second_database)]
        metafunc.parametrize("database", kinds, indirect=True, ids=str)


@pytest.fixture(scope="session")
def start_files(migrated_file) -> Callable[[str], Path]:
    """Where the database file with a start lies, to be copied."""

    @cache
    def file_of(start: str) -> Path:
        path = migrated_file.with_name(f"{start}.db")
        shutil.copy(migrated_file, path)
        database = Database(f"sqlite:///{path}")
        filler_of(start)(database)
        database.close()
        return path

    return file_of


@pytest.fixture
def database(request, tmp_path) -> Iterator[Database]:
    """A database of the test's own, of each kind in turn: migrated, and empty but for the world
    that the test asks for."""
    start = start_of(request.fixturenames)
    if request.param == POSTGRESQL:
        server = request.getfixturevalue("postgresql")
        url = server.new(start)
    else:
        shutil.copy(request.getfixturevalue("start_files")(start), tmp_path / "test.db")
        url = f"sqlite:///{tmp_path}/test.db"
    database = Database(url)
    yield database
    database.close()
    if request.param == POSTGRESQL:
        server.drop(url)
