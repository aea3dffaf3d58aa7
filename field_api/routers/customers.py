"""Customers, as deep as the asker may see them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from crm.vocabulary import CustomerStatus, Grade
from field_api.deps import Now, TheCaller, TheHouse
from field_api.etags import IfMatch, answered_with
from field_api.schemas.card_changes import CardChanges, NewCustomerBody
from field_api.schemas.customers import CustomerOperatingCard, CustomerRow, StatusBody, WorkingCopy
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Cursor, Limit, Line, Page
from field_api.services.customers import customers
from field_api.services.customers.customers import Sought

router = APIRouter(prefix="/customers", tags=["Customers"])

CustomerFile = CustomerOperatingCard | WorkingCopy


def sought(
    q: Annotated[Line, Query(description="A part of name or code.")] = "",
    status: CustomerStatus | None = None,
    grade: Annotated[Grade | None, Query(description="Not for reps.")] = None,
    territory: Annotated[Line, Query(description="A territory's code.")] = "",
    rep: Annotated[Line, Query(description="A rep's code.")] = "",
    city: Line = "",
    trade: Line = "",
    due: Annotated[
        bool | None, Query(description="Not verified yet this quarter, or done. Not for reps.")
    ] = None,
) -> Sought:
    """The filters of the list."""
    return Sought(
        text=q,
        status=status,
        grade=grade,
        territory=territory,
        rep=rep,
        city=city,
        trade=trade,
        due=due,
    )


@router.get("", responses=answers(401, 403, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    wanted: Annotated[Sought, Depends(sought)],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[CustomerRow]:
    """Customers by code: a rep's own, a manager's district's or region's, else all."""
    return customers.listed(house.database, caller, wanted, after=cursor, limit=limit, now=now)


@router.post("", status_code=201, responses=answers(400, 401, 403, 409, 413, 422, 503))
def add(
    body: NewCustomerBody, caller: TheCaller, house: TheHouse, now: Now, response: Response
) -> CustomerFile:
    """Add a customer or a prospect. For information admins and the general manager."""
    added = customers.add(house.database, house.settings, caller, body, now=now)
    answered_with(response, added.version)
    return added


@router.get("/{code}", responses=answers(401, 404, 422))
def one(
    code: Code, caller: TheCaller, house: TheHouse, now: Now, response: Response
) -> CustomerFile:
    """A customer's file: the operating card for reps, the working copy for others."""
    found = customers.one(house.database, house.settings, caller, code, now=now)
    answered_with(response, found.version)
    return found


@router.patch("/{code}", responses=answers(400, 401, 403, 404, 412, 413, 422, 428, 503))
def edit(
    code: Code,
    body: CardChanges,
    match: IfMatch,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    response: Response,
) -> CustomerFile:
    """Change fields of the card; reps propose corrections instead."""
    edited = customers.edit(house.database, house.settings, caller, code, match, body, now=now)
    answered_with(response, edited.version)
    return edited


@router.post("/{code}/status", responses=answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503))
def change_status(
    code: Code,
    body: StatusBody,
    match: IfMatch,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    response: Response,
) -> CustomerFile:
    """Take a prospect up, win a customer back, or put one on the blacklist or take it off."""
    changed = customers.change_status(
        house.database, house.settings, caller, code, match, body, now=now
    )
    answered_with(response, changed.version)
    return changed
