"""What if, at the desk: made, compared on the map, applied or dropped (by the service's API)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from field_api.deps import TheHouse
from field_api.schemas.values import Cursor, Line
from field_api.services.scenarios import shown
from field_api.web.desk import TheManagersDesk

router = APIRouter(prefix="/desk/territories/what-ifs", default_response_class=HTMLResponse)


@router.get("")
def listed(
    desk: TheManagersDesk, house: TheHouse, what: Line = "", cursor: Cursor = None
) -> HTMLResponse:
    """The what-ifs of one's districts, one of them figure by figure and on the map."""
    found = shown.listed(house.database, desk.asker, what, desk.language, after=cursor)
    return desk.page("territories/what_ifs", found=found)


@router.get("/new")
def new(desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """What would be otherwise."""
    return desk.page("territories/what_if_new", choice=shown.choices(house.database, desk.asker))
