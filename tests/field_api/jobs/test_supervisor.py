"""A supervisor sees that jobs of any kind are done: once, together with what they write."""

import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from crm.errors import Refused
from crm.models import Region
from crm.store.house import jobs
from crm.vocabulary import JobState
from field_api.jobs import registry
from field_api.jobs.registry import GivenUp, Handler, TryAgain, register
from field_api.jobs.workers import NoWorkers
from tests.field_api.jobs.supervised import all_jobs, ended, supervising, until


@pytest.fixture
def kind():
    """A kind of this test's own."""
    name = f"test_{uuid4().hex[:8]}"
    yield name
    registry.HANDLERS.pop(name, None)


def ask(database, kind, **named):
    given = {"kind": kind, "payload": {"code": "N"}, "now": datetime.now(UTC)} | named
    return database.written(lambda session: jobs.enqueue(session, **given).id)


def regions(database):
    with database.reading() as session:
        return sorted(session.exec(select(Region.code)))


def add_region(session, job, _now):
    session.add(Region(code=job.payload["code"], name="x"))
    return {"added": job.payload["code"]}


def test_a_simple_kind_writes_in_the_transaction_that_ends_its_job(database, kind):
    register(kind, add_region)
    ask(database, kind)
    with supervising(database):
        (job,) = until(lambda: ended(database))
    assert (job.state, job.attempt, job.result) == (JobState.DONE, 1, {"added": "N"})
    assert regions(database) == ["N"]


def test_what_was_asked_for_while_it_runs_is_done_at_once_when_woken(database, kind):
    register(kind, add_region)
    with supervising(database) as supervisor:
        ask(database, kind)
        supervisor.wake()
        until(lambda: ended(database))


def test_a_refusal_ends_the_job_in_words_and_nothing_is_kept(database, kind):
    def refuse(session, job, now):
        add_region(session, job, now)
        raise Refused("There is no {thing} left.", thing="salt")

    register(kind, refuse)
    ask(database, kind)
    with supervising(database):
        (job,) = until(lambda: ended(database))
    assert (job.state, job.attempt, job.error) == (JobState.FAILED, 1, "There is no salt left.")
    assert regions(database) == []


@pytest.mark.parametrize("error", [TryAgain("Not yet."), ZeroDivisionError()])
def test_what_may_work_another_time_is_tried_again(database, kind, error):
    tries = []

    def second_time(session, job, now):
        tries.append(job.attempt)
        add_region(session, job, now)
        if job.attempt == 1:
            raise error

    register(kind, second_time)
    ask(database, kind)
    with supervising(database) as supervisor:
        (job,) = until(lambda: ended(database))
        assert supervisor.counts.again == 1
    assert (job.state, tries, regions(database)) == (JobState.DONE, [1, 2], ["N"])
    assert job.error == ""


def test_the_second_part_counts_once_though_the_first_ran_twice(database, kind):
    def keep(session, job, found, now):
        session.add(Region(code=found, name="x"))

    begun = []

    def work(desk, job):
        begun.append(job.lease.fence)
        desk.tell(0.5, "half")
        if job.lease.fence == 1:  # somebody else takes it meanwhile
            with database.writing() as session:
                session.get(jobs.Job, job.id).lease_until = datetime(2000, 1, 1, tzinfo=UTC)
            with supervising(database):
                until(lambda: ended(database))
        return f"by{job.lease.fence}"

    register(kind, Handler(work=work, keep=keep))
    ask(database, kind)
    with supervising(database) as supervisor:
        until(lambda: supervisor.counts.lost)
    assert (begun, regions(database)) == ([1, 2], ["by2"])


def test_without_workers_a_job_waits_and_no_attempt_is_spent(database, kind):
    def work(desk, job):
        raise NoWorkers("the cluster is asleep")

    register(kind, Handler(work=work, keep=add_region))
    ask(database, kind)
    with supervising(database):
        (job,) = until(lambda: [j for j in all_jobs(database) if j.fence and not j.attempt])
    assert job.state is JobState.QUEUED
    assert job.not_before > job.created_at


def test_a_cancelled_job_stops(database, kind):
    stopped = threading.Event()

    def work(desk, job):
        while not desk.stopped():
            stopped.wait(0.02)
        stopped.set()
        raise GivenUp

    register(kind, Handler(work=work, keep=add_region))
    job_id = ask(database, kind)
    with supervising(database) as supervisor:
        until(lambda: [j for j in all_jobs(database) if j.state is JobState.RUNNING])
        with database.writing() as session:
            jobs.cancel(session, [job_id], now=datetime.now(UTC))
        assert stopped.wait(30)
        until(lambda: supervisor.counts.lost)
    assert all_jobs(database)[0].state is JobState.CANCELLED


def test_a_supervisor_that_ends_gives_back_what_is_not_done(database, kind):
    begun = threading.Event()

    def work(desk, job):
        begun.set()
        while not desk.stopped():
            threading.Event().wait(0.02)
        raise GivenUp

    register(kind, Handler(work=work, keep=add_region))
    ask(database, kind)
    with supervising(database):
        assert begun.wait(30)
    (job,) = all_jobs(database)
    assert (job.state, job.attempt, job.lease_until) == (JobState.QUEUED, 0, None)


def test_long_work_keeps_its_lease(database, kind):
    def work(desk, job):
        threading.Event().wait(3)

    register(kind, Handler(work=work, keep=lambda s, j, f, n: None))
    ask(database, kind)
    with supervising(database, job_lease_s=1), supervising(database, job_lease_s=1):
        (job,) = until(lambda: ended(database))
    assert (job.state, job.fence) == (JobState.DONE, 1)


def test_a_database_that_does_not_answer_is_asked_again(database, kind, monkeypatch):
    silent = [OperationalError("SELECT", {}, Exception("gone")), ZeroDivisionError()]
    look = jobs.to_be_taken

    def at_times(*args, **named):
        if silent:
            raise silent.pop()
        return look(*args, **named)

    monkeypatch.setattr(jobs, "to_be_taken", at_times)
    register(kind, add_region)
    ask(database, kind)
    with supervising(database):
        until(lambda: ended(database))
    assert silent == []


def test_what_became_of_a_job_is_told_later_where_the_database_does_not_answer(
    database, kind, monkeypatch
):
    """Its lease ends by itself, and it is taken up again."""

    def refuse(session, job, now):
        if job.lease.fence == 1:
            raise Refused("Not this time.")
        return add_region(session, job, now)

    def silent(*_args, **_named):
        raise OperationalError("UPDATE", {}, Exception("gone"))

    monkeypatch.setattr(jobs, "fail", silent)
    register(kind, refuse)
    ask(database, kind)
    with supervising(database, job_lease_s=1):
        (job,) = until(lambda: ended(database))
    assert (job.state, job.fence) == (JobState.DONE, 2)
