"""高峰时段: hours at which driving takes longer."""

from fastapi import APIRouter

from field_api.deps import Now, TheCaller, TheHouse
from field_api.schemas.peak_hours import PeakTableAnswer, PeakTableBody, PeakTablesAnswer
from field_api.schemas.problems import answers
from field_api.schemas.values import Code
from field_api.services.travel import peak_hours

router = APIRouter(prefix="/peak-hours", tags=["Organisation"])


@router.get("", responses=answers(401))
def tables(caller: TheCaller, house: TheHouse) -> PeakTablesAnswer:
    """The company's peak hours, and those of one's districts that have their own."""
    return peak_hours.tables(house.database, caller.asker)


@router.put("", responses=answers(400, 401, 403, 413, 422, 503))
def put_companys(
    body: PeakTableBody, caller: TheCaller, house: TheHouse, now: Now
) -> PeakTableAnswer:
    """Set the company's peak hours: they hold in every district without its own."""
    return peak_hours.put(house.database, caller.asker, "", body, now=now)


@router.put("/{district_code}", responses=answers(400, 401, 403, 404, 413, 422, 503))
def put_districts(
    district_code: Code, body: PeakTableBody, caller: TheCaller, house: TheHouse, now: Now
) -> PeakTableAnswer:
    """Set the peak hours of a district; no rows: it goes by the company's again."""
    return peak_hours.put(house.database, caller.asker, district_code, body, now=now)
