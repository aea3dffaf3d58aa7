"""The inbox of visit reports."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Header, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from crm.store.reports.inbox import Read
from crm.vocabulary import ReportFlag, ReviewVerdict, VisitOutcome
from field_api.deps import TheHouse
from field_api.page_headers import page_headers
from field_api.schemas.reviews import LONGEST_COMMENT, MOST_VERSIONS
from field_api.schemas.values import Cursor, Line, Text
from field_api.services.pictures import evidence
from field_api.services.reports.inbox import FAR, Wanted
from field_api.web import report_pages
from field_api.web.asked import number, one_of
from field_api.web.desk import TheManagersDesk
from field_api.web.tables import Form as FileForm

router = APIRouter(prefix="/desk/reports", default_response_class=HTMLResponse)


async def wanted(
    read: Annotated[Line, Query()] = "",
    rep: Annotated[Line, Query()] = "",
    outcome: Annotated[Line, Query()] = "",
    satisfaction: Annotated[Line, Query()] = "",
    flag: Annotated[Line, Query()] = "",
    q: Annotated[Line, Query()] = "",
    ever: Annotated[Line, Query()] = "",
) -> Wanted:
    """Which reports the address asks for; what it asks for wrongly is left out."""
    return Wanted(
        read=one_of(Read, read) or Read.ALL,
        rep_code=rep,
        outcome=one_of(VisitOutcome, outcome),
        satisfaction=number(satisfaction, report_pages.SATISFACTIONS),
        flag=flag if flag == FAR or one_of(ReportFlag, flag) else "",
        q=q,
        ever=bool(ever),
    )


TheWanted = Annotated[Wanted, Depends(wanted)]


@router.get("")
def listed(
    desk: TheManagersDesk, house: TheHouse, wanted: TheWanted, cursor: Cursor = None
) -> HTMLResponse:
    """The list, with nothing opened beside it."""
    return report_pages.listed(desk, house, wanted, cursor)


@router.get("/arrived")
def arrived(
    desk: TheManagersDesk, house: TheHouse, if_none_match: Annotated[str, Header()] = ""
) -> Response:
    """How many came in ever, for a page that asks now and then whether there are new ones."""
    return report_pages.arrived(desk, house, if_none_match)


@router.get("/download")
def download(
    desk: TheManagersDesk, house: TheHouse, wanted: TheWanted, form: FileForm = "xlsx"
) -> Response:
    """The list as a file."""
    return report_pages.download(desk, house, wanted, form)


@router.get("/{report_id}")
def opened(
    report_id: UUID,
    desk: TheManagersDesk,
    house: TheHouse,
    wanted: TheWanted,
    cursor: Cursor = None,
) -> HTMLResponse:
    """The list with a report opened beside it."""
    return report_pages.opened(desk, house, report_id, wanted, cursor)


@router.get("/{report_id}/map")
def map_(report_id: UUID, desk: TheManagersDesk, house: TheHouse) -> HTMLResponse:
    """Where the rep stood, beside the place on the card."""
    html = evidence.of_report(house, desk.asker, report_id, language=desk.language)
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.post("/{report_id}/reviews/{review_id}")
def review(
    report_id: UUID,
    review_id: UUID,
    desk: TheManagersDesk,
    house: TheHouse,
    wanted: TheWanted,
    verdict: Annotated[ReviewVerdict, Form()],
    version: Annotated[int, Form(ge=1, le=MOST_VERSIONS)],
    comment: Annotated[Text, Field(max_length=LONGEST_COMMENT), Form()] = "",
) -> Response:
    """Say that a report was read, or send it back; the next unread one opens."""
    said = report_pages.Said(id=review_id, verdict=verdict, version=version, comment=comment)
    return report_pages.review(desk, house, report_id, said, wanted)
