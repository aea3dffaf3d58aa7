"""The rep's day."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from field_api.deps import Now, TheCaller, TheHouse, TheLanguage, TheRep
from field_api.etags import NOT_MODIFIED, AcceptEncoding, IfNoneMatch, unless_known
from field_api.schemas.days import DayAnswer, DaysAnswer
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Day, Instant
from field_api.services.days import days

router = APIRouter(tags=["Days"])
MOST_DAYS = 14
Since = Annotated[
    Instant | None,
    Query(description="`changes` tells what changed since then; else since yesterday began."),
]


@router.get("/my/days", response_model=DaysAnswer, responses=NOT_MODIFIED | answers(401, 403, 422))
def my_days(
    from_day: Annotated[Day, Query(alias="from", description="The first of the days.")],
    rep: TheRep,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    count: Annotated[
        int, Query(alias="days", ge=1, le=MOST_DAYS, description="How many in a row.")
    ] = 7,
    since: Since = None,
    if_none_match: IfNoneMatch = None,
    accept_encoding: AcceptEncoding = "",
) -> Response:
    """The rep's own days in a row, in one answer to be kept on the phone."""
    answer = days.days_of_rep(
        house.database,
        house.settings,
        rep.asker,
        rep_code=rep.rep_code or "",
        from_day=from_day,
        count=count,
        now=now,
        language=language,
        since=since,
    )
    return unless_known(answer, if_none_match, accept_encoding=accept_encoding)


@router.get(
    "/my/days/{day}", response_model=DayAnswer, responses=NOT_MODIFIED | answers(401, 403, 422)
)
def my_day(
    day: Day,
    rep: TheRep,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    since: Since = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The rep's own published route of a day; a day without one is empty, with the reason."""
    answer = days.day_of_rep(
        house.database,
        house.settings,
        rep.asker,
        rep_code=rep.rep_code or "",
        on=day,
        now=now,
        language=language,
        since=since,
    )
    return unless_known(answer, if_none_match)


@router.get(
    "/reps/{rep_code}/days/{day}",
    response_model=DayAnswer,
    responses=NOT_MODIFIED | answers(401, 404, 422),
)
def day_of_rep(
    rep_code: Code,
    day: Day,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    since: Since = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """The published route of a rep: a district manager's own district, a rep's own self."""
    answer = days.day_of_rep(
        house.database,
        house.settings,
        caller.asker,
        rep_code=rep_code,
        on=day,
        now=now,
        language=language,
        since=since,
    )
    return unless_known(answer, if_none_match)
