"""Cycles planned beside requests: asked for, looked at, cancelled. The work is a job a rep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import PlanningRun
from crm.rules.access import Asker
from crm.rules.jobs import OPEN, state_of_all
from crm.store.house import audit, jobs
from crm.store.people import people
from crm.store.plans import planning_runs
from crm.store.plans.planning_runs import RepOfRun, RunNotFound
from crm.text import N_
from field_api.errors import CODES, InvalidInput
from field_api.jobs.handlers.planning import KIND
from field_api.schemas.planning_runs import (
    PlanningRunAnswer,
    PlanningRunBody,
    RepHoursAnswer,
    RepOfRunAnswer,
    WeightsBody,
)
from field_api.schemas.values import Page
from field_api.services.pages import cursor, instant, place
from field_api.services.planning.asked import Asked
from field_api.services.planning.cycle import RepHours, cycle_tasks, hours_of
from field_api.services.plans.notes import WITHOUT_VISITS
from field_api.services.travel.travel_times import travel_by
from field_api.settings import Settings
from field_api.wording import Language, say
from routing.travel.interface import TravelTimes
from routing.weights import Weights
from routing.weights_file import weights_of

NOUN = "planning_run"


class RunGoing(Refused):
    """The same cycle is being planned already."""

    def __init__(self, rep_code: str, first_day: date, run_id: UUID | None) -> None:
        super().__init__(
            N_(
                "The cycle of {rep} from {first} is being planned already, in run {run}; look at "
                "that one, or cancel it."
            ),
            rep=rep_code,
            first=first_day.isoformat(),
            run=str(run_id),
        )


CODES |= {RunNotFound: (404, "planning_run_not_found"), RunGoing: (409, "run_going")}


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What is to be kept of a run: for each rep its number, and the hours before any search."""

    asked: Asked
    reps: Sequence[tuple[int, RepHours]]
    without_visits: Sequence[str]


def ask(
    database: Database,
    settings: Settings,
    asker: Asker,
    body: PlanningRunBody,
    *,
    today: date,
    now: datetime,
    language: Language,
    wake: Callable[[], None],
) -> PlanningRunAnswer:
    """Begin to plan a cycle of the asker's reps, or of those named; drafts come of it.

    Raises `RepNotFound`, `RunGoing`, and `Refused` at once with what keeps the cycle from being
    planned: territories unsettled, a first day gone by, nothing due.
    """
    asked = Asked(
        first_day=body.first_day,
        weeks=body.weeks,
        today=today,
        country=settings.country,
        purpose=body.purpose,
        seed=body.seed,
        work=body.work,
        weights=_weights(body.weights),
    )
    with database.reading() as session:
        wanted = _wanted(session, asker, asked, body.rep_codes, travel_by(settings, database))
    run_id = uuid4()
    database.written(lambda s: _keep(s, asker, run_id, wanted, now), by=asker, at=now)
    wake()
    return one(database, asker, run_id, language=language)


def one(database: Database, asker: Asker, run_id: UUID, *, language: Language) -> PlanningRunAnswer:
    """A run with what became of each of the asker's reps. Raises `RunNotFound`."""
    with database.reading() as session:
        return _answer(session, asker, run_id, language)


def listed(
    database: Database,
    asker: Asker,
    *,
    after: str | None,
    limit: int,
    language: Language,
) -> Page[PlanningRunAnswer]:
    """The runs that plan a rep of the asker's, the last asked for first."""
    behind = place(after, lambda at, run_id: (instant(at), UUID(run_id)))
    with database.reading() as session:
        found = planning_runs.newest(session, asker, after=behind, limit=limit + 1)
        shown = found[:limit]
        last = shown[-1] if len(found) > limit else None
        end = cursor(last.asked_at.isoformat(), str(last.id)) if last is not None else None
        items = [_answer(session, asker, run.id, language) for run in shown]
        return Page(items=items, next_cursor=end)


def cancel(
    database: Database,
    asker: Asker,
    run_id: UUID,
    *,
    now: datetime,
    language: Language,
    wake: Callable[[], None],
) -> PlanningRunAnswer:
    """End what of a run concerns the asker's reps and has not ended; plans made stay drafts. The
    same again changes nothing. Raises `RunNotFound`."""

    def work(session: Session) -> None:
        planning_runs.get(session, asker, run_id)
        reps = planning_runs.reps_of(session, asker, run_id)
        still_open = [rep.job.id for rep in reps if rep.job.state in OPEN]
        if jobs.cancel(session, still_open, now=now):
            codes = [rep.rep_code for rep in reps if rep.job.id in still_open]
            audit.record(session, "cancel", noun=NOUN, key=str(run_id), details={"reps": codes})

    database.written(work, by=asker, at=now)
    wake()
    return one(database, asker, run_id, language=language)


