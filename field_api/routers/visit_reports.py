"""Visit reports, sent exactly once."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from crm.vocabulary import Reviewed, VisitOutcome
from field_api.deps import Now, TheCaller, TheHouse, TheManager, TheRep
from field_api.schemas.problems import answers
from field_api.schemas.reviews import ReviewAnswer, ReviewBody
from field_api.schemas.values import Code, Cursor, Day, Limit, Line, Page
from field_api.schemas.visit_reports import CorrectionBody, VisitReportAnswer, VisitReportBody
from field_api.services.reports import reviews, visit_reports

router = APIRouter(prefix="/visit-reports", tags=["Visit reports"])
REVIEWED_HELP = (
    "Whether a manager reviewed the newest version; `sent_back`: and asked for a correction."
)
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


@router.put(
    "/{report_id}/reviews/{review_id}",
    status_code=201,
    responses=KEPT_BEFORE | answers(400, 401, 403, 404, 409, 413, 422, 503),
)
def review(
    report_id: UUID,
    review_id: UUID,
    body: ReviewBody,
    manager: TheManager,
    house: TheHouse,
    now: Now,
    response: Response,
) -> ReviewAnswer:
    """Say that a report was read, or send it back for a correction, under an id of the client's."""
    answer, new = reviews.review(house.database, manager.asker, report_id, review_id, body, now=now)
    response.status_code = 201 if new else 200
    return answer


@router.get("/{report_id}", responses=answers(401, 404, 422))
def one(report_id: UUID, caller: TheCaller, house: TheHouse, now: Now) -> VisitReportAnswer:
    """A report: a rep's own, or one of a manager's reps."""
    return visit_reports.one(house.database, house.settings, caller.asker, report_id, now=now)


async def wanted(
    rep_code: Annotated[Code | None, Query(description="Only this rep's.")] = None,
    customer_code: Annotated[Code | None, Query(description="Only on this customer.")] = None,
    first_day: Annotated[Day | None, Query(description="Visits from this day on.")] = None,
    last_day: Annotated[Day | None, Query(description="Visits up to this day.")] = None,
    outcome: Annotated[VisitOutcome | None, Query(description="Only of this outcome.")] = None,
    far: Annotated[bool | None, Query(description="Whether the check-in was far away.")] = None,
    reviewed: Annotated[Reviewed | None, Query(description=REVIEWED_HELP)] = None,
    q: Annotated[Line, Query(description="Found in notes, needs, objections or competitors.")] = "",
) -> visit_reports.Wanted:
    """Which reports are asked for."""
    return visit_reports.Wanted(
        rep_code=rep_code,
        customer_code=customer_code,
        first_day=first_day,
        last_day=last_day,
        outcome=outcome,
        far=far,
        reviewed=reviewed,
        q=q,
    )


@router.get("", responses=answers(401, 404, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    wanted: Annotated[visit_reports.Wanted, Depends(wanted)],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[VisitReportAnswer]:
    """Reports, the last received first: a rep's own, a manager's reps'."""
    return visit_reports.listed(
        house.database, house.settings, caller.asker, wanted, after=cursor, limit=limit, now=now
    )
