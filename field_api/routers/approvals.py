"""What waits for a decision, and deciding it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from crm.store.approvals import Box, Wanted
from crm.vocabulary import ApprovalMatter, ApprovalState
from field_api.deps import Now, TheCaller, TheHouse, TheLanguage
from field_api.etags import IfMatch, answered_with
from field_api.schemas.approvals import (
    ApprovalAnswer,
    DecisionBody,
    ProcedureAnswer,
    ProcedureBody,
    StoryAnswer,
    WithdrawBody,
)
from field_api.schemas.problems import answers
from field_api.schemas.values import Cursor, Limit, Page
from field_api.services import approvals
from field_api.services.approvals import procedures

router = APIRouter(tags=["Approvals"])
BOX_HELP = "`waiting` for the caller to decide, `asked` by the caller, or `all` one may see."


@router.get("/approvals", responses=answers(401, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    box: Annotated[Box, Query(description=BOX_HELP)] = Box.ALL,
    state: ApprovalState | None = None,
    matter: ApprovalMatter | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ApprovalAnswer]:
    """What was asked for, the last first."""
    wanted = Wanted(box=box, state=state, matter=matter)
    return approvals.listed(
        house.database,
        caller.asker,
        wanted,
        after=cursor,
        limit=limit,
        now=now,
        language=language,
    )


@router.get("/approvals/{approval_id}", responses=answers(401, 404, 422))
def story(
    approval_id: UUID, caller: TheCaller, house: TheHouse, now: Now, language: TheLanguage
) -> StoryAnswer:
    """What will be done, what was said to it, and what came of it."""
    return approvals.story(house.database, caller.asker, approval_id, now=now, language=language)


@router.post(
    "/approvals/{approval_id}/decisions", responses=answers(400, 401, 403, 404, 409, 413, 422, 503)
)
def decide(
    approval_id: UUID,
    body: DecisionBody,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
) -> StoryAnswer:
    """Approve, refuse or comment; the same again changes nothing. What was asked for is done with
    the last approval, once."""
    approvals.decide(house.database, caller.asker, approval_id, body.word(), now=now)
    return approvals.story(house.database, caller.asker, approval_id, now=now, language=language)


@router.post(
    "/approvals/{approval_id}/withdraw", responses=answers(400, 401, 403, 404, 409, 413, 422, 503)
)
def withdraw(
    approval_id: UUID,
    body: WithdrawBody,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
) -> StoryAnswer:
    """Take back what one asked for; again changes nothing."""
    approvals.withdraw(house.database, caller.asker, approval_id, reason=body.reason, now=now)
    return approvals.story(house.database, caller.asker, approval_id, now=now, language=language)


@router.get("/approval-procedures", responses=answers(401))
def procedures_listed(_caller: TheCaller, house: TheHouse) -> list[ProcedureAnswer]:
    """How each matter is decided."""
    return procedures.listed(house.database)


@router.get("/approval-procedures/{matter}", responses=answers(401, 422))
def procedure(
    matter: ApprovalMatter, _caller: TheCaller, house: TheHouse, response: Response
) -> ProcedureAnswer:
    """How a matter is decided; its ETag is for setting it."""
    answer = procedures.shown(house.database, matter)
    answered_with(response, answer.version)
    return answer


@router.put(
    "/approval-procedures/{matter}",
    responses=answers(400, 401, 403, 412, 413, 422, 428, 503),
)
def procedure_replaced(
    matter: ApprovalMatter,
    body: ProcedureBody,
    match: IfMatch,
    caller: TheCaller,
    house: TheHouse,
    response: Response,
) -> ProcedureAnswer:
    """Decide a matter by steps of the company's own; none: by the product's again."""
    answer = procedures.replace(house.database, caller.asker, matter, body, match)
    answered_with(response, answer.version)
    return answer
