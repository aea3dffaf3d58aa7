"""A planned cut of the sample behind a real service, for people in real browsers."""

import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psutil
import pytest

from crm.database import Database
from crm.vocabulary import Role
from field_api.auth import Passwords
from field_api.services.house.demo import PASSWORD
from field_api.services.people import accounts
from field_api.services.planning import Effort
from tests.journeys import sample_cut
from tests.support.serving import serving

WORK = 5  # rounds of the search: any plan that passes the checker will do
PEOPLE = (
    ("maria", Role.REP, "R1"),
    ("joseph", Role.REP, "R2"),
    ("carmen", Role.DISTRICT_MANAGER, None),
    ("grace", Role.GENERAL_MANAGER, None),
)


@pytest.fixture(scope="session")
def planned(migrated_file, tmp_path_factory):
    """A folder with a planned database, to be copied."""
    folder = tmp_path_factory.mktemp("planned")
    shutil.copy(migrated_file, folder / "callcycle.db")
    database = Database(f"sqlite:///{folder / 'callcycle.db'}")
    sample_cut.brought_in(database, folder)
    with ThreadPoolExecutor(2) as pool:
        sample_cut.planned(database, Effort(work=WORK, executor=pool))
    passwords = Passwords(1)
    for username, role, rep in PEOPLE:
        values = {
            "username": username,
            "password": PASSWORD,
            "role": role,
            "name": username.title(),
        }
        district = "MALTA" if role is Role.DISTRICT_MANAGER else None
        place = {"rep_code": rep, "district_code": district}
        accounts.add(database, passwords, **values, **place)
    database.close()
    return folder / "callcycle.db"


class Service:
    """The service on a copy of the planned database, to be killed and begun again at one address.
    Its clock stands on the first morning of the cycle, at eight."""

    def __init__(self, folder) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._running = ExitStack()

    def start(self) -> None:
        self.stop()
        self._running.enter_context(serving("--demo", folder=self.folder, port=self.port))

    def kill(self) -> None:
        """As by a power cut: nothing is brought to its end."""
        for child in psutil.Process().children():
            if str(self.port) in child.cmdline():
                child.kill()

    def stop(self) -> None:
        self._running.close()
        self._running = ExitStack()

    def database(self) -> Database:
        return Database(f"sqlite:///{self.folder / 'demo' / 'callcycle.db'}")


@pytest.fixture
def service(planned, tmp_path) -> Iterator[Service]:
    (tmp_path / "demo").mkdir()
    shutil.copy(planned, tmp_path / "demo" / "callcycle.db")
    service = Service(tmp_path)
    service.start()
    yield service
    service.stop()
