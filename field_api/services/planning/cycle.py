"""A call cycle for every rep: hours first, then plans, checked, then kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import Rep
from crm.rules.access import OPERATOR, Asker
from crm.store.people import organisation
from crm.store.plans import plans
from crm.text import N_
from crm.vocabulary import PlanState
from field_api.services import territories
from field_api.services.planning.problem import STRAIGHT, Task, cycle_task
from field_api.services.planning.rows import keep_plan
from field_api.services.planning.solving import Effort, OnProgress, plan_all
from field_api.services.plans import plan_approval
from field_api.services.plans.notes import (
    NOBODY_KNOWS_WHERE,
    WITHOUT_VISITS,
    Note,
    commitments_without_a_place,
)
from routing.hours import HoursNeeded, hours_needed
from routing.plan import Plan
from routing.problem import Problem
from routing.travel.interface import TravelTimes


class NothingToPlan(Refused):
    """There is no rep, or none with customers due."""


@dataclass(frozen=True, kw_only=True)
class RepPlan:
    """One rep's result: the problem, the plan that passed the checker, its figures."""

    rep_code: str
    rep_name: str
    problem: Problem
    plan: Plan
    figures: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class PlanningOutcome:
    """All reps' plans, and what people should be told besides."""

    reps: tuple[RepPlan, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, kw_only=True)
class RepHours:
    """Hours needed against hours there are, for one rep before any search."""

    rep_code: str
    rep_name: str
    hours: HoursNeeded


@dataclass(frozen=True, kw_only=True)
class CycleRequest:
    """What is to be planned: `weeks` from `first_day` on, for all reps or those named; `country`
    gives the public holidays of reps that name none. Visits that published plans hold from
    `today` until then are taken as made. Plans are published at once; or sent for approval with
    `propose`; or kept as drafts. `zone`: of reps who name none. `travel` is where travel times come
    from."""

    first_day: date
    today: date | None = None
    weeks: int = 4
    country: str = ""
    rep_codes: tuple[str, ...] = ()
    publish: bool = True
    propose: bool = False
    zone: str = "UTC"
    travel: TravelTimes = STRAIGHT

    @property
    def last_day(self) -> date:
        """The last day of the cycle."""
        return last_day_of(self.first_day, self.weeks)


def last_day_of(first_day: date, weeks: int) -> date:
    """The last day of a cycle of so many weeks."""
    return first_day + timedelta(days=7 * weeks - 1)


def cycle_tasks(session: Session, asker: Asker, request: CycleRequest) -> list[Task]:
    """The problems of the reps whom the asker may see, or of those named, in order of code.

    Raises `Refused` when an active customer lies in no territory or in two, a rep is unknown, or
    the cycle would begin before today.
    """
    if request.today and request.first_day < request.today:
        raise NothingToPlan(
            N_(
                "The cycle would begin on {first}, before today ({today}). Name today or a later "
                "day; `callcycle replan` plans the rest of a cycle that has begun."
            ),
            first=request.first_day.isoformat(),
            today=request.today.isoformat(),
        )
    territories.refuse_if_unsettled(session, asker)
    reps = organisation.reps_of(session, asker)
    unknown = set(request.rep_codes) - {rep.code for rep in reps}
    if unknown:
        raise NothingToPlan(N_("There is no rep {code}."), code=min(unknown))
    tasks = [
        task_of(session, rep, request)
        for rep in reps
        if not request.rep_codes or rep.code in request.rep_codes
    ]
    if not any(task.problem.visits for task in tasks):
        raise NothingToPlan(
            N_(
                "No visit is due from {first} to {last}: "
                "import reps, territories and customers first."
            ),
            first=request.first_day.isoformat(),
            last=request.last_day.isoformat(),
        )
    return [task for task in tasks if task.problem.visits]


def task_of(session: Session, rep: Rep, request: CycleRequest) -> Task:
    """The problem of one rep's cycle. Whoever may see the rep plans the whole of the rep's days:
    a territory of another district's, which the asker does not see, must not fall out of them."""
    facts = plans.facts_of(
        session, OPERATOR, rep, before=request.first_day, planned_from=request.today
    )
    return cycle_task(
        facts,
        first_day=request.first_day,
        last_day=request.last_day,
        country=request.country,
        travel=request.travel,
    )


def hours_of(tasks: Sequence[Task]) -> list[RepHours]:
    """Needed against available, rep by rep."""
    return [
        RepHours(
            rep_code=task.rep.code,
            rep_name=task.rep.name,
            hours=hours_needed(task.problem, task.problem.reps[0]),
        )
        for task in tasks
    ]


def plan_cycle(
    database: Database,
    asker: Asker,
    request: CycleRequest,
    *,
    effort: Effort | None = None,
    on_hours: Callable[[list[RepHours]], None] | None = None,
    on_progress: OnProgress | None = None,
) -> PlanningOutcome:
    """Plan a cycle and keep the plans, published or as drafts: all of them, or none.

    `on_hours` hears the hours before the search begins, `on_progress` how many plans are made,
    those in the making by their share of the work.
    """
    with database.reading() as session:
        tasks = cycle_tasks(session, asker, request)
        idle = _without_visits(session, asker, request, tasks)
        idle += _without_place(session, asker)
    if on_hours is not None:
        on_hours(hours_of(tasks))
    made = plan_all(
        [task.problem for task in tasks],
        effort or Effort(),
        on_progress,
    )
    results = []
    now = datetime.now(UTC)
    with database.writing(by=asker, at=now) as session:
        for task, plan in zip(tasks, made, strict=True):
            kept = keep_plan(
                session,
                task.rep,
                task.problem,
                plan,
                customer_ids=task.customer_ids,
                state=PlanState.PUBLISHED
                if request.publish and not request.propose
                else PlanState.DRAFT,
                now=now,
            )
            if request.propose:
                zone = ZoneInfo(task.rep.timezone or request.zone)
                plan_approval.propose(session, asker, kept, task.rep, zone, now=now)
            results.append(
                RepPlan(
                    rep_code=task.rep.code,
                    rep_name=task.rep.name,
                    problem=task.problem,
                    plan=plan,
                    figures=kept.figures,
                )
            )
    notes: list[Note] = []
    for note in (note for task in tasks for note in task.notes):
        if note not in notes:  # of a calendar, each rep's task tells the same
            notes.append(note)
    notes += idle
    for one in results:
        notes += commitments_without_a_place(one.problem, one.plan)
    return PlanningOutcome(reps=tuple(results), notes=tuple(notes))


def _without_place(session: Session, asker: Asker) -> list[Note]:
    """A note on the customers that nobody can be sent to."""
    codes = territories.without_place(session, asker)
    if not codes:
        return []
    params: dict[str, object] = {"count": len(codes), "codes": territories.first_of(codes)}
    return [Note(text=NOBODY_KNOWS_WHERE, params=params)]


def _without_visits(
    session: Session, asker: Asker, request: CycleRequest, tasks: Sequence[Task]
) -> list[Note]:
    """A note on each rep who was asked for and gets no plan."""
    planned = {task.rep.code for task in tasks}
    return [
        Note(
            text=WITHOUT_VISITS,
            params={"code": rep.code},
        )
        for rep in organisation.reps_of(session, asker)
        if rep.code not in planned and (not request.rep_codes or rep.code in request.rep_codes)
    ]
