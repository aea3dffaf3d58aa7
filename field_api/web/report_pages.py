"""The pages of the inbox: the list on the left, the report that is read on the right."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from fastapi import Response
from fastapi.responses import HTMLResponse

from crm.store.reports.inbox import Read
from crm.text import N_
from crm.vocabulary import ReportFlag, ReviewVerdict, VisitOutcome
from field_api.errors import InvalidInput
from field_api.house import House
from field_api.page_headers import page_headers
from field_api.schemas.reviews import ReviewBody
from field_api.services.reports import inbox, open_reports, report_lists, reviews
from field_api.services.reports.inbox import FAR, Wanted
from field_api.services.reports.open_reports import OpenReport
from field_api.web import tables
from field_api.web.asked import address
from field_api.web.desk import Desk

PATH = "/desk/reports"
SATISFACTIONS = (1, 2, 3, 4)
DONE = {
    ReviewVerdict.SEEN: N_("The report is reviewed."),
    ReviewVerdict.SENT_BACK: N_("The report is sent back; the rep is told."),
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a manager says to a version of a report, under an id that the page made up."""

    id: UUID
    verdict: ReviewVerdict
    version: int
    comment: str


def listed(desk: Desk, house: House, wanted: Wanted, cursor: str | None) -> HTMLResponse:
    """The list, with nothing opened beside it."""
    return _page(desk, house, wanted, cursor, None)


def opened(
    desk: Desk, house: House, report_id: UUID, wanted: Wanted, cursor: str | None
) -> HTMLResponse:
    """The list with a report beside it. Raises `ReportNotFound`."""
    found = open_reports.opened(
        house.database, house.settings, desk.asker, report_id, now=desk.now, language=desk.language
    )
    return _page(desk, house, wanted, cursor, found)


def arrived(desk: Desk, house: House, known: str) -> Response:
    """How many reports came in ever, under a tag that says the same."""
    count = inbox.arrived(house.database, desk.asker)
    tag = f'"{count}"'
    headers = page_headers("api") | {"etag": tag}
    if known == tag:
        return Response(status_code=304, headers=headers)
    return Response(str(count), media_type="text/plain", headers=headers)


def download(desk: Desk, house: House, wanted: Wanted, form: tables.Form) -> Response:
    """The list as a file."""
    sheet = report_lists.sheet(house, desk.asker, wanted, now=desk.now, language=desk.language)
    return tables.download(house, desk, sheet, form, name=sheet.title)


def review(desk: Desk, house: House, report_id: UUID, said: Said, wanted: Wanted) -> Response:
    """Keep what is said, and open the next unread report. Raises `ReportNotFound`, `Conflict`,
    `InvalidInput` for one sent back without a word."""
    if said.verdict is ReviewVerdict.SENT_BACK and not said.comment:
        raise InvalidInput("comment", N_("Say what is to be corrected; the rep reads it."))
    body = ReviewBody(verdict=said.verdict, comment=said.comment, version=said.version)
    reviews.review(house.database, desk.caller.asker, report_id, said.id, body, now=desk.now)
    following = inbox.next_unread(
        house.database, desk.asker, wanted, besides=report_id, now=desk.now
    )
    path = f"{PATH}/{following}" if following else PATH
    return desk.done(DONE[said.verdict], to=address(path, query_of(wanted)))


def query_of(wanted: Wanted) -> dict[str, Any]:
    """What stands in the address for what is wanted."""
    return {
        "read": "" if wanted.read is Read.ALL else wanted.read.value,
        "rep": wanted.rep_code,
        "outcome": wanted.outcome.value if wanted.outcome else "",
        "satisfaction": wanted.satisfaction,
        "flag": wanted.flag,
        "q": wanted.q,
        "ever": "1" if wanted.q and wanted.ever else "",
    }


def _page(
    desk: Desk, house: House, wanted: Wanted, cursor: str | None, found: OpenReport | None
) -> HTMLResponse:
    query = query_of(wanted)
    lying = inbox.listed(
        house.database, house.settings, desk.asker, wanted, now=desk.now, after=cursor
    )
    tabs = [
        (read, address(PATH, query | {"read": "" if read is Read.ALL else read.value}))
        for read in (Read.ALL, Read.UNREAD, Read.SENT_BACK, Read.READ)
    ]
    more = address(PATH, query | {"cursor": lying.next_cursor}) if lying.next_cursor else ""
    return desk.page(
        "reports/inbox",
        inbox=lying,
        wanted=wanted,
        tabs=tabs,
        suffix=address("", query),
        download=address(f"{PATH}/download", query),
        more=more,
        ever=address(PATH, query | {"ever": "1"}),
        reps=inbox.reps(house.database, desk.asker),
        outcomes=list(VisitOutcome),
        flags=list(ReportFlag),
        far=FAR,
        satisfactions=SATISFACTIONS,
        open=found,
        review_id=uuid4(),
    )