def rep_answer(rep: RepOfRun, language: Language) -> RepOfRunAnswer:
    """What became of one rep's plan."""
    job = rep.job
    notes = [(note["text"], note["params"]) for note in job.result.get("notes", ())]
    error = job.result.get("error")
    text, params = (error["text"], error["params"]) if error else ("", {})
    return RepOfRunAnswer(
        rep_code=rep.rep_code,
        rep_name=rep.rep_name,
        state=job.state,
        progress=job.progress,
        attempt=job.attempt,
        most_attempts=job.most_attempts,
        fingerprint=job.fingerprint,
        plan_id=rep.plan_id,
        figures=None if rep.figures is None else dict(rep.figures),
        notes=[say(language, text, **params) for text, params in notes],
        error=say(language, text, **params) if error else None,
    )


def _wanted(
    session: Session, asker: Asker, asked: Asked, rep_codes: Sequence[str], travel: TravelTimes
) -> _Wanted:
    for code in rep_codes:
        people.get_rep(session, asker, code)
    tasks = cycle_tasks(session, asker, asked.request_for(rep_codes, travel))
    due = {task.rep.code for task in tasks}
    named = rep_codes or [rep.code for rep in session.exec(people.reps_visible_to(asker))]
    return _Wanted(
        asked=asked,
        reps=[
            (task.rep.id or 0, hours) for task, hours in zip(tasks, hours_of(tasks), strict=True)
        ],
        without_visits=sorted(set(named) - due),
    )


def _keep(session: Session, asker: Asker, run_id: UUID, wanted: _Wanted, now: datetime) -> None:
    plain = wanted.asked.to_plain()
    session.add(
        PlanningRun(
            id=run_id,
            asked_by_id=asker.user_id,
            asked_at=now,
            request=plain | {"without_visits": list(wanted.without_visits)},
        )
    )
    session.flush()
    for rep_id, hours in wanted.reps:
        job = jobs.enqueue(
            session,
            kind=KIND,
            key=f"{KIND}/{rep_id}/{plain['first_day']}",
            payload=plain | {"rep_code": hours.rep_code, "hours": _plain_hours(hours)},
            run_id=run_id,
            rep_id=rep_id,
            asked_by_id=asker.user_id,
            now=now,
        )
        if job.run_id != run_id:
            raise RunGoing(hours.rep_code, wanted.asked.first_day, job.run_id)
    audit.record(
        session,
        "ask",
        noun=NOUN,
        key=str(run_id),
        reason=wanted.asked.purpose,
        details={
            "first_day": plain["first_day"],
            "weeks": wanted.asked.weeks,
            "reps": [hours.rep_code for _, hours in wanted.reps],
        },
    )


def _answer(session: Session, asker: Asker, run_id: UUID, language: Language) -> PlanningRunAnswer:
    run, user = planning_runs.get(session, asker, run_id)
    reps = planning_runs.reps_of(session, asker, run_id)
    asked = Asked.from_plain(run.request)
    seen = {rep.code for rep in session.exec(people.reps_visible_to(asker))}
    return PlanningRunAnswer(
        hours=[RepHoursAnswer(**rep.job.payload["hours"]) for rep in reps],
        run_id=run.id,
        state=state_of_all(rep.job.state for rep in reps),
        first_day=asked.first_day,
        last_day=asked.last_day,
        weeks=asked.weeks,
        seed=asked.seed,
        work=asked.work,
        purpose=asked.purpose,
        asked_by=user.username if user is not None else "",
        asked_at=run.asked_at,
        reps=[rep_answer(rep, language) for rep in reps],
        notes=[
            say(language, WITHOUT_VISITS, code=code)
            for code in run.request["without_visits"]
            if code in seen
        ],
    )


def _plain_hours(row: RepHours) -> Mapping[str, Any]:
    hours = row.hours
    return RepHoursAnswer(
        rep_code=row.rep_code,
        rep_name=row.rep_name,
        visits_by_grade=hours.visits,
        needed_s_by_grade=hours.needed_s,
        home_s=hours.home_s,
        needed_s=hours.total_s,
        available_s=hours.available_s,
        short_s=hours.short_s,
    ).model_dump()


def _weights(body: WeightsBody | None) -> Weights | None:
    if body is None:
        return None
    try:
        return weights_of(body.model_dump(exclude_none=True))
    except ValueError as error:
        raise InvalidInput(
            "body.weights", N_("The weights cannot be used. {cause}"), cause=error
        ) from None
