"""The board of promises."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from crm.rules.promises import PromiseStanding
from field_api.deps import TheHouse
from field_api.schemas.values import Code, Cursor, Line
from field_api.services.promises.promise_board import Wanted
from field_api.web import promise_pages
from field_api.web.asked import one_of
from field_api.web.desk import TheManagersDesk
from field_api.web.tables import Form as FileForm

router = APIRouter(prefix="/desk/promises", default_response_class=HTMLResponse)


async def wanted(
    standing: Annotated[Line, Query()] = "",
    owner: Annotated[Line, Query()] = "",
    q: Annotated[Line, Query()] = "",
) -> Wanted:
    """Which promises the address asks for; what it asks for wrongly is left out."""
    named = one_of(PromiseStanding, standing) or PromiseStanding.OPEN
    return Wanted(standing=named, owner_code=owner, q=q)


TheWanted = Annotated[Wanted, Depends(wanted)]
Version = Annotated[int, Field(ge=1, le=promise_pages.MOST_VERSIONS), Form()]
Written = Annotated[Line, Form()]


@router.get("")
def listed(
    desk: TheManagersDesk, house: TheHouse, wanted: TheWanted, cursor: Cursor = None
) -> HTMLResponse:
    """The board, with nothing opened beside it."""
    return promise_pages.listed(desk, house, wanted, cursor)


@router.get("/download")
def download(
    desk: TheManagersDesk, house: TheHouse, wanted: TheWanted, form: FileForm = "xlsx"
) -> Response:
    """The list as a file."""
    return promise_pages.download(desk, house, wanted, form)


@router.get("/{promise}")
def opened(
    promise: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    wanted: TheWanted,
    cursor: Cursor = None,
) -> HTMLResponse:
    """The board with a promise opened beside it."""
    return promise_pages.opened(desk, house, promise, wanted, cursor)


@router.post("/{promise}/close")
def close(
    promise: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    how: Annotated[promise_pages.How, Form()],
    because: promise_pages.Because = "",
    photo: Annotated[UUID | None, Form()] = None,
) -> Response:
    """Close a promise as kept, with what shows it, or as withdrawn, with why."""
    return promise_pages.close(desk, house, promise, how, because, photo)


@router.post("/{promise}/due")
def move(
    promise: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    version: Version,
    due: Written = "",
    reason: promise_pages.Because = "",
) -> Response:
    """Move the due day, with the reason."""
    return promise_pages.move(desk, house, promise, version, due, reason)


@router.post("/{promise}/owner")
def hand_over(
    promise: Code,
    desk: TheManagersDesk,
    house: TheHouse,
    rep: Written = "",
    reason: promise_pages.Because = "",
) -> Response:
    """Let it be another rep's, who is told."""
    return promise_pages.hand_over(desk, house, promise, rep, reason)
