"""Territories worked out: proposed anew, or repaired with the fewest moves. Nothing is applied."""

from fastapi import APIRouter

from field_api.deps import TheHouse, TheManager, Today
from field_api.routers.territories import GeoJson
from field_api.schemas.problems import answers
from field_api.schemas.territory_proposals import ProposalAnswer, ProposalBody
from field_api.services.territory_proposals import asked

router = APIRouter(tags=["Territories"])


@router.post(
    "/territories/proposals",
    response_class=GeoJson,
    responses=answers(400, 401, 403, 404, 413, 422, 503),
)
def work_out(
    body: ProposalBody, manager: TheManager, house: TheHouse, today: Today
) -> ProposalAnswer:
    """Balanced territories for a district, or the fewest moves that balance it. The features can
    be asked for as they are with `PUT /territories.geojson`."""
    return asked.ask(
        house.database,
        house.settings,
        manager.asker,
        body,
        today=today,
        workers=house.supervisor.workers,
    )
