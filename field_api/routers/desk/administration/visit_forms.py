"""Visit forms: what visits are prepared with and asked about, by trade."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse

from crm.rules.report_forms import ANY, FieldKind
from crm.vocabulary import Purpose
from field_api.deps import TheHouse
from field_api.schemas.values import Clean
from field_api.services.house import administration
from field_api.services.reports import report_forms
from field_api.terms import PURPOSES
from field_api.web.desk import TheDesk
from field_api.web.form_words import KINDS
from field_api.web.sections import section

router = APIRouter()
Trade = Annotated[Clean, Path(min_length=1, max_length=100)]


@router.get("/visit-forms", response_class=HTMLResponse)
def listed(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """The form for any trade, those of single trades, and the trades that have none."""
    return section(
        desk,
        "visit_forms",
        forms=report_forms.listed(house.database),
        trades=administration.trades(house, desk.asker),
        any=ANY,
        organises=administration.organises(desk.caller.asker),
    )


@router.get("/visit-forms/{trade}", response_class=HTMLResponse)
def one(trade: Trade, desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """A trade's form, to be changed by who may."""
    return section(
        desk,
        "visit_form",
        form=report_forms.shown(house.database, trade),
        any=ANY,
        purposes={purpose: PURPOSES[purpose] for purpose in Purpose},
        kinds=KINDS,
        choice=FieldKind.CHOICE,
        organises=administration.organises(desk.caller.asker),
    )
