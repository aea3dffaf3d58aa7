"""Changes of a rep's day that is under way."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from field_api.deps import Now, TheCaller, TheHouse, TheLanguage, TheRep
from field_api.schemas.day_changes import (
    DayChangeAccepted,
    DayChangeAnswer,
    DayChangePreview,
    OutdatedProblem,
)
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Day
from field_api.services import day_changes

router = APIRouter(tags=["Days"])
OUTDATED: dict[int | str, dict[str, Any]] = {
    409: {
        "model": OutdatedProblem,
        "description": "The plan, the day or the body is another one by now.",
    }
}


@router.post("/my/days/{day}/changes", responses=answers(400, 401, 403, 404, 409, 413, 422))
def preview(
    day: Day, body: DayChangePreview, rep: TheRep, house: TheHouse, now: Now, language: TheLanguage
) -> DayChangeAnswer:
    """The rest of the own day planned again after something has happened; nothing is kept yet."""
    return day_changes.preview(
        house.database, house.settings, rep, day, body, now=now, language=language
    )


@router.put(
    "/my/days/{day}/changes/{change_id}",
    responses=answers(400, 401, 403, 404, 413, 422, 503) | OUTDATED,
)
def accept(
    day: Day,
    change_id: UUID,
    body: DayChangeAccepted,
    rep: TheRep,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
) -> DayChangeAnswer:
    """Accept a preview: in force at once, or asked for where it costs a visit that is owed."""
    return day_changes.accept(
        house.database, house.settings, rep, day, change_id, body, now=now, language=language
    )


@router.get("/my/days/{day}/changes", responses=answers(401, 403, 422))
def listed(day: Day, rep: TheRep, house: TheHouse) -> list[DayChangeAnswer]:
    """What was changed on the own day, in order, each as it stands by now."""
    return day_changes.listed(house.database, rep, rep.rep_code or "", day)


@router.get("/reps/{rep_code}/days/{day}/changes", responses=answers(401, 404, 422))
def of_rep(rep_code: Code, day: Day, caller: TheCaller, house: TheHouse) -> list[DayChangeAnswer]:
    """What a rep changed on a day, in order: a district manager's own district."""
    return day_changes.listed(house.database, caller, rep_code, day)
