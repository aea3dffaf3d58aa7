"""What the field asks for about customers, and how it stands."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from crm.store.approvals import Box, Wanted
from crm.vocabulary import ApprovalMatter
from field_api.deps import Now, TheCaller, TheHouse, TheLanguage
from field_api.schemas.approvals import StoryAnswer
from field_api.schemas.corrections import CorrectionProposed, FrequencyBody, StrikeOutBody
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Cursor, Limit, Page
from field_api.services import approvals
from field_api.services.customers import corrections, strike_outs
from field_api.services.grades import frequencies

router = APIRouter(tags=["Customers"])
OF_ASKING = answers(400, 401, 403, 404, 409, 413, 422, 503)
ASKED_BEFORE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The same was sent before; nothing changed."}
}
ABOUT_CUSTOMERS = (
    ApprovalMatter.CUSTOMER_CORRECTION,
    ApprovalMatter.STRIKE_OUT,
    ApprovalMatter.FREQUENCY,
)


@router.put(
    "/customers/{code}/corrections/{correction_id}",
    status_code=201,
    responses=ASKED_BEFORE | OF_ASKING,
)
def propose(
    code: Code,
    correction_id: UUID,
    body: CorrectionProposed,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    response: Response,
) -> StoryAnswer:
    """Propose a correction of an own customer's card under an id that the client makes up; the
    same again changes nothing. For reps; done when the manager approves."""
    answer, new = corrections.propose(
        house.database, caller, code, correction_id, body, now=now, language=language
    )
    response.status_code = 201 if new else 200
    return answer


@router.post("/customers/{code}/strike-out", status_code=201, responses=OF_ASKING)
def strike_out(
    code: Code,
    body: StrikeOutBody,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
) -> StoryAnswer:
    """Ask for a customer to be struck out. Once approved it is on no route, its appointments are
    cancelled and its open promises withdrawn."""
    return strike_outs.ask(house.database, caller, code, body.reason, now=now, language=language)


@router.post("/customers/{code}/frequency", status_code=201, responses=OF_ASKING)
def frequency(
    code: Code,
    body: FrequencyBody,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
) -> StoryAnswer:
    """Ask for a visit frequency of a customer's own, or for the grade's again."""
    return frequencies.ask(house.database, caller, code, body, now=now, language=language)


@router.get("/my/requests", responses=answers(401, 422))
def mine(
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[StoryAnswer]:
    """What the caller asked for about customers, or as a change of the day, and how it stands, the
    last first."""
    wanted = Wanted(box=Box.ASKED, matters=(*ABOUT_CUSTOMERS, ApprovalMatter.DAY_CHANGE))
    return approvals.stories(
        house.database,
        caller.asker,
        wanted,
        after=cursor,
        limit=limit,
        now=now,
        language=language,
    )
