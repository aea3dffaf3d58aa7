"""The audit trail: who did what when and why."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from field_api.deps import TheHouse
from field_api.schemas.values import Clean, Cursor, NumberInPath
from field_api.schemas.values import Day as InRange
from field_api.services.house import audit
from field_api.web import audit_words, role_words, tables
from field_api.web.audit_table import Filters, sheet
from field_api.web.desk import TheManagersDesk
from field_api.web.sections import section

router = APIRouter()
ROWS = 50
Text = Annotated[Clean, Query(max_length=140)]
Day = Annotated[InRange | Literal[""] | None, Query()]


def filters(
    noun: Text = "",
    key: Text = "",
    action: Text = "",
    by: Text = "",
    first: Day = None,
    last: Day = None,
) -> Filters:
    """What is looked for; days are the reader's."""
    return Filters(
        noun=noun, key=key.strip(), action=action, username=by.strip(), first=first, last=last
    )


@router.get("/audit", response_class=HTMLResponse)
def listed(
    desk: TheManagersDesk,
    house: TheHouse,
    wanted: Annotated[Filters, Depends(filters)],
    cursor: Cursor = None,
) -> HTMLResponse:
    """The entries on what is one's own, the newest first."""
    found = audit.listed(
        house.database, desk.asker, wanted.wanted(desk.caller.zone), after=cursor, limit=ROWS
    )
    return section(
        desk,
        "audit",
        found=found,
        titles=audit.titles(house.database, desk.asker, found.items),
        pages=audit_words.PAGES,
        nobodys_name=audit_words.nobodys_name,
        wanted=wanted,
        nouns=audit_words.NOUNS,
        actions=audit_words.ACTIONS,
        roles=role_words.ROLES,
    )


@router.get("/audit/download")
def download(
    desk: TheManagersDesk,
    house: TheHouse,
    wanted: Annotated[Filters, Depends(filters)],
    form: tables.Form = "xlsx",
) -> Response:
    """The same entries as a file, as many as a file may hold."""
    return tables.download(
        house,
        desk,
        sheet(house, desk, wanted),
        form,
        name=desk.t(N_("Audit trail")),
    )


@router.get("/audit/{number}", response_class=HTMLResponse)
def changes(
    number: NumberInPath, desk: TheManagersDesk, house: TheHouse, cursor: Cursor = None
) -> HTMLResponse:
    """All fields that changed with an entry."""
    found = audit.changes(house.database, desk.caller.asker, number, after=cursor, limit=ROWS)
    return section(desk, "audit_entry", number=number, found=found, nouns=audit_words.NOUNS)
