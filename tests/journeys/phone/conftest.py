"""Phones in a real browser, before a real service on a planned cut of the sample."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx2
import pytest
from sqlmodel import select

from crm.models import CyclePlan
from crm.rules.access import OPERATOR
from crm.vocabulary import PlanState
from field_api.sample import malta as sample
from field_api.services.house.demo import PASSWORD
from field_api.services.planning import CycleRequest, Effort, plan_cycle
from tests.journeys.desk.seat import Seat
from tests.journeys.phone.phone import Phone
from tests.support.pages import browser

__all__ = ["browser"]
NEXT = sample.FIRST_DAY + timedelta(weeks=sample.CYCLE_WEEKS)


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
    api = httpx2.Client(base_url=f"{service.url}/api/v1", timeout=120)
    login = api.post("/auth/login", json={"username": "carmen", "password": PASSWORD}).json()
    api.headers["authorization"] = f"Bearer {login['access_token']}"
    answer = api.post(f"/plans/{draft}/submit", json={})
    assert answer.status_code == 200, answer.text
    approval = answer.json()["approval_id"]
    yield lambda: api.get(f"/approvals/{approval}").json()
    api.close()


@pytest.fixture
def desk(browser, service) -> Iterator[Callable[[str], Seat]]:
    """A seat at the desk beside the phone, for whoever is named."""
    seats: list[Seat] = []

    def taken(username: str) -> Seat:
        seats.append(Seat(browser, service.url))
        seats[-1].log_in(username)
        return seats[-1]

    yield taken
    for seat in seats:
        seat.close()
        assert not seat.thrown
