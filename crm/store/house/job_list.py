"""Which jobs are whose to see: a manager those about the own reps, whoever runs the house all that
is about no rep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, false, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Job, Rep, User
from crm.rules.access import RUNS_THE_HOUSE, Asker
from crm.store.people import people
from crm.text import N_
from crm.vocabulary import JobState

ORDER = (col(Job.created_at).desc(), col(Job.id).desc())


class JobNotFound(Refused):
    """No such job, or none of the asker's: the two are not told apart."""

    def __init__(self, job_id: UUID) -> None:
        super().__init__(N_("There is no job {id} among yours."), id=str(job_id))


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A job with whom it is about and who asked for it, as far as anybody."""

    job: Job
    rep_code: str
    rep_name: str
    asked_by: str


def visible_to(asker: Asker) -> SelectOfScalar[Job]:
    """The jobs that are the asker's to see."""
    reps = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    houses = col(Job.rep_id).is_(None) if asker.role in RUNS_THE_HOUSE else false()
    return select(Job).where(or_(col(Job.rep_id).in_(reps), houses))


def get(session: Session, asker: Asker, job_id: UUID, *, to_change: bool = False) -> Job:
    """The job with this id. Raises `JobNotFound`."""
    query = visible_to(asker).where(Job.id == job_id)
    found = session.exec(query.with_for_update() if to_change else query).one_or_none()
    if found is None:
        raise JobNotFound(job_id)
    return found


def newest(
    session: Session,
    asker: Asker,
    *,
    states: Sequence[JobState] = (),
    but_kinds: str = "",
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Listed]:
    """Up to `limit` jobs, the last asked for first, those after a place in that order; `but_kinds`
    leaves out those whose kind begins so."""
    query = visible_to(asker)
    if states:
        query = query.where(col(Job.state).in_(states))
    if but_kinds:
        query = query.where(~col(Job.kind).startswith(but_kinds, autoescape=True))
    if after is not None:
        at, job_id = after
        same = and_(col(Job.created_at) == at, col(Job.id) < job_id)
        query = query.where(or_(col(Job.created_at) < at, same))
    jobs = session.exec(query.order_by(*ORDER).limit(limit)).all()
    return [
        Listed(
            job=job,
            rep_code=rep.code if rep else "",
            rep_name=rep.name if rep else "",
            asked_by=user.name if user else "",
        )
        for job, rep, user in _with_names(session, [job.id for job in jobs])
    ]


def counts(session: Session, asker: Asker) -> dict[JobState, int]:
    """How many jobs of the asker's there are, by state."""
    query = visible_to(asker).with_only_columns(col(Job.state), func.count())
    rows = session.connection().execute(query.group_by(col(Job.state)))
    return {JobState(state): count for state, count in rows}


def _with_names(
    session: Session, ids: Sequence[UUID]
) -> Iterator[tuple[Job, Rep | None, User | None]]:
    query = (
        select(Job, Rep, User)
        .join(Rep, col(Rep.id) == Job.rep_id, isouter=True)
        .join(User, col(User.id) == Job.asked_by_id, isouter=True)
        .where(col(Job.id).in_(ids))
        .order_by(*ORDER)
    )
    yield from session.exec(query)
