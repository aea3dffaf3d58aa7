"""What if: a district reckoned otherwise, compared with today, applied or dropped."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from field_api.deps import Now, TheHouse, TheLanguage, TheManager
from field_api.page_headers import page_headers
from field_api.schemas.problems import answers
from field_api.schemas.scenarios import (
    ApplyBody,
    ScenarioAnswer,
    ScenarioBody,
    ScenarioSummary,
)
from field_api.schemas.values import Cursor, Limit, Page
from field_api.services.scenarios import applying, kept, picture

router = APIRouter(prefix="/scenarios", tags=["What if"])


@router.get("", responses=answers(401, 403, 422))
def listed(
    manager: TheManager, house: TheHouse, cursor: Cursor = None, limit: Limit = 50
) -> Page[ScenarioSummary]:
    """What-ifs of one's districts, the last made first."""
    return kept.listed(house.database, manager.asker, after=cursor, limit=limit)


@router.post("", status_code=201, responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def make(body: ScenarioBody, manager: TheManager, house: TheHouse, now: Now) -> ScenarioAnswer:
    """Reckon a district otherwise and keep it under a name; nothing in force changes."""
    return kept.make(
        house.database,
        house.settings,
        manager.asker,
        body,
        now=now,
        workers=house.supervisor.workers,
    )


@router.get("/{scenario_id}", responses=answers(401, 403, 404, 422))
def one(scenario_id: UUID, manager: TheManager, house: TheHouse) -> ScenarioAnswer:
    """A what-if figure by figure against today, with whom it would move."""
    return kept.one(house.database, manager.asker, scenario_id)


@router.get(
    "/{scenario_id}/map", response_class=HTMLResponse, responses=answers(401, 403, 404, 422)
)
def on_map(
    scenario_id: UUID, manager: TheManager, house: TheHouse, language: TheLanguage
) -> HTMLResponse:
    """Both on a map, in two layers."""
    html = picture.html(house, manager.asker, scenario_id, language)
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.post("/{scenario_id}/apply", responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def apply(
    scenario_id: UUID,
    body: ApplyBody,
    manager: TheManager,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
) -> ScenarioAnswer:
    """Ask for its territories and visit intervals, and change the reps' hours."""
    return applying.apply(
        house.database,
        manager.asker,
        scenario_id,
        reason=body.reason,
        takes_effect_on=body.takes_effect_on,
        zone=manager.zone,
        now=now,
        language=language,
    )


@router.delete("/{scenario_id}", status_code=204, responses=answers(401, 403, 404, 409, 422, 503))
def drop(scenario_id: UUID, manager: TheManager, house: TheHouse, now: Now) -> None:
    """Drop a what-if; again changes nothing."""
    kept.drop(house.database, manager.asker, scenario_id, now=now)
