"""Territories at the desk: drawn, balanced, tried otherwise, looked up as they were."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from field_api.deps import TheHouse
from field_api.page_headers import page_headers
from field_api.schemas.drawings import DrawingBody, GroundAnswer, ShapedAnswer, ShapesBody
from field_api.schemas.values import Line
from field_api.services.territories import board, coming, editing, ground, pictured
from field_api.services.territories.portion import Portion, portion_of
from field_api.services.territories.then import then
from field_api.web.asked import day_until
from field_api.web.desk import TheManagersDesk

router = APIRouter(prefix="/desk/territories")


def portion(desk: TheManagersDesk, house: TheHouse, district: Line = "") -> Portion:
    """What of the company is drawn at once; `district` is its code."""
    return portion_of(house.database, desk.asker, district)


ThePortion = Annotated[Portion, Depends(portion)]


@router.get("", response_class=HTMLResponse)
def draw(desk: TheManagersDesk, portion: ThePortion) -> HTMLResponse:
    """The drawing: the map large, and beside it whom and how much each territory has."""
    return desk.page("territories/draw", person=desk.caller.asker.user_id, portion=portion)


@router.get("/map", response_class=HTMLResponse)
def on_map(desk: TheManagersDesk, house: TheHouse, portion: ThePortion) -> HTMLResponse:
    """The map of the drawing, for its frame."""
    html = editing.framed(house, portion.asker, desk.language)
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.get("/board")
def what_to_draw(desk: TheManagersDesk, house: TheHouse, portion: ThePortion) -> dict[str, Any]:
    """What there is to draw, with what each customer weighs."""
    return board.board(house.database, house.settings, portion.asker, today=desk.today)


@router.post("/ground")
def lit(body: DrawingBody, house: TheHouse, portion: ThePortion) -> GroundAnswer:
    """Gaps and overlaps of a drawing."""
    return ground.faces(house.database, portion.asker, body)


@router.post("/shapes")
def shaped(body: ShapesBody, desk: TheManagersDesk) -> ShapedAnswer:
    """Shapes joined, or cut out of each other."""
    return ground.shaped(body)


@router.get("/waiting", response_class=HTMLResponse)
def waiting(desk: TheManagersDesk, house: TheHouse, what: Line = "") -> HTMLResponse:
    """Changes that wait for approval or for their day, one of them on the map."""
    found = coming.coming(house.database, desk.asker, now=desk.now, language=desk.language)
    here = next((one for one in found if str(one.asked.id) == what), found[0] if found else None)
    return desk.page("territories/waiting", found=found, here=here)


@router.get("/waiting/map", response_class=HTMLResponse)
def waiting_on_map(desk: TheManagersDesk, house: TheHouse, what: UUID) -> HTMLResponse:
    """A change over today's territories, with those who would move."""
    html = pictured.change(
        house.database, house.settings, desk.asker, what, now=desk.now, language=desk.language
    )
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.get("/history", response_class=HTMLResponse)
def history(
    desk: TheManagersDesk, house: TheHouse, portion: ThePortion, day: Line = ""
) -> HTMLResponse:
    """The territories as they lay on a day, and what was changed when."""
    on = day_until(day, desk.today)
    found = then(house.database, portion.asker, on, desk.caller.zone)
    return desk.page("territories/history", found=found, on=on, portion=portion)


@router.get("/history/map", response_class=HTMLResponse)
def history_on_map(
    desk: TheManagersDesk, house: TheHouse, portion: ThePortion, day: Line = ""
) -> HTMLResponse:
    """The territories as they lay on a day, over today's."""
    html = pictured.past(
        house.database,
        house.settings,
        portion.asker,
        day_until(day, desk.today),
        zone=desk.caller.zone,
        today=desk.today,
        language=desk.language,
    )
    return HTMLResponse(html, headers=page_headers("map", html=html))
