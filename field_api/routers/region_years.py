"""区域分析: customers and sales of each part of the company, year by year."""

from typing import Annotated

from fastapi import APIRouter, Query

from crm.rules.region_years import Level
from field_api.deps import TheCaller, TheHouse, TheLanguage
from field_api.schemas.problems import answers
from field_api.schemas.region_years import RegionYearsAnswer
from field_api.schemas.values import EARLIEST_YEAR, LATEST_YEAR
from field_api.services.analysis import region_years

router = APIRouter(tags=["Territories"])
YearAsked = Annotated[int | None, Query(ge=EARLIEST_YEAR, le=LATEST_YEAR)]


@router.get("/region-years", responses=answers(401, 422))
def analysis(
    caller: TheCaller,
    house: TheHouse,
    language: TheLanguage,
    level: Annotated[Level, Query(description="Which parts are told.")] = Level.DISTRICT,
    first_year: YearAsked = None,
    last_year: YearAsked = None,
) -> RegionYearsAnswer:
    """Per year and part of the company: customers, their share of all, sales and their share; of
    what the caller sees. Without years: those with sales."""
    return region_years.analysis(
        house.database,
        caller.asker,
        level,
        language,
        first_year=first_year,
        last_year=last_year,
    )
