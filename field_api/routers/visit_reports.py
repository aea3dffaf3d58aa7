"""Visit reports, sent exactly once."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from field_api.deps import Now, TheCaller, TheHouse, TheRep
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Cursor, Day, Limit, Page
from field_api.schemas.visit_reports import CorrectionBody, VisitReportAnswer, VisitReportBody
from field_api.services import visit_reports

router = APIRouter(prefix="/visit-reports", tags=["Visit reports"])
KEPT_BEFORE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The same was sent before; nothing changed."}
}


@router.put(
    "/{report_id}",
    status_code=201,
    responses=KEPT_BEFORE | answers(400, 401, 403, 404, 409, 413, 422, 503),
)
def submit(
    report_id: UUID,
    body: VisitReportBody,
    rep: TheRep,
    house: TheHouse,
    now: Now,
    response: Response,
) -> VisitReportAnswer:
    """Send a report under an id of the client's own (a random UUID), as often as it takes."""
    answer, new = visit_reports.submit(
        house.database, house.settings, rep, report_id, body, now=now
    )
    response.status_code = 201 if new else 200
    return answer


@router.post(
    "/{report_id}/corrections",
    status_code=201,
    responses=KEPT_BEFORE | answers(400, 401, 403, 404, 409, 413, 422, 503),
)
def correct(
    report_id: UUID,
    body: CorrectionBody,
    rep: TheRep,
    house: TheHouse,
    now: Now,
    response: Response,
) -> VisitReportAnswer:
    """Append a version with its reason; the first version stays."""
    answer, new = visit_reports.correct(
        house.database, house.settings, rep, report_id, body, now=now
    )
    response.status_code = 201 if new else 200
    return answer


@router.get("/{report_id}", responses=answers(401, 404, 422))
def one(report_id: UUID, caller: TheCaller, house: TheHouse, now: Now) -> VisitReportAnswer:
    """A report: a rep's own, or one of a manager's reps."""
    return visit_reports.one(house.database, house.settings, caller.asker, report_id, now=now)


@router.get("", responses=answers(401, 404, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    rep_code: Annotated[Code | None, Query(description="Only this rep's.")] = None,
    first_day: Annotated[Day | None, Query(description="Visits from this day on.")] = None,
    last_day: Annotated[Day | None, Query(description="Visits up to this day.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[VisitReportAnswer]:
    """Reports, the last received first: a rep's own, a manager's reps'."""
    wanted = visit_reports.Wanted(rep_code=rep_code, first_day=first_day, last_day=last_day)
    return visit_reports.listed(
        house.database, house.settings, caller.asker, wanted, after=cursor, limit=limit, now=now
    )
