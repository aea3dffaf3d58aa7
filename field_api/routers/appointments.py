"""Appointments with customers."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from crm.store.days.appointments import AppointmentFilter
from field_api.deps import Now, TheCaller, TheFieldWorker, TheHouse
from field_api.schemas.appointments import AppointmentAnswer, AppointmentBody
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Cursor, Day, Limit, Page, Sentence
from field_api.services.days import appointments

router = APIRouter(prefix="/appointments", tags=["Appointments"])
KEPT_BEFORE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The same was sent before; nothing changed."}
}


async def wanted(
    customer_code: Annotated[Code | None, Query(description="Only with this customer.")] = None,
    first_day: Annotated[Day | None, Query(description="From this day on.")] = None,
    last_day: Annotated[Day | None, Query(description="Up to this day.")] = None,
    cancelled: Annotated[bool, Query(description="Those called off, instead.")] = False,
) -> AppointmentFilter:
    """Which appointments are asked for."""
    return AppointmentFilter(
        customer_code=customer_code, first_day=first_day, last_day=last_day, cancelled=cancelled
    )


@router.get("", responses=answers(401, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    wanted: Annotated[AppointmentFilter, Depends(wanted)],
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AppointmentAnswer]:
    """Appointments by day and time: with a rep's own customers, a manager's district's."""
    return appointments.listed(house.database, caller.asker, wanted, after=cursor, limit=limit)


@router.post(
    "",
    status_code=201,
    responses=KEPT_BEFORE | answers(400, 401, 403, 404, 409, 413, 422, 503),
)
def book(
    body: AppointmentBody, caller: TheFieldWorker, house: TheHouse, now: Now, response: Response
) -> AppointmentAnswer:
    """Book a visit, as often as it takes. The next plan keeps it to the minute; one that stands
    beside others at the same time is kept, and says so."""
    answer, new = appointments.book(house.database, caller.asker, body, now=now)
    response.status_code = 201 if new else 200
    return answer


@router.delete("/{code}", responses=answers(401, 404, 422, 503))
def call_off(
    code: Code,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    reason: Annotated[Sentence, Query(description="Why, for the audit trail.")] = "",
) -> AppointmentAnswer:
    """Call an appointment off; it stays in the records as cancelled."""
    return appointments.call_off(house.database, caller.asker, code, reason=reason, now=now)
