"""The pages of the desk: dependency in, service call, page."""

from fastapi import APIRouter

from field_api.routers.desk import coverage, imports, overview, reports

PAGES = (overview, reports, imports, coverage)  # one for each noun
router = APIRouter(include_in_schema=False)
for noun in PAGES:
    router.include_router(noun.router)
