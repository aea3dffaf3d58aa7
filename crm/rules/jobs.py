"""When a job may be taken, when it is tried again, and what several jobs are together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from crm.vocabulary import JobState

FIRST_PAUSE_S = 2  # before the second attempt; doubled before each one after it
LONGEST_PAUSE_S = 300
OPEN = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides about a job: aware instants; `worker` is who holds it, or held it last."""

    state: JobState
    not_before: datetime
    lease_until: datetime | None = None
    worker: str = ""
    attempt: int = 0
    most_attempts: int = 1


def may_be_taken(job: Standing, *, now: datetime, gone: Collection[str] = ()) -> bool:
    """Whether a worker may take the job: it waits and its time has come, or the lease of whoever
    held it is over. `gone` are workers known to live no more: their leases are over at once."""
    if job.state is JobState.QUEUED:
        return job.not_before <= now
    return job.state is JobState.RUNNING and lease_is_over(job, now=now, gone=gone)


def lease_is_over(job: Standing, *, now: datetime, gone: Collection[str] = ()) -> bool:
    """Whether whoever holds the job has said nothing for too long, or lives no more."""
    return job.lease_until is None or job.lease_until <= now or job.worker in gone


def has_attempts_left(job: Standing) -> bool:
    """Whether the job may be begun once more."""
    return job.attempt < job.most_attempts


def next_attempt_at(attempt: int, *, now: datetime) -> datetime:
    """When a job is tried again after so many attempts: soon first, then ever later."""
    pause_s = min(FIRST_PAUSE_S * 2 ** max(0, attempt - 1), LONGEST_PAUSE_S)
    return now + timedelta(seconds=pause_s)


def state_of_all(states: Iterable[JobState]) -> JobState:
    """The state of several jobs together: open while one is, failed when one failed, cancelled
    when one was cancelled, else done."""
    found = set(states)
    if found == {JobState.QUEUED}:
        return JobState.QUEUED
    if found & set(OPEN):
        return JobState.RUNNING
    for state in (JobState.FAILED, JobState.CANCELLED):
        if state in found:
            return state
    return JobState.DONE
