"""Company, regions, districts, reps."""

from typing import Any

from fastapi import APIRouter, Response

from field_api.deps import Now, TheCaller, TheHouse, TheOrganiser
from field_api.schemas.organisation import (
    DistrictAnswer,
    DistrictBody,
    OrganisationAnswer,
    RegionAnswer,
    RegionBody,
)
from field_api.schemas.problems import answers
from field_api.schemas.values import Code
from field_api.services.people import organisation

router = APIRouter(prefix="/organisation", tags=["Organisation"])
NEW: dict[int | str, dict[str, Any]] = {
    201: {"model": RegionAnswer, "description": "There was none; now there is."}
}


@router.get("", responses=answers(401))
def whole(caller: TheCaller, house: TheHouse) -> OrganisationAnswer:
    """The company with its regions, districts, territories and reps, as far as one sees."""
    return organisation.whole(house.database, house.settings, caller.asker)


@router.put("/regions/{code}", responses=NEW | answers(400, 401, 403, 413, 422, 503))
def put_region(
    code: Code,
    body: RegionBody,
    organiser: TheOrganiser,
    house: TheHouse,
    now: Now,
    response: Response,
) -> RegionAnswer:
    """Name a region; a new code makes a new region."""
    answer, new = organisation.put_region(house.database, organiser.asker, code, body, now=now)
    response.status_code = 201 if new else 200
    return answer


@router.put("/districts/{code}", responses=answers(400, 401, 403, 404, 413, 422, 503))
def put_district(
    code: Code, body: DistrictBody, organiser: TheOrganiser, house: TheHouse, now: Now
) -> DistrictAnswer:
    """Name a district and put it into a region. New districts come with the file of reps."""
    return organisation.put_district(house.database, organiser.asker, code, body, now=now)
