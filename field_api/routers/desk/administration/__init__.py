"""Administration: people, the organisation, calendars, procedures, the house. One file a noun."""

from fastapi import APIRouter

from field_api.routers.desk.administration import (
    audit,
    backups,
    calendars,
    jobs,
    maps,
    organisation,
    peak_hours,
    people,
    procedures,
    start,
    visit_forms,
)

PREFIX = "/desk/administration"
router = APIRouter()
for noun in (
    start,
    people,
    organisation,
    calendars,
    peak_hours,
    procedures,
    visit_forms,
    maps,
    audit,
    jobs,
    backups,
):
    router.include_router(noun.router, prefix=PREFIX)
