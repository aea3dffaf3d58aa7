"""The plan in force, and planning the rest of it again."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from crm.database import Database
from crm.models import Customer, CyclePlan, UnservedVisit
from crm.rules.access import Asker
from crm.rules.reports import day_of
from crm.store.days import days
from crm.store.people import people
from crm.store.plans import plans
from crm.text import N_
from field_api.errors import CODES, Conflict
from field_api.jobs.workers import Workers
from field_api.schemas.plans import (
    MoveAnswer,
    PlanAnswer,
    PlanChangeAnswer,
    RemedyAnswer,
    UnservedAnswer,
)
from field_api.services.people.accounts import zone_of
from field_api.services.planning import replan
from field_api.services.planning.replan import CycleOver, VisitMove
from field_api.services.planning.solving import Effort, PlannerLost, PlanRefused
from field_api.services.plans.notes import Note
from field_api.services.travel.travel_times import travel_by
from field_api.settings import Settings
from field_api.wording import Language, say
from routing.replan import WORK

# told here, so that knowing the codes does not load the solver
CODES |= {
    CycleOver: (409, "cycle_over"),
    PlanRefused: (500, "plan_broke_a_rule"),
    PlannerLost: (503, "planner_lost"),
}
_running: set[str] = set()  # codes of the reps being planned again in this process
_running_lock = threading.Lock()


def current(
    database: Database,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    *,
    now: datetime,
    language: Language,
) -> PlanAnswer:
    """The plan in force of a rep whom the asker may see; `RepNotFound`, `NoPlan` otherwise."""
    with database.reading() as session:
        rep = people.get_rep(session, asker, rep_code)
        plan = plans.plan_in_force(session, asker, rep, day_of(now, zone_of(rep, settings)))
        visits, unserved = days.visits_and_unserved(session, plan)
        assert plan.id is not None
        return PlanAnswer(
            plan_id=plan.id,
            rep_code=rep.code,
            first_day=plan.first_day,
            last_day=plan.last_day,
            state=plan.state,
            purpose=plan.purpose,
            created_at=plan.created_at,
            fingerprint=plan.fingerprint,
            travel_source=plan.travel_source,
            visits=visits,
            figures=plan.figures,
            unserved=unserved_answers(unserved),
            replan_because=replan_reasons(plan, language),
        )


def replan_reasons(plan: CyclePlan, language: Language) -> list[str]:
    """Why the rest of a plan should be planned again."""
    notes = [Note(text=note["text"], params=note["params"]) for note in plan.replan_because]
    return [say(language, note.text, **note.params) for note in notes]


def plan_again(
    database: Database,
    settings: Settings,
    asker: Asker,
    *,
    rep_code: str,
    purpose: str,
    now: datetime,
    language: Language,
    workers: Workers,
) -> PlanChangeAnswer:
    """Plan the days after the rep's today again and publish the result; answers what changed.
    The service's own workers do it while it runs.

    Raises `RepNotFound`, `NoPlan`, `CycleOver`, `PlanRefused`, `PlanReplaced`, and `Conflict`
    while the same rep is being planned again for somebody else.
    """
    with database.reading() as session:
        rep = people.get_rep(session, asker, rep_code)
        today = day_of(now, zone_of(rep, settings))
    with _alone(rep_code):
        change = replan(
            database,
            asker,
            rep_code=rep_code,
            today=today,
            purpose=purpose,
            country=settings.country,
            travel=travel_by(settings, database),
            effort=Effort(work=WORK["cycle"], executor=workers if workers.is_open else None),
        )
    with database.reading() as session:
        plan = plans.plan_in_force(session, asker, rep, change.from_day)
        _, unserved = days.visits_and_unserved(session, plan)
        return PlanChangeAnswer(
            plan_id=change.plan_id,
            rep_code=change.rep_code,
            purpose=change.purpose,
            from_day=change.from_day,
            moved=_moves(change.moved),
            added=_moves(change.added),
            dropped=_moves(change.dropped),
            unserved=unserved_answers(unserved),
            stability=change.stability,
            notes=[say(language, note.text, **note.params) for note in change.notes],
        )


@contextmanager
def _alone(rep_code: str) -> Iterator[None]:
    with _running_lock:
        if rep_code in _running:
            raise Conflict(
                "replan_running",
                N_("Rep {rep} is being planned again just now; look at that plan first."),
                rep=rep_code,
            )
        _running.add(rep_code)
    try:
        yield
    finally:
        with _running_lock:
            _running.discard(rep_code)


def _moves(moves: Sequence[VisitMove]) -> list[MoveAnswer]:
    return [
        MoveAnswer(
            planned_visit_id=move.visit_id,
            customer_code=move.customer_code,
            customer_name=move.customer_name,
            before=move.before,
            after=move.after,
        )
        for move in moves
    ]


def unserved_answers(rows: list[tuple[UnservedVisit, Customer]]) -> list[UnservedAnswer]:
    """The visits without a place, as they are told."""
    return [
        UnservedAnswer(
            planned_visit_id=row.visit_id,
            customer_code=customer.code,
            customer_name=customer.name,
            reason=row.code,
            rule=row.rule,
            params=row.params,
            remedy=RemedyAnswer(**row.remedy) if row.remedy else None,
        )
        for row, customer in rows
    ]
