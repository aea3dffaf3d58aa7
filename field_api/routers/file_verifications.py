"""档案核实: files gone through every quarter, and completed."""

from typing import Annotated

from fastapi import APIRouter, Query

from field_api.deps import Now, TheCaller, TheHouse
from field_api.schemas.customers import CustomerRow
from field_api.schemas.file_verifications import (
    CompletionBody,
    VerificationAnswer,
    VerificationBody,
)
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Cursor, Limit, NumberInPath, Page
from field_api.services.customers import file_verifications

router = APIRouter(tags=["Customers' files"])


@router.get("/file-verifications/queue", responses=answers(401, 403, 422))
def queue(
    caller: TheCaller, house: TheHouse, now: Now, cursor: Cursor = None, limit: Limit = 50
) -> Page[CustomerRow]:
    """Whose files were not verified this quarter, those that wait longest first."""
    return file_verifications.queue(house.database, caller, after=cursor, limit=limit, now=now)


@router.post(
    "/customers/{code}/verifications",
    status_code=201,
    responses=answers(400, 401, 403, 404, 413, 422, 503),
)
def verify(
    code: Code, body: VerificationBody, caller: TheCaller, house: TheHouse, now: Now
) -> VerificationAnswer:
    """Say that a file was gone through: it is right, or what is to be completed until when."""
    return file_verifications.verify(house.database, caller, code, body, now=now)


@router.get("/file-verifications/completions", responses=answers(401, 403, 422))
def completions(
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    completed: Annotated[bool | None, Query(description="Only those done, or not.")] = None,
    overdue: Annotated[bool, Query(description="Only those past their day.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[VerificationAnswer]:
    """What is missing in which file, by the day by which it is to be completed."""
    return file_verifications.completions(
        house.database,
        caller,
        completed=completed,
        overdue=overdue,
        after=cursor,
        limit=limit,
        now=now,
    )


@router.post(
    "/file-verifications/{number}/complete",
    responses=answers(400, 401, 403, 404, 409, 413, 422, 503),
)
def complete(
    number: NumberInPath, body: CompletionBody, caller: TheCaller, house: TheHouse, now: Now
) -> VerificationAnswer:
    """Say that the missing was completed; again changes nothing."""
    return file_verifications.complete(house.database, caller, number, body, now=now)
