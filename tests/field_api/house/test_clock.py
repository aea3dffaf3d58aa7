"""The clock: each time is one job, however many services look at the same table."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Job, LoginAttempt, Message
from crm.vocabulary import JobState
from field_api.jobs import clock
from field_api.jobs.supervisor import Supervisor
from field_api.jobs.workers import Workers
from field_api.services.house import housekeeping
from tests.field_api.world import NOW

MALTA = ZoneInfo("Europe/Malta")
PATIENCE_S = 180


def kinds(world):
    with world.database.reading() as session:
        return sorted(session.exec(select(Job.kind)))


def test_what_is_due_is_asked_for_once(world):
    assert clock.tick(world.database, world.settings, NOW) == 9
    assert clock.tick(world.database, world.settings, NOW + timedelta(seconds=15)) == 0
    assert kinds(world) == [
        "clock/approvals",
        "clock/attachments",
        "clock/deliveries",
        "clock/figures",
        "clock/files",
        "clock/housekeeping",
        "clock/promises",
        "clock/reports",
        "clock/territories",
    ]
    assert clock.tick(world.database, world.settings, NOW + timedelta(minutes=1)) == 1
    assert clock.tick(world.database, world.settings, NOW + timedelta(days=1)) == 9


def test_services_that_look_at_once_ask_once(world):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: clock.tick(world.database, world.settings, NOW), range(8)))
    assert len(kinds(world)) == 9


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 30, 6, 59, tzinfo=UTC), None),  # 07:59 in Malta
        (datetime(2026, 11, 30, 7, 0, tzinfo=UTC), "2026-11-30"),
        (datetime(2026, 11, 30, 22, 59, tzinfo=UTC), "2026-11-30"),
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), None),  # the next day begins
    ],
)
def test_daily_work_begins_at_its_local_hour(now, expected):
    assert clock.Recurring(name="x", hour=8).period(now, MALTA) == expected


def test_a_supervisor_does_it(world):
    """Reminders are told, and the jobs end, without anybody asking."""
    supervisor = Supervisor(
        world.database, world.settings, Workers(world.settings), now=lambda: NOW
    )
    supervisor.start()
    try:
        end = monotonic() + PATIENCE_S
        while monotonic() < end:
            with world.database.reading() as session:
                states = set(session.exec(select(Job.state)))
                told = session.exec(select(Message.kind)).all()
            if states == {JobState.DONE}:
                break
            sleep(0.05)
    finally:
        supervisor.stop()
    assert states == {JobState.DONE}
    assert told.count("promise_due_soon") == 3


def test_housekeeping_takes_what_is_over_and_nothing_else(world):
    with world.database.writing(at=NOW) as session:
        for age in (timedelta(hours=1), timedelta(days=2)):
            session.add(LoginAttempt(key_sha256="x", at=NOW - age))
    later = NOW + timedelta(days=10)
    clock.tick(world.database, world.settings, NOW)
    with world.database.writing(at=NOW) as session:
        for job in session.exec(select(Job).where(Job.kind != "clock/files")):
            job.state = JobState.DONE
    with world.database.writing(at=later) as session:
        before = len(session.exec(select(AuditEntry)).all())
        gone = housekeeping.tidy(session, world.settings, now=later)
        assert len(session.exec(select(AuditEntry)).all()) >= before
    assert (gone["login_attempts"], gone["clock_jobs"]) == (2, 8)
    assert kinds(world) == ["clock/files"]  # still to be done
