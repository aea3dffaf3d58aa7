"""Promises to customers."""

from typing import Annotated

from fastapi import APIRouter, Query

from crm.rules.promises import PromiseStanding
from crm.vocabulary import PromiseState
from field_api.deps import Now, TheCaller, TheHouse
from field_api.schemas.problems import answers
from field_api.schemas.promises import KeepBody, PromiseAnswer, WithdrawBody
from field_api.schemas.values import Code, Cursor, Limit, Page
from field_api.services import promises

router = APIRouter(prefix="/promises", tags=["Promises"])
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


@router.post("/{code}/keep", responses=answers(400, 401, 404, 409, 413, 422, 503))
def keep(code: Code, body: KeepBody, caller: TheCaller, house: TheHouse, now: Now) -> PromiseAnswer:
    """Close a promise as kept, with what shows it; the same again changes nothing."""
    return promises.close(
        house.database,
        house.settings,
        caller.asker,
        code,
        to=PromiseState.KEPT,
        because=body.evidence,
        at=body.at,
        now=now,
    )


@router.post("/{code}/withdraw", responses=answers(400, 401, 404, 409, 413, 422, 503))
def withdraw(
    code: Code, body: WithdrawBody, caller: TheCaller, house: TheHouse, now: Now
) -> PromiseAnswer:
    """Close a promise as withdrawn, with the reason; the same again changes nothing."""
    return promises.close(
        house.database,
        house.settings,
        caller.asker,
        code,
        to=PromiseState.WITHDRAWN,
        because=body.reason,
        at=body.at,
        now=now,
    )
