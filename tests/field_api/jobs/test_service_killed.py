"""The whole service is killed while it plans, and starts again: the run ends by itself, with one
draft for each rep; whoever watched goes on watching."""

import json
import os
import signal
import socket
import subprocess
from contextlib import contextmanager
from secrets import token_hex

import httpx2
import pytest
from sqlmodel import select

from crm.models import Territory
from crm.vocabulary import JobState
from tests.builders import MDINA, VALLETTA, a_customer
from tests.field_api import world as worlds
from tests.field_api.jobs.processes import SHORT, plans_of_jobs
from tests.field_api.jobs.supervised import all_jobs, ended, until
from tests.field_api.world import API, PASSWORD
from tests.support.serving import CALLCYCLE

pytestmark = pytest.mark.slow

URL = f"{API}/planning-runs"
SECRET = token_hex(32)
FIRST = "2030-01-07"


@pytest.fixture
def crowded(database):
    """The small world with ten more customers for each of Malta's reps."""
    world = worlds.build(database)
    with database.writing() as session:
        for code, near in (("T1", VALLETTA), ("T2", MDINA)):
            home = session.exec(select(Territory).where(Territory.code == code)).one()
            for number in range(10):
                place = (near[0] + number / 1000, near[1])
                row = a_customer(f"{code}N{number}", place, grade="A", territory_id=home.id)
                session.add(row)
    return world


class Service:
    """`callcycle serve` in a process group of its own."""

    def __init__(self, database, folder, port):
        self.url = f"http://127.0.0.1:{port}"
        self._log = (folder / "serve.log").open("a")
        self.process = subprocess.Popen(
            [*CALLCYCLE, "serve", "--db", database.url, "--port", str(port)],
            env={**os.environ, **SHORT, "CALLCYCLE_SECRET": SECRET},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        until(self._answers)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._log.close()

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=120)
        self._log.close()

    def _answers(self):
        assert self.process.poll() is None
        try:
            return httpx2.get(f"{self.url}/readyz").status_code == 200
        except httpx2.TransportError:
            return False


@contextmanager
def malta(url):
    with httpx2.Client(base_url=url, timeout=60) as client:
        sent = {"username": "malta", "password": PASSWORD}
        token = client.post(f"{API}/auth/login", json=sent).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def a_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_killed_service_goes_on_where_it_was(crowded, tmp_path):
    database, port = crowded.database, a_port()
    service = Service(database, tmp_path, port)
    try:
        with malta(service.url) as client:
            body = {"first_day": FIRST, "purpose": "x", "work": 20_000}
            run_id = client.post(URL, json=body).json()["run_id"]
        until(lambda: any(job.progress > 0 for job in all_jobs(database)))
        service.kill()
        assert not ended(database)
        service = Service(database, tmp_path, port)
        with malta(service.url) as client:
            with client.stream("GET", f"{URL}/{run_id}/events") as stream:
                last = [line for line in stream.iter_lines() if line.startswith("data: ")][-1]
            run = json.loads(last.removeprefix("data: "))
        assert (run["state"], [rep["state"] for rep in run["reps"]]) == ("done", ["done", "done"])
        made = plans_of_jobs(database)
        assert sorted(plan.id for plan in made) == sorted(rep["plan_id"] for rep in run["reps"])
        jobs = all_jobs(database)
        assert [job.state for job in jobs] == [JobState.DONE] * 2
        assert max(job.fence for job in jobs) == 2
    finally:
        service.end()


def test_a_service_that_is_told_to_end_lets_nobody_wait(crowded, tmp_path):
    """Open streams end, running jobs are given back, and the process goes in peace."""
    database = crowded.database
    service = Service(database, tmp_path, a_port())
    with malta(service.url) as client:
        body = {"first_day": FIRST, "purpose": "x", "work": 100_000, "rep_codes": ["R1"]}
        run_id = client.post(URL, json=body).json()["run_id"]
        with client.stream("GET", f"{URL}/{run_id}/events") as stream:
            lines = stream.iter_lines()
            until(lambda: '"state":"running"' in next(lines))
            service.process.terminate()
            assert not any("event: ended" in line for line in lines)
    service.process.wait(timeout=15)
    service.end()
    (job,) = all_jobs(database)
    assert (job.state, job.attempt) == (JobState.QUEUED, 0)
    assert "Traceback" not in (tmp_path / "serve.log").read_text()
