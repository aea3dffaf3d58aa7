"""Planning runs: one of R1's."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, delete

from crm.models import Job, PlanningRun
from crm.store.house import jobs
from field_api.services.planning.asked import Asked
from tests.field_api import world
from tests.field_api.access import LOGGED_IN, MANAGERS, OF_R1, Case, only

RUN = UUID("0d6a7a0e-54d0-4f6e-8f8e-6ad0c7b5a3f1")
BODY = {"first_day": "2026-12-28", "rep_codes": ["R1"], "purpose": "x"}


def none(session):
    session.execute(delete(Job).where(col(Job.run_id).is_not(None)))
    session.execute(delete(PlanningRun))


def one(session):
    """A run of R1's that has not begun."""
    none(session)
    day = world.MONDAY + timedelta(days=28)
    asked = Asked(first_day=day, weeks=4, today=world.MONDAY, country="", purpose="x").to_plain()
    session.add(PlanningRun(id=RUN, asked_at=world.NOW, request=asked | {"without_visits": []}))
    session.flush()
    hours = dict.fromkeys(("home_s", "needed_s", "available_s", "short_s"), 0) | {
        "rep_code": "R1",
        "rep_name": "R1",
        "visits_by_grade": {},
        "needed_s_by_grade": {},
    }
    jobs.enqueue(
        session,
        kind="plan_cycle",
        payload=asked | {"rep_code": "R1", "hours": hours},
        run_id=RUN,
        rep_id=1,
        now=world.NOW,
    )


def gone(session):
    """The same, cancelled: its events end at once."""
    one(session)
    for job in session.exec(jobs.select(Job)).all():
        jobs.cancel(session, [job.id], now=world.NOW)


TABLE = {
    ("POST", "/planning-runs"): Case(
        path="/planning-runs",
        body=BODY,
        prepare=none,
        expected=only(*MANAGERS, status=202) | {"gozo": 404, "north": 404},
    ),
    ("GET", "/planning-runs"): Case(path="/planning-runs", prepare=one, expected=LOGGED_IN),
    ("GET", "/planning-runs/{run_id}"): Case(
        path=f"/planning-runs/{RUN}", prepare=one, expected=OF_R1
    ),
    ("GET", "/planning-runs/{run_id}/events"): Case(
        path=f"/planning-runs/{RUN}/events", prepare=gone, expected=OF_R1
    ),
    ("POST", "/planning-runs/{run_id}/cancel"): Case(
        path=f"/planning-runs/{RUN}/cancel",
        prepare=one,
        expected=only(*MANAGERS) | {"gozo": 404, "north": 404},
    ),
}
