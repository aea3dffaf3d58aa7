"""Jobs as whoever asked for them sees them."""

from uuid import UUID

from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import Job
from crm.rules.access import Asker
from crm.text import N_


class JobNotFound(Refused):
    """No such job, or not one that the asker asked for: the two are not told apart."""

    def __init__(self, job_id: UUID) -> None:
        super().__init__(N_("There is no job {job} of yours."), job=str(job_id))


def asked_by(session: Session, asker: Asker, kind: str, *, limit: int) -> list[Job]:
    """The jobs of a kind that the asker asked for, the last first."""
    if asker.user_id is None:
        return []
    query = select(Job).where(Job.kind == kind, Job.asked_by_id == asker.user_id)
    return list(session.exec(query.order_by(col(Job.created_at).desc(), col(Job.id)).limit(limit)))


def own(session: Session, asker: Asker, kind: str, job_id: UUID) -> Job:
    """A job of a kind that the asker asked for. Raises `JobNotFound`."""
    query = select(Job).where(Job.id == job_id, Job.kind == kind)
    found = session.exec(query).one_or_none()
    if found is None or asker.user_id is None or found.asked_by_id != asker.user_id:
        raise JobNotFound(job_id)
    return found
