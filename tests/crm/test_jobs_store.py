"""The table of jobs: asked for once, taken by one, ended under the newest fence only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from crm.models import Job
from crm.store.house import jobs
from crm.store.house.jobs import Beat, LeaseLost
from crm.vocabulary import JobState

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LEASE_S = 30
LATER = NOW + timedelta(seconds=LEASE_S)
KIND = "test"


def ask(database, **named):
    def work(session):
        return jobs.enqueue(session, **{"kind": KIND, "payload": {}, "now": NOW} | named).id

    return database.written(work)


def take(database, worker="w1", now=NOW, **named):
    with database.reading() as session:
        ids = jobs.to_be_taken(session, kinds=[KIND], now=now, **named)
    return database.written(
        lambda s: jobs.take(s, ids, worker=worker, lease_s=LEASE_S, now=now, **named)
    )


def row(database, job_id):
    with database.reading() as session:
        return session.get(Job, job_id)


def test_a_job_asked_for_twice_under_a_key_is_one(database):
    assert ask(database, key="k") == ask(database, key="k")
    assert ask(database) != ask(database)


def test_a_key_asked_for_at_one_instant_is_one_job(database):
    together = Barrier(8)

    def at_once(_):
        together.wait()
        return ask(database, key="k")

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(at_once, range(8)))) == 1


def test_what_is_taken_is_taken_by_one(database):
    wanted = {ask(database) for _ in range(20)}
    together = Barrier(4)

    def at_once(number):
        together.wait()
        return [job.id for job in take(database, f"w{number}")]

    with ThreadPoolExecutor(4) as pool:
        taken = [job_id for ids in pool.map(at_once, range(4)) for job_id in ids]
    # where writers do not queue, what another one looks at is passed by, not waited for
    taken += [job.id for job in take(database, "last")]
    assert len(taken) == len(wanted)
    assert set(taken) == wanted


def test_the_first_asked_for_comes_first_and_none_before_its_time(database):
    second = ask(database, now=NOW, not_before=NOW)
    first = ask(database, now=NOW - timedelta(seconds=1))
    later = ask(database, now=NOW - timedelta(days=1), not_before=NOW + timedelta(seconds=1))
    assert [job.id for job in take(database)] == [first, second]
    assert [job.id for job in take(database, now=NOW + timedelta(seconds=1))] == [later]


def test_only_the_newest_fence_ends_a_job(database):
    ask(database)
    (old,) = take(database, "w1")
    assert take(database, "w2") == []
    (new,) = take(database, "w2", now=LATER)
    assert (new.attempt, new.lease.fence) == (2, old.lease.fence + 1)
    for late in (
        lambda s: jobs.finish(s, old.lease, now=LATER),
        lambda s: jobs.fail(s, old.lease, "x", {}, now=LATER),
        lambda s: jobs.try_again(s, old.lease, "x", {}, now=LATER),
        lambda s: jobs.give_back(s, old.lease, not_before=LATER),
        lambda s: jobs.begun_on(s, old.lease, "x"),
    ):
        with pytest.raises(LeaseLost):
            database.written(late)
    with database.writing() as session:
        beats = [Beat(lease=one.lease, progress=0.5) for one in (old, new)]
        assert jobs.beat(session, beats[:1], lease_s=LEASE_S, now=LATER) == {old.id}
        assert jobs.beat(session, beats[1:], lease_s=LEASE_S, now=LATER) == set()
    with database.writing() as session:
        jobs.finish(session, new.lease, now=LATER).result = {"a": 1}
    kept = row(database, new.id)
    assert (kept.state, kept.result, kept.worker) == (JobState.DONE, {"a": 1}, "w2")
    with pytest.raises(LeaseLost), database.writing() as session:
        jobs.finish(session, new.lease, now=LATER)


def test_a_sign_of_life_lengthens_the_lease(database):
    ask(database)
    (job,) = take(database)
    with database.writing() as session:
        beat = Beat(lease=job.lease, progress=0.25, note="half of the half")
        jobs.beat(session, [beat], lease_s=LEASE_S, now=NOW + timedelta(seconds=20))
    assert take(database, "w2", now=LATER) == []
    kept = row(database, job.id)
    assert (kept.progress, kept.note) == (0.25, "half of the half")
    assert [one.id for one in take(database, "w2", now=LATER + timedelta(seconds=20))] == [job.id]


def test_the_jobs_of_a_worker_known_to_be_gone_wait_for_no_lease(database):
    ask(database)
    take(database, "w1")
    assert take(database, "w2") == []
    assert len(take(database, "w2", gone={"w1"})) == 1


def test_attempts_end_with_the_reason(database):
    job_id = ask(database, most_attempts=2)
    (job,) = take(database)
    text = "It rained {mm} mm."

    def again(lease, now):
        return database.written(lambda s: jobs.try_again(s, lease, text, {"mm": 3}, now=now))

    assert again(job.lease, NOW)
    assert take(database) == []
    (job,) = take(database, now=LATER)
    assert not again(job.lease, LATER)
    kept = row(database, job_id)
    assert (kept.state, kept.attempt, kept.error) == (JobState.FAILED, 2, "It rained 3 mm.")
    assert kept.result["error"] == {"text": text, "params": {"mm": 3}}


def test_workers_lost_again_and_again_end_a_job(database):
    job_id = ask(database, most_attempts=2)
    for number in range(3):
        take(database, f"w{number}", now=NOW + number * timedelta(seconds=LEASE_S))
    kept = row(database, job_id)
    assert (kept.state, kept.attempt) == (JobState.FAILED, 2)
    assert "2 times" in kept.error


def test_what_is_given_back_counts_as_never_taken(database):
    job_id = ask(database)
    (job,) = take(database)
    database.written(lambda s: jobs.give_back(s, job.lease, not_before=NOW))
    assert (row(database, job_id).attempt, row(database, job_id).state) == (0, JobState.QUEUED)
    (again,) = take(database)
    assert (again.attempt, again.lease.fence) == (1, 2)


def test_a_cancelled_job_is_neither_taken_nor_ended(database):
    waiting, running = ask(database), ask(database)
    with database.writing() as session:
        (job,) = jobs.take(session, [running], worker="w", lease_s=LEASE_S, now=NOW)
    with database.writing() as session:
        assert jobs.cancel(session, [waiting, running], now=NOW) == 2
        assert jobs.cancel(session, [waiting, running], now=NOW) == 0
    assert take(database, now=LATER) == []
    with pytest.raises(LeaseLost), database.writing() as session:
        jobs.finish(session, job.lease, now=NOW)
    with database.reading() as session:
        assert jobs.counts(session) == {(KIND, JobState.CANCELLED): 2}
