"""Killed and frozen: a planning process, a supervisor, all of it. No job is lost, no plan is kept
twice, and the plans are those that nobody disturbs."""

import os
import signal

import pytest

from crm.vocabulary import JobState, PlanState
from tests.field_api.jobs.processes import (
    ask,
    plan_in,
    plans_of_jobs,
    undisturbed,
    working,
)
from tests.field_api.jobs.supervised import all_jobs, ended, until

pytestmark = pytest.mark.slow


def the_job(database):
    (job,) = all_jobs(database)
    return job


def halfway(database):
    """Wait until the job is in the middle of its search."""

    def searching():
        job = the_job(database)
        assert not job.finished_at, "over before it could be disturbed"
        return job if job.progress > 0 else None

    return until(searching)


def assert_one_sound_draft(database):
    (job,) = until(lambda: ended(database))
    (plan,) = plans_of_jobs(database)
    assert (job.state, plan.state, plan.job_id) == (JobState.DONE, PlanState.DRAFT, job.id)
    assert plan_in(plan) == undisturbed(database)
    return job


def test_a_planning_process_that_is_killed_costs_time_and_no_plan(planning, tmp_path):
    database = planning.database
    with working(database, tmp_path) as worker:
        ask(database)
        halfway(database)
        (planner,) = worker.planners()
        os.kill(planner, signal.SIGKILL)
        job = assert_one_sound_draft(database)
        assert worker.planners() != [planner]
    assert (job.attempt, job.fence) == (1, 1)  # the supervisor saw to it under the same lease


def test_a_planning_process_that_dies_every_time_ends_the_job_in_words(planning, tmp_path):
    database = planning.database
    killed = set()
    with working(database, tmp_path) as worker:
        ask(database)

        def over():
            for planner in set(worker.planners()) - killed:
                if the_job(database).progress > 0:
                    killed.add(planner)
                    os.kill(planner, signal.SIGKILL)
            return ended(database)

        (job,) = until(over)
    assert (job.state, job.attempt) == (JobState.FAILED, job.most_attempts)
    assert "its process was ended" in job.error
    assert plans_of_jobs(database) == []


def test_another_takes_over_from_a_supervisor_that_is_killed(planning, tmp_path):
    database = planning.database
    ask(database)
    with working(database, tmp_path) as first:
        halfway(database)
        first.signal(signal.SIGKILL)
        first.process.wait()
        with working(database, tmp_path):
            job = assert_one_sound_draft(database)
    assert (job.attempt, job.fence) == (2, 2)


def test_a_supervisor_that_wakes_up_after_its_lease_publishes_nothing(planning, tmp_path):
    database = planning.database
    ask(database)
    with working(database, tmp_path) as first:
        before = halfway(database)
        first.signal(signal.SIGSTOP)
        with working(database, tmp_path) as second:
            job = assert_one_sound_draft(database)
            (plan,) = plans_of_jobs(database)
            first.signal(signal.SIGCONT)
            until(lambda: "is not ours any more" in first.said())
            assert f"{job.id}" in second.said()
    assert (job.fence, job.worker != before.worker) == (2, True)
    assert [p.id for p in plans_of_jobs(database)] == [plan.id]
    assert the_job(database).finished_at == job.finished_at


def test_a_supervisor_that_is_told_to_end_gives_back_at_once(planning, tmp_path):
    database = planning.database
    ask(database)
    with working(database, tmp_path) as worker:
        halfway(database)
        planners = worker.planners()
        worker.signal(signal.SIGTERM)
        worker.process.wait(timeout=120)
        job = the_job(database)
        assert (job.state, job.attempt, job.lease_until) == (JobState.QUEUED, 0, None)
        until(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in planners))
    assert worker.process.returncode == 0
