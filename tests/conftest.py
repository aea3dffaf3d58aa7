"""What every test shares: an empty migrated database, and no network but loopback."""

import ipaddress
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.database import Database


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


@pytest.fixture
def database(migrated_file, tmp_path) -> Iterator[Database]:
    """An empty database of the test's own."""
    path = tmp_path / "test.db"
    shutil.copy(migrated_file, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()
