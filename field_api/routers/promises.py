"""Promises to customers."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from crm.rules.promises import PromiseStanding
from crm.vocabulary import PromiseState
from field_api.deps import Now, TheCaller, TheFieldWorker, TheHouse, TheManager
from field_api.etags import IfMatch, answered_with
from field_api.schemas.problems import answers
from field_api.schemas.promises import (
    KeepBody,
    NewPromiseBody,
    OwnerBody,
    PromiseAnswer,
    PromiseChanges,
    WithdrawBody,
)
from field_api.schemas.values import Code, Cursor, Limit, Page
from field_api.services.promises import promise_changes, promises
from field_api.services.promises.promises import Closing

router = APIRouter(prefix="/promises", tags=["Promises"])
KEPT_BEFORE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The same was sent before; nothing changed."}
}
STATE_HELP = "`open` is every promise not closed, `due_soon` and `late` ones among them."


@router.get("", responses=answers(401, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    state: Annotated[PromiseStanding | None, Query(description=STATE_HELP)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PromiseAnswer]:
    """Promises by due day: a rep's own, a manager's district's; late by the owner's date."""
    return promises.listed(
        house.database,
        house.settings,
        caller.asker,
        wanted=state,
        after=cursor,
        limit=limit,
        now=now,
    )


@router.post(
    "",
    status_code=201,
    responses=KEPT_BEFORE | answers(400, 401, 403, 404, 409, 413, 422, 503),
)
def make(
    body: NewPromiseBody, caller: TheFieldWorker, house: TheHouse, now: Now, response: Response
) -> PromiseAnswer:
    """Note a promise made outside of a visit, as often as it takes: a rep to own customers, a
    manager to the district's."""
    answer, new = promise_changes.make(house.database, house.settings, caller, body, now=now)
    answered_with(response, answer.version)
    response.status_code = 201 if new else 200
    return answer


@router.get("/{code}", responses=answers(401, 404, 422))
def one(
    code: Code, caller: TheCaller, house: TheHouse, now: Now, response: Response
) -> PromiseAnswer:
    """A promise with its version."""
    answer = promises.one(house.database, house.settings, caller.asker, code, now=now)
    answered_with(response, answer.version)
    return answer


@router.patch("/{code}", responses=answers(400, 401, 404, 409, 412, 413, 422, 428, 503))
def change(
    code: Code,
    body: PromiseChanges,
    match: IfMatch,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    response: Response,
) -> PromiseAnswer:
    """Give an open promise other words or another day; the audit trail keeps what it was."""
    answer = promise_changes.change(
        house.database, house.settings, caller, code, body, match, now=now
    )
    answered_with(response, answer.version)
    return answer


@router.post("/{code}/owner", responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def hand_over(
    code: Code, body: OwnerBody, manager: TheManager, house: TheHouse, now: Now
) -> PromiseAnswer:
    """Let an open promise be another rep's of the district; the rep is told."""
    return promise_changes.hand_over(house.database, house.settings, manager, code, body, now=now)


@router.post("/{code}/keep", responses=answers(400, 401, 404, 409, 413, 422, 503))
def keep(code: Code, body: KeepBody, caller: TheCaller, house: TheHouse, now: Now) -> PromiseAnswer:
    """Close a promise as kept, with what shows it; the same again changes nothing."""
    closing = Closing(
        to=PromiseState.KEPT,
        because=body.evidence,
        at=body.at,
        attachment_id=body.attachment_id,
    )
    return promises.close(house.database, house.settings, caller.asker, code, closing, now=now)


@router.post("/{code}/withdraw", responses=answers(400, 401, 404, 409, 413, 422, 503))
def withdraw(
    code: Code, body: WithdrawBody, caller: TheCaller, house: TheHouse, now: Now
) -> PromiseAnswer:
    """Close a promise as withdrawn, with the reason; the same again changes nothing."""
    closing = Closing(to=PromiseState.WITHDRAWN, because=body.reason, at=body.at)
    return promises.close(house.database, house.settings, caller.asker, code, closing, now=now)
