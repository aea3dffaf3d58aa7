"""Who did what, when and why."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from crm.store.house.audit_trail import Wanted
from field_api.deps import TheCaller, TheHouse
from field_api.schemas.audit import AuditEntryAnswer, FieldChangeAnswer
from field_api.schemas.problems import answers
from field_api.schemas.values import Cursor, Instant, Limit, Line, NumberInPath, Page
from field_api.services.house import audit

router = APIRouter(prefix="/audit", tags=["Audit trail"])


def wanted(
    noun: Annotated[Line, Query(description="What it was done to: `customer`, `plan`, …")] = "",
    key: Annotated[Line, Query(description="Which one: a code or a number.")] = "",
    action: Annotated[Line, Query(description="What was done: `change`, `approve`, …")] = "",
    user: Annotated[Line, Query(description="By whom: a user name.")] = "",
    since: Annotated[Instant | None, Query(alias="from", description="From then on.")] = None,
    until: Annotated[Instant | None, Query(alias="to", description="Not included.")] = None,
) -> Wanted:
    """The filters of the list."""
    return Wanted(noun=noun, key=key, action=action, username=user, since=since, until=until)


@router.get("", responses=answers(401, 403, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    wanted: Annotated[Wanted, Depends(wanted)],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AuditEntryAnswer]:
    """The audit trail, the newest first: of a district's or region's own things for its manager,
    everything for the general manager and the chairman."""
    return audit.listed(house.database, caller.asker, wanted, after=cursor, limit=limit)


@router.get("/{number}/changes", responses=answers(401, 403, 404, 422))
def changes(
    number: NumberInPath,
    caller: TheCaller,
    house: TheHouse,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[FieldChangeAnswer]:
    """All fields that changed with an entry."""
    return audit.changes(house.database, caller.asker, number, after=cursor, limit=limit)
