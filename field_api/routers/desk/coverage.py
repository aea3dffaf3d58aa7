"""The coverage of a month: figures, a map, who is overdue and where nobody goes."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from crm.rules.figures.month_shares import OF_TERRITORIES
from crm.rules.glossary import DEFINITIONS, FigureKey
from crm.rules.region_years import Level
from crm.text import N_
from field_api.deps import TheHouse
from field_api.page_headers import page_headers
from field_api.schemas.rep_figures import Month
from field_api.schemas.values import Clean, Skipped
from field_api.services.analysis import coverage, coverage_map, coverage_tables
from field_api.web import tables
from field_api.web.desk import TheManagersDesk

router = APIRouter(prefix="/desk/coverage", include_in_schema=False)
OfMonth = Annotated[Month | None, Query()]
Of = Annotated[Clean, Query(max_length=64)]


@router.get("", response_class=HTMLResponse)
def page(
    desk: TheManagersDesk,
    house: TheHouse,
    month: OfMonth = None,
    level: Level = Level.TERRITORY,
    measure: FigureKey = FigureKey.ATTAINMENT,
    territory: Of = "",
    after: Skipped = 0,
    form: tables.Form | None = None,
) -> Response:
    """Figures by territory, district or region; as a file where a form is named."""
    if form is not None:
        sheet = coverage_tables.figures(
            house.database, desk.asker, desk.language, month=month or "", level=level
        )
        return tables.download(house, desk, sheet, form, name=desk.t(N_("Coverage")))
    found = coverage.page(
        house.database,
        desk.asker,
        desk.language,
        month=month or "",
        level=level,
        territory=territory,
        after=after,
    )
    return desk.page(
        "coverage/coverage",
        page=found,
        level=level.value,
        levels=[one.value for one in Level],
        measure=measure if measure in OF_TERRITORIES else FigureKey.ATTAINMENT,
        definitions={key: DEFINITIONS[key] for key in OF_TERRITORIES},
        territory=territory,
    )


@router.get("/overdue")
def overdue(
    desk: TheManagersDesk,
    house: TheHouse,
    form: tables.Form,
    month: OfMonth = None,
    territory: Of = "",
) -> Response:
    """The overdue customers as a file."""
    sheet = coverage_tables.overdue(
        house.database, desk.asker, desk.language, month=month or "", territory=territory
    )
    return tables.download(house, desk, sheet, form, name=desk.t(N_("Overdue customers")))


@router.get("/white")
def white(
    desk: TheManagersDesk, house: TheHouse, form: tables.Form, month: OfMonth = None
) -> Response:
    """The white spots as a file."""
    sheet = coverage_tables.white(house.database, desk.asker, desk.language, month=month or "")
    return tables.download(house, desk, sheet, form, name=desk.t(N_("White spots")))


@router.get("/map", response_class=HTMLResponse)
def picture(
    desk: TheManagersDesk,
    house: TheHouse,
    month: OfMonth = None,
    measure: FigureKey = FigureKey.ATTAINMENT,
) -> HTMLResponse:
    """The month on a map, to be framed by the page."""
    html = coverage_map.drawn(
        house,
        desk.asker,
        desk.language,
        month=month or "",
        measure=measure if measure in OF_TERRITORIES else FigureKey.ATTAINMENT,
    )
    return HTMLResponse(html, headers=page_headers("map", html=html))
