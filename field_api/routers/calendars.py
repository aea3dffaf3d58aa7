"""Routes in calendar programs."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response

from field_api.deps import Now, TheCaller, TheHouse, TheRep
from field_api.schemas.calendars import EXAMPLE, FeedAnswer
from field_api.schemas.problems import answers
from field_api.schemas.values import Code
from field_api.services.days import calendars

router = APIRouter(tags=["Calendars"])
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The route as an iCalendar file.",
        "content": {"text/calendar": {"schema": {"type": "string"}, "example": EXAMPLE}},
    },
    304: {"description": "Nothing changed since the ETag that was sent."},
}
feed = APIRouter(tags=["Calendars"])  # at an address of its own, without a login


@router.post("/my/calendar-feed", status_code=201, responses=answers(401, 403, 503))
def give_own(rep: TheRep, house: TheHouse, now: Now, request: Request) -> FeedAnswer:
    """A secret address of the own route for calendar programs; it ends the one before."""
    return calendars.new_feed(
        house.database,
        house.settings,
        rep.asker,
        rep.rep_code or "",
        reached_at=str(request.base_url),
        now=now,
    )


@router.delete("/my/calendar-feed", status_code=204, responses=answers(401, 403, 503))
def revoke_own(rep: TheRep, house: TheHouse, now: Now) -> None:
    """End the own address; without one nothing changes."""
    calendars.revoke(house.database, rep.asker, rep.rep_code or "", now=now)


@router.post(
    "/reps/{rep_code}/calendar-feed", status_code=201, responses=answers(401, 404, 422, 503)
)
def give(
    rep_code: Code, caller: TheCaller, house: TheHouse, now: Now, request: Request
) -> FeedAnswer:
    """A secret address of a rep's route for the caller: a manager's own reps."""
    return calendars.new_feed(
        house.database,
        house.settings,
        caller.asker,
        rep_code,
        reached_at=str(request.base_url),
        now=now,
    )


@router.delete(
    "/reps/{rep_code}/calendar-feed", status_code=204, responses=answers(401, 404, 422, 503)
)
def revoke(rep_code: Code, caller: TheCaller, house: TheHouse, now: Now) -> None:
    """End the caller's address of a rep's route; without one nothing changes."""
    calendars.revoke(house.database, caller.asker, rep_code, now=now)


@feed.get(
    "/calendar/{token}.ics",
    response_class=Response,
    responses=FILE | answers(404, 422),
)
def calendar(
    token: Annotated[str, Path(description="The secret of the address.", max_length=200)],
    house: TheHouse,
    now: Now,
    if_none_match: Annotated[
        str | None, Header(description="The ETag of the calendar that is there already.")
    ] = None,
) -> Response:
    """The route as an iCalendar file, for whoever knows the address."""
    file = calendars.calendar(house.database, house.settings, token, now=now)
    return calendars.as_answer(file, if_none_match)
