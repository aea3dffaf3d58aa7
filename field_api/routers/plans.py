"""Cycle plans."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from crm.vocabulary import PlanState
from field_api.deps import Now, TheCaller, TheHouse, TheLanguage, TheManager
from field_api.etags import NOT_MODIFIED, AcceptEncoding, IfNoneMatch, unless_known
from field_api.schemas.plan_stories import PlanStoryAnswer, PlanSummaryAnswer, SubmitBody
from field_api.schemas.plans import PlanAnswer, PlanChangeAnswer, ReplanBody
from field_api.schemas.problems import answers
from field_api.schemas.values import Code, Cursor, Day, Limit, Page
from field_api.services.plans import plan_approval, plan_stories, plans

router = APIRouter(prefix="/plans", tags=["Plans"])
PlanNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("", responses=answers(401, 404, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    rep_code: Annotated[Code | None, Query(description="Only this rep's.")] = None,
    state: PlanState | None = None,
    since: Annotated[Day | None, Query(description="Only plans with days from this on.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PlanSummaryAnswer]:
    """Plans of every state, the last made first; drafts are for managers."""
    wanted = plan_stories.Wanted(rep_code=rep_code, state=state, since=since)
    return plan_stories.listed(house.database, caller.asker, wanted, after=cursor, limit=limit)


@router.get("/current", responses=answers(401, 404, 422))
def current(
    rep_code: Annotated[Code, Query(description="Whose plan.")],
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
) -> PlanAnswer:
    """The plan in force of a rep in figures, with every visit that found no place."""
    return plans.current(
        house.database, house.settings, caller.asker, rep_code, now=now, language=language
    )


@router.post("/replan", responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def replan(
    body: ReplanBody, manager: TheManager, house: TheHouse, now: Now, language: TheLanguage
) -> PlanChangeAnswer:
    """Plan the days after today again, moving as little as can be; answers the difference."""
    return plans.plan_again(
        house.database,
        house.settings,
        manager.asker,
        rep_code=body.rep_code,
        purpose=body.purpose,
        now=now,
        language=language,
        workers=house.supervisor.workers,
    )


@router.get(
    "/{plan_id}", response_model=PlanStoryAnswer, responses=NOT_MODIFIED | answers(401, 404, 422)
)
def story(
    plan_id: PlanNumber,
    caller: TheCaller,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
    if_none_match: IfNoneMatch = None,
    accept_encoding: AcceptEncoding = "",
) -> Response:
    """A plan day by day and, before it is published, what it changes and what stands against it."""
    answer = plan_stories.story(
        house.database, house.settings, caller.asker, plan_id, now=now, language=language
    )
    return unless_known(answer, if_none_match, accept_encoding=accept_encoding)


@router.post("/{plan_id}/submit", responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def submit(
    plan_id: PlanNumber,
    body: SubmitBody,
    manager: TheManager,
    house: TheHouse,
    now: Now,
    language: TheLanguage,
) -> PlanStoryAnswer:
    """Send a draft for approval; again changes nothing. Older proposals are overtaken."""
    plan_approval.submit(
        house.database,
        house.settings,
        manager.asker,
        plan_id,
        reason=body.reason,
        special_case=body.special_case,
        now=now,
    )
    return plan_stories.story(
        house.database, house.settings, manager.asker, plan_id, now=now, language=language
    )
