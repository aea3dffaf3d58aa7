"""Planning runs as people see them: those with a rep of the asker's in them, and of these only
what concerns such reps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import CyclePlan, Job, PlanningRun, Rep, User
from crm.rules.access import Asker
from crm.store.people import people
from crm.text import N_


class RunNotFound(Refused):
    """No such run, or none of the asker's: the two are not told apart."""

    def __init__(self, run_id: UUID) -> None:
        super().__init__(N_("There is no planning run {id} among yours."), id=str(run_id))


@dataclass(frozen=True, kw_only=True)
class RepOfRun:
    """What a run does for one rep; number and figures of the plan once it is made."""

    job: Job
    rep_code: str
    rep_name: str
    plan_id: int | None
    figures: Mapping[str, Any] | None


def visible_to(asker: Asker) -> SelectOfScalar[PlanningRun]:
    """The runs that plan a rep of the asker's."""
    own = jobs_visible_to(asker).subquery()
    return select(PlanningRun).where(col(PlanningRun.id).in_(select(own.c.run_id)))


def jobs_visible_to(asker: Asker) -> SelectOfScalar[Job]:
    """The jobs about reps of the asker's."""
    reps = people.reps_visible_to(asker).subquery()
    return select(Job).where(col(Job.rep_id).in_(select(reps.c.id)))


def get(session: Session, asker: Asker, run_id: UUID) -> tuple[PlanningRun, User | None]:
    """The run, and whoever asked for it. Raises `RunNotFound`."""
    found = session.exec(visible_to(asker).where(PlanningRun.id == run_id)).one_or_none()
    if found is None:
        raise RunNotFound(run_id)
    user = session.get(User, found.asked_by_id) if found.asked_by_id is not None else None
    return found, user


def newest(
    session: Session, asker: Asker, *, after: tuple[datetime, UUID] | None, limit: int
) -> list[PlanningRun]:
    """Up to `limit` runs, the last asked for first, those after a place in that order."""
    query = visible_to(asker)
    if after is not None:
        at, run_id = after
        same = and_(col(PlanningRun.asked_at) == at, col(PlanningRun.id) < run_id)
        query = query.where(or_(col(PlanningRun.asked_at) < at, same))
    order = (col(PlanningRun.asked_at).desc(), col(PlanningRun.id).desc())
    return list(session.exec(query.order_by(*order).limit(limit)))


def reps_of(session: Session, asker: Asker, run_id: UUID) -> list[RepOfRun]:
    """What a run does for the asker's reps, in order of code."""
    own = jobs_visible_to(asker).where(Job.run_id == run_id).subquery()
    mine = col(Job.id).in_(select(own.c.id))
    made = session.exec(  # not whole plans, which are large
        select(CyclePlan.job_id, CyclePlan.id, CyclePlan.figures)
        .join(Job, col(CyclePlan.job_id) == Job.id)
        .where(mine)
    )
    plans = {job_id: (plan_id, figures) for job_id, plan_id, figures in made}
    rows = session.exec(
        select(Job, Rep).join(Rep, col(Rep.id) == Job.rep_id).where(mine).order_by(Rep.code)
    )
    found = []
    for job, rep in rows:
        plan_id, figures = plans.get(job.id, (None, None))
        found.append(
            RepOfRun(
                job=job, rep_code=rep.code, rep_name=rep.name, plan_id=plan_id, figures=figures
            )
        )
    return found


def changes_of(session: Session, asker: Asker, run_id: UUID) -> dict[UUID, int]:
    """How often each of the asker's jobs of a run has changed; cheap enough to be asked often."""
    own = jobs_visible_to(asker).where(Job.run_id == run_id)
    rows = session.connection().execute(own.with_only_columns(col(Job.id), col(Job.changes)))
    return {row.id: row.changes for row in rows}
