"""Workers as processes of their own, which tests kill and freeze, and jobs long enough for that."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlmodel import select

from crm.models import CyclePlan, PlanningRun, Rep
from crm.rules.access import OPERATOR
from crm.store.house import jobs
from crm.store.people import people
from field_api.jobs.handlers.planning import KIND
from field_api.services.planning.asked import Asked
from field_api.services.planning.cycle import task_of
from field_api.services.planning.problem import STRAIGHT
from routing.document import from_document
from routing.solve import solve
from tests.field_api.planning_world import BEFORE, FIRST, WEEKS

LEASE_S = 2
LONG_WORK = 10_000  # some seconds for the small world's R1
SHORT = {"CALLCYCLE_JOB_LEASE_S": str(LEASE_S), "CALLCYCLE_JOB_PROCESSES": "1"}


class Working:
    """A `callcycle work` process and what it says."""

    def __init__(self, process: subprocess.Popen, log: Path) -> None:
        self.process, self._log = process, log

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)

    def planners(self) -> list[int]:
        """The processes that plan for it."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        children = " ".join(thread.read_text() for thread in threads).split()
        return [pid for pid in map(int, children) if "spawn_main" in _command(pid)]

    def said(self) -> str:
        return self._log.read_text("utf-8")


@contextmanager
def working(database, folder: Path, **settings: str):
    """`callcycle work` on a database; what it says must hold no traceback."""
    log = folder / f"work-{uuid4().hex[:8]}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "field_api.cli.main", "work", "--db", database.url],
            env={**os.environ, **SHORT, **settings},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    worker = Working(process, log)
    try:
        yield worker
    finally:
        if process.poll() is None:
            worker.signal(signal.SIGCONT)
            worker.signal(signal.SIGTERM)
            process.wait(timeout=120)
    assert "Traceback" not in worker.said()


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def asked(work=LONG_WORK, **changes) -> Asked:
    """A cycle of the planning world."""
    values = {"first_day": FIRST, "weeks": WEEKS, "today": BEFORE, "country": "", "purpose": "x"}
    return Asked(**values | {"work": work} | changes)


def ask(database, *rep_codes: str, work=LONG_WORK) -> UUID:
    """A run of these reps (default: R1), in the table as if somebody had asked for it."""
    run_id, now = uuid4(), datetime.now(UTC)
    plain = asked(work).to_plain()

    def add(session):
        session.add(PlanningRun(id=run_id, asked_at=now, request=plain))
        session.flush()
        for code in rep_codes or ("R1",):
            rep = session.exec(select(Rep).where(Rep.code == code)).one()
            jobs.enqueue(session, kind=KIND, payload=plain, run_id=run_id, rep_id=rep.id, now=now)

    database.written(add)
    return run_id


def plans_of_jobs(database) -> list[CyclePlan]:
    with database.reading() as session:
        return session.exec(select(CyclePlan).where(CyclePlan.job_id != None)).all()  # noqa: E711


def undisturbed(database, rep_code="R1", work=LONG_WORK):
    """The plan that nobody disturbs."""
    with database.reading() as session:
        rep = people.get_rep(session, OPERATOR, rep_code)
        problem = task_of(session, rep, asked().request_for((), STRAIGHT)).problem
    return solve(problem, seed=1, work=work)


def plan_in(kept: CyclePlan):
    ((_, plan),) = from_document(kept.document)
    return plan
