"""The rep's day."""

from fastapi import APIRouter

from field_api.deps import Now, TheCaller, TheHouse, TheLanguage, TheRep
from field_api.schemas.days import DayAnswer
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Day
from field_api.services import days

router = APIRouter(tags=["Days"])


@router.get("/my/days/{day}", responses=answers(401, 403, 422))
def my_day(day: Day, rep: TheRep, house: TheHouse, now: Now, language: TheLanguage) -> DayAnswer:
    """The rep's own published route of a day; a day without one is empty, with the reason."""
    return days.day_of_rep(
        house.database,
        house.settings,
        rep.asker,
        rep_code=rep.rep_code or "",
        on=day,
        now=now,
        language=language,
    )


@router.get("/reps/{rep_code}/days/{day}", responses=answers(401, 404, 422))
def day_of_rep(
    rep_code: Code, day: Day, caller: TheCaller, house: TheHouse, now: Now, language: TheLanguage
) -> DayAnswer:
    """The published route of a rep: a district manager's own district, a rep's own self."""
    return days.day_of_rep(
        house.database,
        house.settings,
        caller.asker,
        rep_code=rep_code,
        on=day,
        now=now,
        language=language,
    )
