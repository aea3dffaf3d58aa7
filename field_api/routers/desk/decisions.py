"""What waits for a decision."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from crm.vocabulary import ApprovalMatter, DecisionKind
from field_api.deps import TheHouse
from field_api.page_headers import page_headers
from field_api.schemas.approvals import LONGEST_COMMENT
from field_api.schemas.values import Cursor, Line, Sentence, Text
from field_api.services.decisions.decisions import Shelf, Wanted
from field_api.services.pictures import evidence
from field_api.web import decision_pages
from field_api.web.asked import one_of
from field_api.web.desk import TheDesk
from field_api.web.tables import Form as FileForm

router = APIRouter(prefix="/desk/decisions", default_response_class=HTMLResponse)


async def wanted(
    shelf: Annotated[Line, Query()] = "", matter: Annotated[Line, Query()] = ""
) -> Wanted:
    """Which decisions the address asks for; what it asks for wrongly is left out."""
    named = one_of(Shelf, shelf) or Shelf.WAITING
    return Wanted(shelf=named, matter=one_of(ApprovalMatter, matter))


TheWanted = Annotated[Wanted, Depends(wanted)]
Comment = Annotated[Text, Field(max_length=LONGEST_COMMENT), Form()]
Chosen = Annotated[list[UUID], Field(max_length=decision_pages.MOST_AT_ONCE)]


@router.get("")
def listed(
    desk: TheDesk, house: TheHouse, wanted: TheWanted, cursor: Cursor = None
) -> HTMLResponse:
    """The list by kind, with nothing opened beside it."""
    return decision_pages.listed(desk, house, wanted, cursor)


@router.get("/download")
def download(
    desk: TheDesk, house: TheHouse, wanted: TheWanted, form: FileForm = "xlsx"
) -> Response:
    """The list as a file."""
    return decision_pages.download(desk, house, wanted, form)


@router.get("/several")
def several(
    desk: TheDesk,
    house: TheHouse,
    wanted: TheWanted,
    chosen: Annotated[Chosen, Query(default_factory=list)],
) -> HTMLResponse:
    """Several at once, side by side, before they are decided."""
    return decision_pages.several(desk, house, wanted, chosen)


@router.post("/several")
def decide_several(
    desk: TheDesk,
    house: TheHouse,
    kind: Annotated[DecisionKind, Form()],
    chosen: Annotated[Chosen, Form(default_factory=list)],
    comment: Comment = "",
) -> Response:
    """Decide several at once; what cannot be decided so is told and left."""
    return decision_pages.decide_several(desk, house, chosen, kind, comment)


@router.get("/{approval_id}")
def opened(
    approval_id: UUID, desk: TheDesk, house: TheHouse, wanted: TheWanted, cursor: Cursor = None
) -> HTMLResponse:
    """The list with something asked for beside it."""
    return decision_pages.opened(desk, house, approval_id, wanted, cursor)


@router.get("/{approval_id}/map")
def map_(approval_id: UUID, desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """The place on the card, the one proposed, and where the rep stood."""
    asker = desk.caller.asker
    html = evidence.of_correction(house, asker, approval_id, language=desk.language)
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.post("/{approval_id}/decision")
def decide(
    approval_id: UUID,
    desk: TheDesk,
    house: TheHouse,
    wanted: TheWanted,
    kind: Annotated[DecisionKind, Form()],
    comment: Comment = "",
) -> Response:
    """Approve, refuse or ask back; the next that waits opens."""
    return decision_pages.decide(desk, house, approval_id, wanted, kind, comment)


@router.post("/{approval_id}/withdrawal")
def withdraw(
    approval_id: UUID,
    desk: TheDesk,
    house: TheHouse,
    reason: Annotated[Sentence, Form()] = "",
) -> Response:
    """Take back what one asked for."""
    return decision_pages.withdraw(desk, house, approval_id, reason)
