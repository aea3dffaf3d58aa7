"""A proposal worked out beside requests: asked for, looked at, stopped. What comes of it is kept
with the job until whoever asked has seen it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from crm.database import Database
from crm.models import Job
from crm.rules.access import Asker
from crm.store.house import audit, jobs, own_jobs
from crm.store.house.own_jobs import JobNotFound
from crm.store.people import organisation
from crm.vocabulary import JobState
from field_api.errors import CODES
from field_api.jobs.handlers.territory_proposals import KIND
from field_api.schemas.territory_proposals import ProposalBody, ProposalJobAnswer
from field_api.services.territory_proposals.asked import question_of
from field_api.settings import Settings
from field_api.wording import Language, say

SHOWN = 5
CODES |= {JobNotFound: (404, "job_not_found")}


def begin(
    database: Database,
    settings: Settings,
    asker: Asker,
    body: ProposalBody,
    *,
    today: date,
    now: datetime,
    language: Language,
    wake: Callable[[], None],
) -> ProposalJobAnswer:
    """Ask for territories of a district of the asker's. The same asked again is the same job.
    Raises `DistrictNotFound`."""
    question = question_of(body, settings, today)
    place = {"district_id": asker.district_id, "region_id": asker.region_id}
    who = {"role": asker.role.value, "user_id": asker.user_id, "name": asker.name} | place
    with database.writing(by=asker, at=now) as session:
        organisation.get_district(session, asker, body.district_code)
        for old in own_jobs.asked_by(session, asker, KIND, limit=SHOWN):
            jobs.forget(session, old, now=now)  # the newest question counts
        job = jobs.enqueue(
            session,
            kind=KIND,
            payload={"question": question.to_plain(), "asker": who},
            now=now,
            asked_by_id=asker.user_id,
        )
        audit.record(
            session,
            "propose",
            noun="territories",
            key=body.district_code,
            details={"task": body.task.value},
        )
        answer = _answer(job, language)
    wake()
    return answer


def mine(database: Database, asker: Asker, *, language: Language) -> list[ProposalJobAnswer]:
    """What the asker asked for and has not put away, the last first."""
    with database.reading() as session:
        found = own_jobs.asked_by(session, asker, KIND, limit=SHOWN)
        return [_answer(job, language) for job in found if job.state is not JobState.CANCELLED]


def one(database: Database, asker: Asker, job_id: UUID, *, language: Language) -> ProposalJobAnswer:
    """How far it is, and what came of it. Raises `JobNotFound`."""
    with database.reading() as session:
        return _answer(own_jobs.own(session, asker, KIND, job_id), language)


def put_away(database: Database, asker: Asker, job_id: UUID, *, now: datetime) -> None:
    """Stop it, or forget what came of it. Raises `JobNotFound`."""
    with database.writing(by=asker, at=now) as session:
        jobs.forget(session, own_jobs.own(session, asker, KIND, job_id), now=now)


def _answer(job: Job, language: Language) -> ProposalJobAnswer:
    why: dict[str, Any] = job.result.get("error") or {"text": job.error, "params": {}}
    text = why["text"]
    return ProposalJobAnswer(
        id=job.id,
        state=job.state,
        result=dict(job.result) if job.state is JobState.DONE else None,
        error=say(language, text, **why["params"]),
    )
