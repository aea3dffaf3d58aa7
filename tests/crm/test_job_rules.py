"""When a job may be taken and tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from crm.rules.jobs import (
    LONGEST_PAUSE_S,
    Standing,
    has_attempts_left,
    may_be_taken,
    next_attempt_at,
    state_of_all,
)
from crm.vocabulary import JobState

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
QUEUED, RUNNING, DONE, FAILED, CANCELLED = JobState


def a_job(state, **changes):
    return Standing(**{"state": state, "not_before": NOW, "worker": "w"} | changes)


def test_a_waiting_job_is_taken_from_its_time_on():
    assert may_be_taken(a_job(QUEUED), now=NOW)
    assert not may_be_taken(a_job(QUEUED, not_before=NOW + SECOND), now=NOW)


def test_a_running_job_is_taken_when_its_lease_is_over_or_its_worker_is_gone():
    held = a_job(RUNNING, lease_until=NOW + SECOND)
    assert not may_be_taken(held, now=NOW)
    assert not may_be_taken(held, now=NOW, gone={"another"})
    assert may_be_taken(held, now=NOW, gone={"w"})
    assert may_be_taken(held, now=NOW + SECOND)


@pytest.mark.parametrize("state", [DONE, FAILED, CANCELLED])
def test_an_ended_job_is_never_taken(state):
    assert not may_be_taken(a_job(state), now=NOW + 1000 * SECOND, gone={"w"})


def test_pauses_grow_up_to_a_bound():
    pauses = [(next_attempt_at(n, now=NOW) - NOW).total_seconds() for n in (1, 2, 3, 30)]
    assert pauses == [2, 4, 8, LONGEST_PAUSE_S]


def test_attempts_are_counted():
    assert has_attempts_left(a_job(RUNNING, attempt=2, most_attempts=3))
    assert not has_attempts_left(a_job(RUNNING, attempt=3, most_attempts=3))


@pytest.mark.parametrize(
    ("states", "together"),
    [
        ([QUEUED, QUEUED], QUEUED),
        ([QUEUED, DONE], RUNNING),
        ([RUNNING, FAILED], RUNNING),
        ([DONE, FAILED, CANCELLED], FAILED),
        ([DONE, CANCELLED], CANCELLED),
        ([DONE, DONE], DONE),
    ],
)
def test_several_jobs_together(states, together):
    assert state_of_all(states) is together
