"""What people are told."""

from typing import Annotated

from fastapi import APIRouter, Query

from field_api.deps import Now, TheCaller, TheHouse, TheLanguage
from field_api.schemas.messages import MessagesAnswer, ReadAnswer, ReadBody
from field_api.schemas.problems import answers
from field_api.schemas.values import Cursor, Limit
from field_api.services.people import messages

router = APIRouter(prefix="/my/messages", tags=["Messages"])


@router.get("", responses=answers(401, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    language: TheLanguage,
    unread: Annotated[bool, Query(description="Only those not read yet.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> MessagesAnswer:
    """One's own messages, the newest first."""
    return messages.listed(
        house.database, caller.asker, language, unread=unread, after=cursor, limit=limit
    )


@router.post("/read", responses=answers(400, 401, 413, 422, 503))
def read(body: ReadBody, caller: TheCaller, house: TheHouse, now: Now) -> ReadAnswer:
    """Mark one's own messages up to a number as read."""
    return messages.read(house.database, caller.asker, body.up_to, now=now)
