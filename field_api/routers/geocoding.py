"""Places found by addresses: those in doubt, settling them, and addresses for corrections."""

from uuid import UUID

from fastapi import APIRouter, Response

from field_api.deps import Now, TheCaller, TheHouse
from field_api.etags import IfMatch, answered_with
from field_api.schemas.geocoding import AddressAnswer, DoubtfulAnswer, SettleBody, SettledAnswer
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Cursor, Limit, Page
from field_api.services import geocoding

router = APIRouter(tags=["Places"])


@router.get("/places/doubtful", responses=answers(401, 403, 422))
def doubtful(
    caller: TheCaller, house: TheHouse, cursor: Cursor = None, limit: Limit = 50
) -> Page[DoubtfulAnswer]:
    """Customers whose place nobody knows, by code, each with the reason and what was found."""
    return geocoding.doubtful(house.database, caller, after=cursor, limit=limit)


@router.post(
    "/places/{code}/settle", responses=answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503)
)
def settle(
    code: Code,
    body: SettleBody,
    match: IfMatch,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    response: Response,
) -> SettledAnswer:
    """Say where a waiting customer is: at a candidate by its number, or at a place of one's
    own."""
    settled = geocoding.settle(house.database, caller, code, match, body, now=now)
    answered_with(response, settled.version)
    return settled


@router.get("/approvals/{approval_id}/address", responses=answers(401, 404, 409, 422, 503))
def address(approval_id: UUID, caller: TheCaller, house: TheHouse, now: Now) -> AddressAnswer:
    """The address at the place that a correction proposes, or where the rep stood: a suggestion
    for whoever decides."""
    return geocoding.suggestion(house.database, house.geocoder, caller, approval_id, now=now)
