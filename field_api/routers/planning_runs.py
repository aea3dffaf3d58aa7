"""Planning a cycle beside requests, with its progress."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from field_api.deps import Now, TheCaller, TheHouse, TheLanguage, TheManager, Today
from field_api.schemas.planning_runs import EVENTS, PlanningRunAnswer, PlanningRunBody
from field_api.schemas.problems import answers
from field_api.schemas.values import Cursor, Limit, Line, Page
from field_api.services.plans import planning_run_events, planning_runs
from field_api.services.plans.planning_run_events import Watch

router = APIRouter(prefix="/planning-runs", tags=["Plans"])
LAST_SEEN = "The id of the last event seen; what came since then follows."


def watch(
    run_id: UUID,
    caller: TheCaller,
    house: TheHouse,
    language: TheLanguage,
    last_event_id: Annotated[Line | None, Header(description=LAST_SEEN)] = None,
) -> Watch:
    """Whoever watches a run; no stream begins for a run that is not the caller's."""
    return planning_run_events.watch(
        house.database, caller.asker, run_id, language=language, last=last_event_id
    )


@router.post("", status_code=202, responses=answers(400, 401, 403, 404, 409, 413, 422, 503))
def ask(
    body: PlanningRunBody,
    manager: TheManager,
    house: TheHouse,
    today: Today,
    now: Now,
    language: TheLanguage,
) -> PlanningRunAnswer:
    """Begin to plan a cycle: hours needed against hours there are at once, drafts later."""
    return planning_runs.ask(
        house.database,
        house.settings,
        manager.asker,
        body,
        today=today,
        now=now,
        language=language,
        wake=house.supervisor.wake,
    )


@router.get("", responses=answers(401, 422))
def listed(
    caller: TheCaller,
    house: TheHouse,
    language: TheLanguage,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PlanningRunAnswer]:
    """The runs that plan reps of yours, the last asked for first."""
    return planning_runs.listed(
        house.database, caller.asker, after=cursor, limit=limit, language=language
    )


@router.get("/{run_id}", responses=answers(401, 404, 422))
def one(
    run_id: UUID, caller: TheCaller, house: TheHouse, language: TheLanguage
) -> PlanningRunAnswer:
    """How far a run is, rep by rep."""
    return planning_runs.one(house.database, caller.asker, run_id, language=language)


@router.post("/{run_id}/cancel", responses=answers(401, 403, 404, 422, 503))
def cancel(
    run_id: UUID, manager: TheManager, house: TheHouse, now: Now, language: TheLanguage
) -> PlanningRunAnswer:
    """End what of a run has not ended, for the reps of yours; plans already made stay drafts."""
    return planning_runs.cancel(
        house.database,
        manager.asker,
        run_id,
        now=now,
        language=language,
        wake=house.supervisor.wake,
    )


@router.get(
    "/{run_id}/events",
    response_class=EventSourceResponse,
    responses=EVENTS | answers(401, 404, 422),
)
async def events(
    watch: Annotated[Watch, Depends(watch)], house: TheHouse
) -> AsyncIterator[ServerSentEvent]:
    """A run as server-sent events: `rep` for each news of a rep, `ended` with the whole run at
    its end; then close. A stream ends after five minutes at the latest: come back with
    `Last-Event-ID`, as browsers do."""
    async for event in planning_run_events.events(watch, house.ending):
        yield event
