"""Jobs as people see them: how far they are, what went wrong, and what to do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import Job
from crm.rules.access import MANAGERS, RUNS_THE_HOUSE, Asker
from crm.rules.jobs import OPEN
from crm.store.house import audit, job_list, jobs
from crm.store.house.job_list import JobNotFound, Listed
from crm.text import N_
from crm.vocabulary import JobState, Role
from field_api.errors import CODES, Conflict
from field_api.services.house.housekeeping import CLOCK_PREFIX
from field_api.services.pages import cursor, instant, place
from field_api.services.people.roles import refuse_unless

NOUN = "job"
LOOK_AFTER_JOBS: tuple[Role, ...] = tuple(dict.fromkeys((*MANAGERS, *RUNS_THE_HOUSE)))
NOT_YOURS = N_("Jobs are looked after by managers and by the information admin.")
KINDS = {
    "plan_cycle": N_("Plan of a rep's cycle"),
    "backup": N_("Backup"),
    "accounts/password_link": N_("Letter with a password link"),
    "clock/promises": N_("Reminders of promises"),
    "clock/reports": N_("Reminders of reports"),
    "clock/approvals": N_("Reminders of approvals"),
    "clock/files": N_("Reminders of files"),
    "clock/territories": N_("Territories that take effect"),
    "clock/housekeeping": N_("Tidying up"),
    "clock/deliveries": N_("Messages sent out"),
    "clock/attachments": N_("Photos that belong to nothing"),
}

CODES |= {JobNotFound: (404, "job_not_found")}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which jobs; those that the clock asks for again and again only with `clock`."""

    state: JobState | None = None
    clock: bool = False


def listed(
    database: Database, asker: Asker, wanted: Wanted, *, after: str | None, limit: int
) -> tuple[list[Listed], str | None]:
    """The asker's jobs, the last asked for first, at most `limit` of them, and the cursor of the
    next part. Raises `Forbidden`."""
    refuse_unless(asker, LOOK_AFTER_JOBS, NOT_YOURS)
    behind = place(after, lambda at, number: (instant(at), UUID(number)))
    with database.reading() as session:
        found = job_list.newest(
            session,
            asker,
            states=[wanted.state] if wanted.state else [],
            but_kinds="" if wanted.clock else CLOCK_PREFIX,
            after=behind,
            limit=limit + 1,
        )
    shown = found[:limit]
    last = shown[-1].job if len(found) > limit else None
    return shown, cursor(last.created_at.isoformat(), str(last.id)) if last else None


def counts(database: Database, asker: Asker) -> dict[JobState, int]:
    """How many jobs of the asker's there are, by state."""
    with database.reading() as session:
        return job_list.counts(session, asker)


def cancel(
    database: Database, asker: Asker, job_id: UUID, *, now: datetime, wake: Callable[[], None]
) -> None:
    """End a job that has not ended. Raises `Forbidden`, `JobNotFound`, `Conflict`."""
    refuse_unless(asker, LOOK_AFTER_JOBS, NOT_YOURS)

    def work(session: Session) -> None:
        job = job_list.get(session, asker, job_id, to_change=True)
        if job.state not in OPEN:
            raise _ended(job)
        jobs.cancel(session, [job.id], now=now)
        audit.record(session, "cancel", noun=NOUN, key=str(job.id), details={"kind": job.kind})

    database.written(work, by=asker, at=now)
    wake()


def begin_again(
    database: Database, asker: Asker, job_id: UUID, *, now: datetime, wake: Callable[[], None]
) -> None:
    """Try a job anew that failed or was cancelled. Raises `Forbidden`, `JobNotFound`,
    `Conflict`."""
    refuse_unless(asker, LOOK_AFTER_JOBS, NOT_YOURS)

    def work(session: Session) -> None:
        job = job_list.get(session, asker, job_id, to_change=True)
        if not jobs.begin_again(session, job, now=now):
            raise Conflict(
                "job_not_failed",
                N_(
                    "State of this job: {state}. Only one that failed or was cancelled is tried "
                    "again."
                ),
                state=job.state,
            )
        audit.record(session, "begin_again", noun=NOUN, key=str(job.id), details={"kind": job.kind})

    database.written(work, by=asker, at=now)
    wake()


def _ended(job: Job) -> Conflict:
    return Conflict(
        "job_ended", N_("State of this job: {state}. There is nothing to cancel."), state=job.state
    )
