"""A rep's work passing to another."""

from fastapi import APIRouter

from field_api.deps import Now, TheHouse, TheLanguage, TheManager
from field_api.schemas.hand_overs import HandOverAnswer, HandOverBody
from field_api.schemas.problems import answers
from field_api.schemas.values import Code
from field_api.services.plans import hand_overs

router = APIRouter(tags=["People"])


@router.post(
    "/reps/{rep_code}/hand-over", responses=answers(400, 401, 403, 404, 409, 413, 422, 503)
)
def hand_over(
    rep_code: Code,
    body: HandOverBody,
    manager: TheManager,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
) -> HandOverAnswer:
    """A rep leaves: territories with their customers, open promises and the days to come pass to
    another rep; the leaver's accounts are closed."""
    return hand_overs.pass_on(
        house.database,
        house.settings,
        manager.asker,
        rep_code,
        body,
        now=now,
        language=language,
        wake=house.supervisor.wake,
    )
