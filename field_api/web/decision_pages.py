"""The pages of decisions: what waits on the left by kind, what is weighed on the right."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import Response
from fastapi.responses import HTMLResponse

from crm.rules.approvals import Word
from crm.text import N_
from crm.vocabulary import DecisionKind
from field_api.errors import InvalidInput
from field_api.house import House
from field_api.services import approvals
from field_api.services.decisions import decision_lists, decisions
from field_api.services.decisions.decisions import OpenDecision, Shelf, Wanted
from field_api.web import tables
from field_api.web.asked import address
from field_api.web.desk import Desk

PATH = "/desk/decisions"
MOST_AT_ONCE = 100
SHELVES: tuple[tuple[Shelf, str], ...] = (
    (Shelf.WAITING, N_("For me")),
    (Shelf.ASKED, N_("Asked by me")),
    (Shelf.OPEN, N_("All open")),
    (Shelf.DECIDED, N_("Decided")),
)
DONE: dict[DecisionKind, str] = {
    DecisionKind.APPROVE: N_("Approved."),
    DecisionKind.REFUSE: N_("Refused; whoever asked is told why."),
    DecisionKind.COMMENT: N_("Asked back; whoever asked is told."),
}


def listed(desk: Desk, house: House, wanted: Wanted, cursor: str | None) -> HTMLResponse:
    """The list, with nothing opened beside it."""
    return _page(desk, house, wanted, cursor, None)


def opened(
    desk: Desk, house: House, approval_id: UUID, wanted: Wanted, cursor: str | None
) -> HTMLResponse:
    """The list with something asked for beside it. Raises `ApprovalNotFound`."""
    found = decisions.opened(
        house.database, desk.caller.asker, approval_id, now=desk.now, language=desk.language
    )
    return _page(desk, house, wanted, cursor, found)


def several(desk: Desk, house: House, wanted: Wanted, chosen: Sequence[UUID]) -> HTMLResponse:
    """The list with those chosen beside it."""
    found = decisions.chosen(
        house.database, desk.caller.asker, chosen, now=desk.now, language=desk.language
    )
    return _page(desk, house, wanted, None, None, chosen=found)


def download(desk: Desk, house: House, wanted: Wanted, form: tables.Form) -> Response:
    """The list as a file."""
    sheet = decision_lists.sheet(
        house.database, desk.caller.asker, wanted, now=desk.now, language=desk.language
    )
    return tables.download(house, desk, sheet, form, name=sheet.title)


def decide(
    desk: Desk, house: House, approval_id: UUID, wanted: Wanted, kind: DecisionKind, comment: str
) -> Response:
    """Say it, and open the next that waits. Raises what `approvals.decide` raises."""
    asker = desk.caller.asker
    word = Word(kind=kind, comment=comment)
    approvals.decide(house.database, asker, approval_id, word, now=desk.now)
    following = decisions.next_waiting(house.database, asker, wanted, besides=approval_id)
    path = PATH if following is None or wanted.shelf is not Shelf.WAITING else f"{PATH}/{following}"
    return desk.done(DONE[kind], to=address(path, _query_of(wanted)))


def decide_several(
    desk: Desk, house: House, chosen: Sequence[UUID], kind: DecisionKind, comment: str
) -> Response:
    """Say the same to several. Raises `InvalidInput` for none, and for a refusal without words."""
    if not chosen:
        raise InvalidInput("chosen", N_("Choose one at least."))
    if kind is not DecisionKind.APPROVE and not comment:
        raise InvalidInput("comment", N_("Say why; whoever asked reads it."))
    word = Word(kind=kind, comment=comment)
    left = approvals.decide_several(house.database, desk.caller.asker, chosen, word, now=desk.now)
    done = len(chosen) - len(left)
    if not left:
        return desk.done(N_("{n} decided."), to=PATH, n=done)
    why = " ".join(dict.fromkeys(desk.t(one.text, **one.params) for one in left))
    text = N_("{n} decided, {left} left as they are: {why}")
    return desk.done(text, to=PATH, n=done, left=len(left), why=why)


def withdraw(desk: Desk, house: House, approval_id: UUID, reason: str) -> Response:
    """Take it back. Raises what `approvals.withdraw` raises."""
    asker = desk.caller.asker
    approvals.withdraw(house.database, asker, approval_id, reason=reason, now=desk.now)
    return desk.done(N_("Taken back."))


def _page(
    desk: Desk,
    house: House,
    wanted: Wanted,
    cursor: str | None,
    found: OpenDecision | None,
    *,
    chosen: Sequence[OpenDecision] = (),
) -> HTMLResponse:
    query = _query_of(wanted)
    lying = decisions.listed(
        house.database,
        desk.caller.asker,
        wanted,
        now=desk.now,
        language=desk.language,
        after=cursor,
    )
    tabs = [
        (shelf, text, address(PATH, {"shelf": "" if shelf is Shelf.WAITING else shelf.value}))
        for shelf, text in SHELVES
    ]
    kinds = [
        (matter, count, address(PATH, {"matter": matter.value}))
        for matter, count in lying.waiting.items()
    ]
    return desk.page(
        "decisions/list",
        listed=lying,
        wanted=wanted,
        tabs=tabs,
        kinds=kinds,
        suffix=address("", query),
        download=address(f"{PATH}/download", query),
        more=address(PATH, query | {"cursor": lying.next_cursor}) if lying.next_cursor else "",
        open=found,
        chosen=chosen,
    )


def _query_of(wanted: Wanted) -> dict[str, Any]:
    return {
        "shelf": "" if wanted.shelf is Shelf.WAITING else wanted.shelf.value,
        "matter": wanted.matter.value if wanted.matter else "",
    }
