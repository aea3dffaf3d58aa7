"""Grading all customers."""

from fastapi import APIRouter

from field_api.deps import Now, TheCaller, TheHouse
from field_api.schemas.grading_runs import GradingAnswer, GradingBody, GradingRunAnswer
from field_api.schemas.problems import answers
from field_api.schemas.values import Cursor, Limit, Page
from field_api.services.grades import grading_runs

router = APIRouter(prefix="/grading-runs", tags=["Grading"])


@router.get("", responses=answers(401, 403, 422))
def listed(
    caller: TheCaller, house: TheHouse, cursor: Cursor = None, limit: Limit = 50
) -> Page[GradingRunAnswer]:
    """The gradings that were applied, the last one first."""
    return grading_runs.listed(house.database, caller.asker, after=cursor, limit=limit)


@router.post("", responses=answers(400, 401, 403, 409, 413, 422, 503))
def run(body: GradingBody, caller: TheCaller, house: TheHouse, now: Now) -> GradingAnswer:
    """Work out who would move and why and, unless it is a dry run, ask for its approval."""
    return grading_runs.run(house.database, house.settings, caller.asker, body, now=now)
