"""What the week holds, what is late, who is overloaded."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from crm.store.days.todays_visits import StopStanding
from field_api.deps import TheHouse
from field_api.page_headers import page_headers
from field_api.schemas.values import Skipped
from field_api.services.days import outlook
from field_api.services.pictures import today
from field_api.web import reps_list, todays_list
from field_api.web.desk import TheManagersDesk
from field_api.web.tables import Form, download

router = APIRouter()


@router.get("/desk", response_model=None)
def overview(desk: TheManagersDesk, house: TheHouse, form: Form | None = None) -> Response:
    """The manager's first page, or how the reps stand on it to take along."""
    found = outlook.outlook(house, desk.caller, desk.asker, now=desk.now)
    if form is not None:
        sheet = reps_list.sheet(found.reps, desk.language)
        return download(house, desk, sheet, form, name=sheet.title)
    return desk.page("overview/overview", found=found)


@router.get("/desk/today", response_model=None)
def todays_visits(
    desk: TheManagersDesk,
    house: TheHouse,
    standing: StopStanding | None = None,
    after: Skipped = 0,
    form: Form | None = None,
) -> Response:
    """The visits of today, those that stand one way if asked, a page of them or all to take
    along."""
    if form is not None:
        stops = outlook.stops_of_today(house, desk.caller, desk.asker, standing, now=desk.now)
        sheet = todays_list.sheet(stops, desk.language)
        return download(house, desk, sheet, form, name=sheet.title)
    found = outlook.list_of_today(
        house, desk.caller, desk.asker, standing, after=after, now=desk.now
    )
    return desk.page("overview/today", found=found, standing=standing, standings=StopStanding)


@router.get("/desk/today/map", response_class=HTMLResponse)
def todays_map(desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """The visits of today on a map."""
    stops = outlook.stops_of_today(house, desk.caller, desk.asker, now=desk.now)
    html = today.html(house, stops, desk.today, language=desk.language)
    return HTMLResponse(html, headers=page_headers("map", html=html))
