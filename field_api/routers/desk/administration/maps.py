"""Maps and roads: the settings that pictures and travel times go by, and whether they answer."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from field_api.deps import TheHouse
from field_api.services.house import house_settings
from field_api.web.desk import TheDesk
from field_api.web.sections import section

router = APIRouter()


@router.get("/maps", response_class=HTMLResponse)
def settings(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """The settings, with where each comes from and how it is changed."""
    return section(
        desk,
        "maps",
        groups=house_settings.groups(house.settings, desk.caller.asker),
        roads=house_settings.roads(house.settings),
    )


@router.get("/maps/engine", response_class=HTMLResponse)
def engine(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """Whether the source of travel times answers now."""
    found = house_settings.travel(
        house.settings, house.database, desk.caller.asker, language=desk.language
    )
    return desk.part("administration/engine", travel=found)
