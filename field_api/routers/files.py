"""档案: what is known of a customer beyond the card."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from field_api.deps import Now, TheCaller, TheHouse
from field_api.etags import IfMatch, answered_with
from field_api.schemas.files import (
    ConfidentialFile,
    FactAnswer,
    FactBody,
    FactChanges,
    FileLoanAnswer,
    HistoryRow,
    KeyPersonAnswer,
    KeyPersonBody,
    KeyPersonChanges,
    OpenFileBody,
)
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Cursor, Limit, Line, NumberInPath, Page
from field_api.services.customers import files

router = APIRouter(prefix="/customers/{code}", tags=["Customers' files"])
OF_AN_ADDITION = answers(400, 401, 403, 404, 413, 422, 503)
OF_AN_EDIT = answers(400, 401, 403, 404, 412, 413, 422, 428, 503)
OF_A_REMOVAL = answers(401, 403, 404, 412, 422, 428, 503)


@router.get("/history", responses=answers(401, 403, 404, 422))
def history(
    code: Code,
    caller: TheCaller,
    house: TheHouse,
    field: Annotated[Line, Query(description="One field only, by its name.")] = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[HistoryRow]:
    """What each field of the card was before, who changed it and why. Not for reps."""
    return files.history(house.database, caller, code, field=field, after=cursor, limit=limit)


@router.post("/key-people", status_code=201, responses=answers(400, 401, 404, 413, 422, 503))
def add_key_person(
    code: Code,
    body: KeyPersonBody,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    response: Response,
) -> KeyPersonAnswer:
    """Add a key person; reps do so for own customers, too."""
    added = files.add_key_person(house.database, caller, code, body, now=now)
    answered_with(response, added.version)
    return added


@router.patch("/key-people/{number}", responses=answers(400, 401, 404, 412, 413, 422, 428, 503))
def edit_key_person(
    code: Code,
    number: NumberInPath,
    body: KeyPersonChanges,
    match: IfMatch,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    response: Response,
) -> KeyPersonAnswer:
    """Change what is known of a key person; reps do so for own customers, too."""
    edited = files.edit_key_person(house.database, caller, code, number, match, body, now=now)
    answered_with(response, edited.version)
    return edited


@router.delete("/key-people/{number}", status_code=204, responses=OF_A_REMOVAL)
def remove_key_person(
    code: Code, number: NumberInPath, match: IfMatch, caller: TheCaller, house: TheHouse, now: Now
) -> None:
    """Take a key person out of the file; the audit trail keeps what was known."""
    files.remove_key_person(house.database, caller, code, number, match, now=now)


@router.post("/facts", status_code=201, responses=OF_AN_ADDITION)
def add_fact(
    code: Code, body: FactBody, caller: TheCaller, house: TheHouse, now: Now, response: Response
) -> FactAnswer:
    """Add a piece of information with its source level; a confidential one is for managers."""
    added = files.add_fact(house.database, caller, code, body, now=now)
    answered_with(response, added.version)
    return added


@router.patch("/facts/{number}", responses=OF_AN_EDIT)
def edit_fact(
    code: Code,
    number: NumberInPath,
    body: FactChanges,
    match: IfMatch,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    response: Response,
) -> FactAnswer:
    """Change a fact."""
    edited = files.edit_fact(house.database, caller, code, number, match, body, now=now)
    answered_with(response, edited.version)
    return edited


@router.delete("/facts/{number}", status_code=204, responses=OF_A_REMOVAL)
def remove_fact(
    code: Code, number: NumberInPath, match: IfMatch, caller: TheCaller, house: TheHouse, now: Now
) -> None:
    """Take a fact out of the file; the audit trail keeps it."""
    files.remove_fact(house.database, caller, code, number, match, now=now)


@router.post("/confidential-file", status_code=201, responses=OF_AN_ADDITION)
def open_confidential(
    code: Code, body: OpenFileBody, caller: TheCaller, house: TheHouse, now: Now
) -> ConfidentialFile:
    """Open the confidential file on a borrowing card 借阅卡. For general manager and chairman."""
    return files.open_confidential(house.database, caller, code, reason=body.reason, now=now)


@router.get("/file-loans", responses=answers(401, 403, 404, 422))
def loans(code: Code, caller: TheCaller, house: TheHouse) -> list[FileLoanAnswer]:
    """Who opened the confidential file and when; why, for those who may open it."""
    return files.loans(house.database, caller, code)
