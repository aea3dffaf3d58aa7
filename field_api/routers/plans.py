"""Cycle plans."""

from typing import Annotated

from fastapi import APIRouter, Query

from field_api.deps import Now, TheCaller, TheHouse, TheLanguage, TheManager
from field_api.schemas.plans import PlanAnswer, PlanChangeAnswer, ReplanBody
from field_api.schemas.problems import answers
from field_api.schemas.values import Code
from field_api.services import plans

router = APIRouter(prefix="/plans", tags=["Plans"])


@router.get("/current", responses=answers(401, 404, 422))
def current(
    rep_code: Annotated[Code, Query(description="Whose plan.")],
    caller: TheCaller,
    house: TheHouse,
    now: Now,
) -> PlanAnswer:
    """The plan in force of a rep in figures, with every visit that found no place."""
    return plans.current(house.database, house.settings, caller.asker, rep_code, now=now)


@router.post("/replan", responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def replan(
    body: ReplanBody, manager: TheManager, house: TheHouse, now: Now, language: TheLanguage
) -> PlanChangeAnswer:
    """Plan the days after today again, moving as little as can be; answers the difference."""
    return plans.plan_again(
        house.database,
        house.settings,
        manager.asker,
        rep_code=body.rep_code,
        purpose=body.purpose,
        now=now,
        language=language,
    )
