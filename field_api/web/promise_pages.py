"""The pages of the board of promises: the list by due day, and the promise that is looked at."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Form, Response
from fastapi.responses import HTMLResponse
from pydantic import Field, TypeAdapter, ValidationError

from crm.rules.promises import PromiseStanding
from crm.text import N_
from crm.vocabulary import PromiseState
from field_api.errors import InvalidInput
from field_api.etags import Match, etag_of
from field_api.house import House
from field_api.schemas.forms import body_of
from field_api.schemas.promises import OwnerBody, PromiseChanges
from field_api.schemas.values import Day, Sentence
from field_api.services.promises import promise_board, promise_changes, promise_lists, promises
from field_api.services.promises.promise_board import OpenPromise, Wanted
from field_api.services.promises.promises import Closing
from field_api.services.reports import inbox
from field_api.web import tables
from field_api.web.asked import address
from field_api.web.desk import Desk

PATH = "/desk/promises"
MOST_VERSIONS = 1_000_000
DAY: TypeAdapter[Any] = TypeAdapter(Day)
How = Literal["keep", "withdraw"]
Because = Annotated[Sentence, Field(max_length=500), Form()]
STATES: dict[How, PromiseState] = {
    "keep": PromiseState.KEPT,
    "withdraw": PromiseState.WITHDRAWN,
}
DONE: dict[How, str] = {
    "keep": N_("The promise is kept."),
    "withdraw": N_("The promise is withdrawn."),
}
UNSAID: dict[How, str] = {
    "keep": N_("Say what shows that it was kept."),
    "withdraw": N_("Say why it no longer holds."),
}
TABS = (
    PromiseStanding.OPEN,
    PromiseStanding.LATE,
    PromiseStanding.DUE_SOON,
    PromiseStanding.KEPT,
    PromiseStanding.WITHDRAWN,
)


def listed(desk: Desk, house: House, wanted: Wanted, cursor: str | None) -> HTMLResponse:
    """The board, with nothing opened beside it."""
    return _page(desk, house, wanted, cursor, None)


def opened(desk: Desk, house: House, code: str, wanted: Wanted, cursor: str | None) -> HTMLResponse:
    """The board with a promise beside it. Raises `PromiseNotFound`."""
    found = promise_board.opened(
        house.database, house.settings, desk.asker, code, now=desk.now, language=desk.language
    )
    return _page(desk, house, wanted, cursor, found)


def download(desk: Desk, house: House, wanted: Wanted, form: tables.Form) -> Response:
    """The list as a file."""
    sheet = promise_lists.sheet(house, desk.asker, wanted, now=desk.now, language=desk.language)
    return tables.download(house, desk, sheet, form, name=sheet.title)


def close(
    desk: Desk, house: House, code: str, how: How, because: str, photo: UUID | None
) -> Response:
    """Keep or withdraw a promise. Raises what `promises.close` raises, and `InvalidInput` without
    a word on it."""
    if not because:
        raise InvalidInput("because", UNSAID[how])
    closing = Closing(to=STATES[how], because=because, attachment_id=photo)
    asker = desk.caller.asker
    promises.close(house.database, house.settings, asker, code, closing, now=desk.now)
    return desk.done(DONE[how])


def move(desk: Desk, house: House, code: str, version: int, due: str, reason: str) -> Response:
    """Move the due day. Raises what `promise_changes.change` raises, and `InvalidInput` for what
    is no day."""
    try:
        day = DAY.validate_python(due)
    except ValidationError:
        raise InvalidInput("due", N_("{due} is no day; choose one."), due=repr(due)) from None
    promise_changes.change(
        house.database,
        house.settings,
        desk.caller,
        code,
        body_of(PromiseChanges, due=day, reason=reason),
        Match(tags=frozenset({etag_of(version)})),
        now=desk.now,
    )
    return desk.done(N_("The promise is due on another day."))


def hand_over(desk: Desk, house: House, code: str, rep_code: str, reason: str) -> Response:
    """Let it be another rep's. Raises what `promise_changes.hand_over` raises, and `InvalidInput`
    where nobody or no reason is named."""
    if not rep_code:
        raise InvalidInput("rep", N_("Choose who takes it."))
    if not reason:
        raise InvalidInput("reason", N_("Say why it is handed over; the rep reads it."))
    body = body_of(OwnerBody, rep_code=rep_code, reason=reason)
    promise_changes.hand_over(house.database, house.settings, desk.caller, code, body, now=desk.now)
    return desk.done(N_("The promise is handed over; the rep is told."))


def _page(
    desk: Desk, house: House, wanted: Wanted, cursor: str | None, found: OpenPromise | None
) -> HTMLResponse:
    query = _query_of(wanted)
    board = promise_board.listed(
        house.database, house.settings, desk.asker, wanted, now=desk.now, after=cursor
    )
    open_is = PromiseStanding.OPEN
    tabs = [
        (one, address(PATH, query | {"standing": "" if one is open_is else one.value}))
        for one in TABS
    ]
    return desk.page(
        "promises/board",
        board=board,
        wanted=wanted,
        tabs=tabs,
        suffix=address("", query),
        download=address(f"{PATH}/download", query),
        more=address(PATH, query | {"cursor": board.next_cursor}) if board.next_cursor else "",
        reps=inbox.reps(house.database, desk.asker),
        open=found,
    )


def _query_of(wanted: Wanted) -> dict[str, Any]:
    open_is = PromiseStanding.OPEN
    return {
        "standing": "" if wanted.standing is open_is else wanted.standing.value,
        "owner": wanted.owner_code,
        "q": wanted.q,
    }
