"""Jobs: asked for once, held under a lease, ended under its fence only.

Those who run jobs work for everybody; so the functions here name no asker. What people see of
jobs is in `crm.store.plans.planning_runs`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, func, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from crm.models import Job
from crm.rules.jobs import OPEN, Standing, has_attempts_left, may_be_taken, next_attempt_at
from crm.text import N_
from crm.vocabulary import JobState

LOOKED_AT = 200  # waiting jobs that one look sees
LONGEST_ERROR = 2000
WORKER_LOST = N_(
    "Whoever worked on it was lost {times} times; see the service's log, then ask again."
)


class LeaseLost(Exception):
    """The job is held by somebody else by now, or is no longer wanted: nothing of it counts."""


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to end a job: only while its `fence` is the job's newest."""

    job_id: UUID
    fence: int


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A job as whoever took it knows it."""

    lease: Lease
    kind: str
    payload: Mapping[str, Any]
    run_id: UUID | None
    rep_id: int | None
    asked_by_id: int | None
    created_at: datetime
    attempt: int
    most_attempts: int

    @property
    def id(self) -> UUID:
        """The job's."""
        return self.lease.job_id


@dataclass(frozen=True, kw_only=True)
class Beat:
    """A sign of life: how far the job is (0 to 1), and a word for people."""

    lease: Lease
    progress: float
    note: str = ""


def enqueue(
    session: Session,
    *,
    kind: str,
    payload: Mapping[str, Any],
    now: datetime,
    key: str | None = None,
    not_before: datetime | None = None,
    run_id: UUID | None = None,
    rep_id: int | None = None,
    asked_by_id: int | None = None,
    most_attempts: int = 3,
) -> Job:
    """Ask for a job, not begun before `not_before` (default: now). Where the same work was asked
    for under this key already, the answer is that job, and nothing is added."""
    there = None if key is None else of_key(session, key)
    if there is not None:
        return there
    job = Job(
        id=uuid4(),
        kind=kind,
        key=key,
        run_id=run_id,
        rep_id=rep_id,
        payload=dict(payload),
        asked_by_id=asked_by_id,
        created_at=now,
        not_before=not_before or now,
        most_attempts=most_attempts,
    )
    try:
        with session.begin_nested():  # where writers do not queue, another may be faster
            session.add(job)
    except IntegrityError:
        there = None if key is None else of_key(session, key)
        if there is None:
            raise
        return there
    return job


def of_key(session: Session, key: str) -> Job | None:
    """The job that was asked for under a key."""
    return session.exec(select(Job).where(Job.key == key)).one_or_none()


def held_by(session: Session) -> set[str]:
    """The workers who hold jobs now."""
    query = select(Job.worker).where(Job.state == JobState.RUNNING).distinct()
    return set(session.exec(query))


def to_be_taken(
    session: Session, *, kinds: Collection[str], now: datetime, gone: Collection[str] = ()
) -> list[UUID]:
    """Jobs of some kinds that may be taken, those asked for first before others. Only reads."""
    waiting = and_(col(Job.state) == JobState.QUEUED, col(Job.not_before) <= now)
    query = (
        select(Job)
        .where(col(Job.kind).in_(kinds), or_(waiting, col(Job.state) == JobState.RUNNING))
        .order_by(col(Job.created_at), col(Job.id))
        .limit(LOOKED_AT)
    )
    found = session.exec(query).all()
    return [job.id for job in found if may_be_taken(standing(job), now=now, gone=gone)]


def take(
    session: Session,
    ids: Sequence[UUID],
    *,
    worker: str,
    lease_s: float,
    now: datetime,
    gone: Collection[str] = (),
) -> list[Taken]:
    """Take those of the jobs that nobody else took meanwhile, each under a new fence. One whose
    workers were lost as often as it may be tried has failed instead."""
    rows = session.exec(
        select(Job)
        .where(col(Job.id).in_(ids))
        .order_by(col(Job.created_at), col(Job.id))
        .with_for_update(skip_locked=True)
    )
    taken = []
    for job in rows:
        if not may_be_taken(standing(job), now=now, gone=gone):
            continue
        if job.state is JobState.RUNNING and not has_attempts_left(standing(job)):
            _end(job, JobState.FAILED, now=now)
            _explain(job, WORKER_LOST, {"times": job.attempt})
            continue
        job.state = JobState.RUNNING
        job.attempt += 1
        job.fence += 1
        job.worker = worker
        job.lease_until = now + timedelta(seconds=lease_s)
        job.progress, job.note = 0.0, ""
        job.changes += 1
        taken.append(_taken(job))
    return taken


def hold(session: Session, lease: Lease) -> Job:
    """The job, locked, for whoever may still say something about it. Raises `LeaseLost`."""
    query = select(Job).where(
        Job.id == lease.job_id, Job.fence == lease.fence, Job.state == JobState.RUNNING
    )
    job = session.exec(query.with_for_update()).one_or_none()
    if job is None:
        raise LeaseLost(str(lease.job_id))
    return job


