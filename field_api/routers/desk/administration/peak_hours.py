"""Peak hours: the company's table, and those of districts that have their own."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse

from crm.rules.peak_hours import QUICKEST_PERCENT, SLOWEST_PERCENT
from crm.text import N_
from field_api.deps import TheHouse
from field_api.schemas.administration import PeakRowChangeForm, PeakRowForm, PeakTableForm
from field_api.services.travel import peak_tables
from field_api.web.desk import TheDesk
from field_api.web.sections import section

router = APIRouter()
DONE = N_("The peak hours are set. Plans made from now on reckon with them.")


@router.get("/peak-hours", response_class=HTMLResponse)
def tables(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """The tables, and the plans that were reckoned with others."""
    return section(
        desk,
        "peak_hours",
        shown=peak_tables.shown(house.database, desk.asker, desk.caller.asker, today=desk.today),
        least=QUICKEST_PERCENT,
        most=SLOWEST_PERCENT,
    )


@router.post("/peak-hours/rows")
def set_row(form: Annotated[PeakRowChangeForm, Form()], desk: TheDesk, house: TheHouse) -> Response:
    """Set a row, or add one."""
    code = form.district_code or ""
    peak_tables.set_row(house.database, desk.caller.asker, code, form.was, form.peak, now=desk.now)
    return desk.done(DONE)


@router.post("/peak-hours/rows/remove")
def remove_row(form: Annotated[PeakRowForm, Form()], desk: TheDesk, house: TheHouse) -> Response:
    """Take a row away."""
    code = form.district_code or ""
    peak_tables.remove_row(house.database, desk.caller.asker, code, form.was, now=desk.now)
    return desk.done(DONE)


@router.post("/peak-hours/own")
def begin_own(form: Annotated[PeakTableForm, Form()], desk: TheDesk, house: TheHouse) -> Response:
    """Give a district a table of its own, to begin with what the company's says."""
    code = form.district_code or ""
    peak_tables.begin_own(house.database, desk.caller.asker, code, now=desk.now)
    return desk.done(N_("The district has a table of its own; change it as it is there."))


@router.post("/peak-hours/own/end")
def end_own(form: Annotated[PeakTableForm, Form()], desk: TheDesk, house: TheHouse) -> Response:
    """Let a district go by the company's table again."""
    code = form.district_code or ""
    peak_tables.end_own(house.database, desk.caller.asker, code, now=desk.now)
    return desk.done(N_("The district goes by the company's peak hours again."))
