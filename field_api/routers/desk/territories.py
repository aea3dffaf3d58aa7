"""Territories at the desk: drawn, balanced, tried otherwise, looked up as they were."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from field_api.deps import TheHouse
from field_api.page_headers import page_headers
from field_api.schemas.drawings import DrawingBody, GroundAnswer, ShapedAnswer, ShapesBody
from field_api.services.territories import board, editing, ground
from field_api.web.desk import TheManagersDesk

router = APIRouter(prefix="/desk/territories")


@router.get("", response_class=HTMLResponse)
def draw(desk: TheManagersDesk) -> HTMLResponse:
    """The drawing: the map large, and beside it whom and how much each territory has."""
    return desk.page("territories/draw", person=desk.caller.asker.user_id)


@router.get("/map", response_class=HTMLResponse)
def on_map(desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """The map of the drawing, for its frame."""
    html = editing.framed(house.database, desk.asker, desk.language)
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.get("/board")
def what_to_draw(desk: TheManagersDesk, house: TheHouse) -> dict[str, Any]:
    """What there is to draw, with what each customer weighs."""
    return board.board(house.database, house.settings, desk.asker, today=desk.today)


@router.post("/ground")
def lit(body: DrawingBody, desk: TheManagersDesk, house: TheHouse) -> GroundAnswer:
    """Gaps and overlaps of a drawing."""
    return ground.faces(house.database, desk.asker, body)


@router.post("/shapes")
def shaped(body: ShapesBody, desk: TheManagersDesk) -> ShapedAnswer:
    """Shapes joined, or cut out of each other."""
    return ground.shaped(body)
