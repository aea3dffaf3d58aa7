"""Backups: what there is, and one made now."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from field_api.deps import TheHouse
from field_api.services.house import backup_files
from field_api.web.desk import TheDesk
from field_api.web.sections import section

router = APIRouter()


@router.get("/backups", response_class=HTMLResponse)
def listed(desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """The backups in the folder, and how one is restored."""
    found = backup_files.there(house.database, house.settings, desk.caller.asker)
    return section(desk, "backups", found=found)


@router.post("/backups")
def ask(desk: TheDesk, house: TheHouse) -> Response:
    """Let one be made now."""
    backup_files.ask(house.database, desk.caller.asker, now=desk.now, wake=house.supervisor.wake)
    return desk.done(N_("A backup is being made; it stands here when it is done."))