def beat(session: Session, beats: Iterable[Beat], *, lease_s: float, now: datetime) -> set[UUID]:
    """Lengthen leases, and tell how far their jobs are; the answer names those that are lost."""
    lost = set()
    for one in sorted(beats, key=lambda beat: beat.lease.job_id):  # one order: nobody blocks
        try:
            job = hold(session, one.lease)
        except LeaseLost:
            lost.add(one.lease.job_id)
            continue
        job.lease_until = now + timedelta(seconds=lease_s)
        if (job.progress, job.note) != (one.progress, one.note):
            job.progress, job.note = one.progress, one.note
            job.changes += 1
    return lost


def begun_on(session: Session, lease: Lease, fingerprint: str) -> None:
    """Keep the name of what the job works on by its contents. Raises `LeaseLost`."""
    job = hold(session, lease)
    job.fingerprint = fingerprint
    job.changes += 1


def finish(session: Session, lease: Lease, *, now: datetime) -> Job:
    """The job, done, locked until the transaction ends: what is written in it counts with it or
    not at all. The caller gives it its result. Raises `LeaseLost`."""
    job = hold(session, lease)
    _end(job, JobState.DONE, now=now)
    job.progress, job.note, job.error = 1.0, "", ""
    return job


def fail(
    session: Session, lease: Lease, text: str, params: Mapping[str, object], *, now: datetime
) -> None:
    """The job ends without a result, for a reason that another attempt would not mend. Raises
    `LeaseLost`."""
    job = hold(session, lease)
    _end(job, JobState.FAILED, now=now)
    _explain(job, text, params)


def try_again(
    session: Session, lease: Lease, text: str, params: Mapping[str, object], *, now: datetime
) -> bool:
    """Let the job be begun once more after a pause, unless that was its last attempt; the answer
    says which. Raises `LeaseLost`."""
    job = hold(session, lease)
    _explain(job, text, params)
    if not has_attempts_left(standing(job)):
        _end(job, JobState.FAILED, now=now)
        return False
    _put_back(job, not_before=next_attempt_at(job.attempt, now=now))
    return True


def give_back(session: Session, lease: Lease, *, not_before: datetime) -> None:
    """The job waits again as if it had not been taken. Raises `LeaseLost`."""
    job = hold(session, lease)
    job.attempt -= 1
    _put_back(job, not_before=not_before)


def cancel(session: Session, ids: Collection[UUID], *, now: datetime) -> int:
    """Jobs not ended yet are no longer wanted; whoever works on one learns it by the next sign of
    life. Answers how many."""
    query = select(Job).where(col(Job.id).in_(ids), col(Job.state).in_(OPEN))
    rows = session.exec(query.order_by(col(Job.id)).with_for_update()).all()
    for job in rows:
        _end(job, JobState.CANCELLED, now=now)
    return len(rows)


def begin_again(session: Session, job: Job, *, now: datetime) -> bool:
    """Let a job that failed or was cancelled be tried as if it were new; False for any other. Its
    key, where it has one, stays its own."""
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        return False
    job.attempt, job.finished_at, job.error = 0, None, ""
    job.result = {name: value for name, value in job.result.items() if name != "error"}
    _put_back(job, not_before=now)
    return True


def counts(session: Session) -> dict[tuple[str, JobState], int]:
    """How many jobs there are by kind and state."""
    query = select(Job.kind, Job.state, func.count()).group_by(col(Job.kind), col(Job.state))
    return {(kind, JobState(state)): count for kind, state, count in session.exec(query)}


def standing(job: Job) -> Standing:
    """A row as the rules see it."""
    return Standing(
        state=job.state,
        not_before=job.not_before,
        lease_until=job.lease_until,
        worker=job.worker,
        attempt=job.attempt,
        most_attempts=job.most_attempts,
    )


def forget(session: Session, job: Job, *, now: datetime) -> None:
    """Nobody wants a job any more: one that goes on is cancelled, what became of it is gone."""
    if job.state in OPEN:
        _end(job, JobState.CANCELLED, now=now)
    else:
        session.delete(job)
    session.flush()


def _taken(job: Job) -> Taken:
    return Taken(
        lease=Lease(job_id=job.id, fence=job.fence),
        kind=job.kind,
        payload=job.payload,
        run_id=job.run_id,
        rep_id=job.rep_id,
        asked_by_id=job.asked_by_id,
        created_at=job.created_at,
        attempt=job.attempt,
        most_attempts=job.most_attempts,
    )


def _end(job: Job, state: JobState, *, now: datetime) -> None:
    job.state, job.finished_at, job.lease_until = state, now, None
    job.changes += 1
    if job.run_id is not None:
        job.key = None  # the same may be asked for again


def _put_back(job: Job, *, not_before: datetime) -> None:
    job.state, job.lease_until, job.not_before = JobState.QUEUED, None, not_before
    job.progress, job.note = 0.0, ""
    job.changes += 1


def _explain(job: Job, text: str, params: Mapping[str, object]) -> None:
    """English for the log, and the catalogue's key with its values for whoever reads it."""
    plain = {name: one if isinstance(one, int) else str(one) for name, one in params.items()}
    job.error = (text.format(**plain) if plain else text)[:LONGEST_ERROR]
    job.result = {**job.result, "error": {"text": text, "params": plain}}
