"""A supervisor in this process, and waiting for what it does."""

import time
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlmodel import col, select

from crm.models import Job
from field_api.jobs.supervisor import Supervisor
from field_api.jobs.workers import Workers
from field_api.services.house.housekeeping import CLOCK_PREFIX
from field_api.settings import load_settings
from routing.many import Synchronous

PATIENCE_S = 180


@contextmanager
def supervising(database, make=Synchronous, now=lambda: datetime.now(UTC), **settings):
    """A running supervisor that computes with what `make` makes."""
    given = {"db": database.url, "job_lease_s": 2, "job_processes": 2} | settings
    supervisor = Supervisor(database, load_settings(**given), Workers(make), now=now)
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()


def all_jobs(database):
    """Those that somebody asked for: the clock asks for others by itself."""
    by_clock = col(Job.kind).startswith(CLOCK_PREFIX)
    with database.reading() as session:
        query = select(Job).where(~by_clock).order_by(col(Job.created_at), col(Job.id))
        return session.exec(query).all()


def until(true, patience_s=PATIENCE_S):
    """Wait for something; the answer is what it gave."""
    end = time.monotonic() + patience_s
    while not (found := true()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


def ended(database):
    """All jobs, when all have ended."""
    rows = all_jobs(database)
    return rows if rows and all(row.finished_at for row in rows) else None
