"""The organisation: regions, districts and reps."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from field_api.deps import TheHouse
from field_api.schemas.administration import DistrictForm, MoveForm, RegionForm
from field_api.schemas.organisation import DistrictBody, RegionBody
from field_api.schemas.values import Code
from field_api.services.house import administration
from field_api.services.people import organisation
from field_api.web.desk import TheDesk
from field_api.web.sections import section

router = APIRouter()


@router.get("/organisation", response_class=HTMLResponse)
def whole(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """Regions, their districts, and who works there."""
    return section(
        desk,
        "organisation",
        company=organisation.whole(house.database, house.settings, desk.asker),
        organises=administration.organises(desk.caller.asker),
    )


@router.post("/organisation/regions")
def put_region(form: Annotated[RegionForm, Form()], desk: TheDesk, house: TheHouse) -> Response:
    """Name a region; a new code makes a new region."""
    asker = desk.caller.asker
    administration.refuse_unless_organiser(asker)
    organisation.put_region(
        house.database, asker, form.code, RegionBody(name=form.name), now=desk.now
    )
    return desk.done(N_("The region is called {name}."), name=form.name)


@router.post("/organisation/districts")
def add_district(form: Annotated[DistrictForm, Form()], desk: TheDesk, house: TheHouse) -> Response:
    """Make a district."""
    organisation.add_district(
        house.database,
        desk.caller.asker,
        code=form.code,
        name=form.name,
        region_code=form.region_code,
        now=desk.now,
    )
    return desk.done(N_("The district {name} is made."), name=form.name)


@router.post("/organisation/districts/{code}")
def put_district(
    code: Code, form: Annotated[DistrictForm, Form()], desk: TheDesk, house: TheHouse
) -> Response:
    """Name a district, or put it into another region."""
    asker = desk.caller.asker
    administration.refuse_unless_organiser(asker)
    body = DistrictBody(name=form.name, region_code=form.region_code)
    organisation.put_district(house.database, asker, code, body, now=desk.now)
    return desk.done(N_("The district is called {name}."), name=form.name)


@router.post("/organisation/moves")
def move(form: Annotated[MoveForm, Form()], desk: TheDesk, house: TheHouse) -> Response:
    """Put a rep into another district."""
    codes = organisation.move_rep(
        house.database,
        desk.caller.asker,
        form.rep_code,
        district_code=form.district_code,
        with_territories=form.with_territories,
        now=desk.now,
    )
    text = (
        N_("{rep} is in {district} now, with {n} territories.")
        if form.with_territories
        else N_("{rep} is in {district} now; {n} territories have no rep.")
    )
    return desk.done(text, rep=form.rep_code, district=form.district_code, n=len(codes))
