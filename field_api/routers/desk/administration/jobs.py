"""Jobs: how far they are, what went wrong, and what to do about it."""

from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from crm.vocabulary import JobState
from field_api.deps import TheHouse
from field_api.schemas.values import Cursor
from field_api.services.house import jobs
from field_api.services.house.jobs import Wanted
from field_api.web import job_words
from field_api.web.desk import TheDesk
from field_api.web.sections import section

router = APIRouter()
ROWS = 50


@router.get("/jobs", response_class=HTMLResponse)
def listed(
    desk: TheDesk,
    house: TheHouse,
    state: JobState | None = None,
    clock: bool = False,
    cursor: Cursor = None,
) -> HTMLResponse:
    """One's own jobs, the last asked for first."""
    wanted = Wanted(state=state, clock=clock)
    found, more = jobs.listed(house.database, desk.asker, wanted, after=cursor, limit=ROWS)
    return section(
        desk,
        "jobs",
        found=found,
        more=more,
        wanted=wanted,
        words=job_words,
        counts=jobs.counts(house.database, desk.asker),
    )


@router.post("/jobs/{job_id}/cancel")
def cancel(job_id: UUID, desk: TheDesk, house: TheHouse) -> Response:
    """End a job that has not ended."""
    jobs.cancel(house.database, desk.caller.asker, job_id, now=desk.now, wake=house.supervisor.wake)
    return desk.done(N_("The job is cancelled."))


@router.post("/jobs/{job_id}/again")
def begin_again(job_id: UUID, desk: TheDesk, house: TheHouse) -> Response:
    """Try a job anew."""
    jobs.begin_again(
        house.database, desk.caller.asker, job_id, now=desk.now, wake=house.supervisor.wake
    )
    return desk.done(N_("The job is tried again."))
