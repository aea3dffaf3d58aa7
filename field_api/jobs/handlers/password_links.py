"""A letter to somebody who forgot the password: sent after the answer, which tells nothing."""

from datetime import datetime

from sqlmodel import Session

from crm.store.house.jobs import Taken
from field_api.jobs.registry import Handler, register
from field_api.services.people.password_ways import JOB, send_letter
from field_api.settings import Settings


def _keep(session: Session, job: Taken, settings: Settings, now: datetime) -> None:
    send_letter(session, settings, job.payload["user_id"], now=now)


register(JOB, Handler(work=lambda desk, _job: desk.settings, keep=_keep))
