"""A planned cut of the sample behind a real service, and phones in a real browser."""

import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta

import httpx2
import psutil
import pytest
from sqlmodel import select

from crm.database import Database
from crm.models import CyclePlan
from crm.rules.access import OPERATOR
from crm.vocabulary import PlanState, Role
from field_api.auth import Passwords
from field_api.sample import malta as sample
from field_api.services import accounts
from field_api.services.demo import PASSWORD
from field_api.services.planning import CycleRequest, Effort, plan_cycle
from tests.journeys import sample_cut
from tests.journeys.phone.phone import Phone
from tests.support.pages import browser
from tests.support.serving import MORNING, serving

__all__ = ["browser"]
NEXT = sample.FIRST_DAY + timedelta(weeks=sample.CYCLE_WEEKS)
WORK = 5  # rounds of the search: any plan that passes the checker will do
PEOPLE = (
    ("maria", Role.REP, "R1"),
    ("joseph", Role.REP, "R2"),
    ("carmen", Role.DISTRICT_MANAGER, None),
)


@pytest.fixture(scope="module")
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
        place = {"rep_code": rep, "district_code": None if rep else "MALTA"}
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
        self._running.enter_context(
            serving("--demo", folder=self.folder, port=self.port, command=MORNING)
        )

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


@pytest.fixture
def phone(browser, service) -> Iterator[Phone]:
    """A phone on which nobody is logged in; the test fails when a script throws on it."""
    phone = Phone(browser, service.url)
    yield phone
    phone.close()
    assert not phone.thrown


@pytest.fixture
def proposed(service):
    """Maria's next plan waits for her word. Answers what its district manager sees of it."""
    database = service.database()
    request = CycleRequest(first_day=NEXT, weeks=1, rep_codes=("R1",), publish=False)
    with ThreadPoolExecutor(1) as pool:
        plan_cycle(database, OPERATOR, request, effort=Effort(work=5, executor=pool))
    with database.reading() as session:
        draft = session.exec(select(CyclePlan).where(CyclePlan.state == PlanState.DRAFT)).one().id
    database.close()
    api = httpx2.Client(base_url=f"{service.url}/api/v1", timeout=30)
    login = api.post("/auth/login", json={"username": "carmen", "password": PASSWORD}).json()
    api.headers["authorization"] = f"Bearer {login['access_token']}"
    answer = api.post(f"/plans/{draft}/submit", json={})
    assert answer.status_code == 200, answer.text
    approval = answer.json()["approval_id"]
    yield lambda: api.get(f"/approvals/{approval}").json()
    api.close()
