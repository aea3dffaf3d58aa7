"""Reps' work, sales and the region analysis in tables and plots."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from crm.rules.glossary import DEFINITIONS, FigureKey
from crm.rules.region_years import Level
from crm.rules.sales_periods import Period
from crm.text import N_
from field_api.deps import TheHouse
from field_api.schemas.rep_figures import Month
from field_api.schemas.values import Clean
from field_api.services.analysis import region_years, rep_performance, sales_analysis
from field_api.web import tables
from field_api.web.desk import TheManagersDesk

router = APIRouter(prefix="/desk/analysis", include_in_schema=False)
OfMonth = Annotated[Month | None, Query()]
Word = Annotated[Clean, Query(max_length=100)]


@router.get("", response_class=HTMLResponse)
def reps(
    desk: TheManagersDesk,
    house: TheHouse,
    month: OfMonth = None,
    rep: Word = "",
    measure: FigureKey = FigureKey.ATTAINMENT,
    sort: Word = rep_performance.BY_CODE,
    form: tables.Form | None = None,
) -> Response:
    """Reps beside each other in a month, and a figure's trend."""
    if form is not None:
        sheet = rep_performance.sheet(house.database, desk.asker, desk.language, month=month or "")
        return tables.download(house, desk, sheet, form, name=desk.t(N_("Rep performance")))
    found = rep_performance.page(
        house.database, desk.asker, month=month or "", rep=rep, measure=measure, sort=sort
    )
    return desk.page(
        "analysis/reps",
        page=found,
        measure=measure,
        sort=sort,
        definitions=DEFINITIONS,
        number=rep_performance.number,
    )


@router.get("/sales", response_class=HTMLResponse)
def sales(
    desk: TheManagersDesk,
    house: TheHouse,
    months: Period = Period.YEAR,
    product: Word = "",
    form: tables.Form | None = None,
) -> Response:
    """Sales by product and customer against a year before."""
    found = sales_analysis.page(house.database, desk.asker, months=months, product=product)
    if form is not None:
        sheet = sales_analysis.sheet(found, desk.language)
        return tables.download(house, desk, sheet, form, name=desk.t(N_("Sales analysis")))
    return desk.page("analysis/sales", page=found, periods=list(Period), product=product)


@router.get("/regions", response_class=HTMLResponse)
def regions(
    desk: TheManagersDesk,
    house: TheHouse,
    level: Level = Level.DISTRICT,
    form: tables.Form | None = None,
) -> Response:
    """Customers and sales of each part of the company, year by year."""
    if form is not None:
        sheet = region_years.sheet(house.database, desk.asker, level, desk.language)
        return tables.download(house, desk, sheet, form, name=desk.t(N_("Region analysis")))
    found = region_years.analysis(
        house.database, desk.asker, level, desk.language, first_year=None, last_year=None
    )
    return desk.page("analysis/regions", page=found, level=level, levels=list(Level))
