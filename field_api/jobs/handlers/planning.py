"""One rep's cycle: the facts are read when the job begins, the plan is kept when it ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from crm.rules.access import OPERATOR
from crm.store.house.jobs import Taken
from crm.store.people import people
from crm.store.people.people import RepNotFound
from crm.vocabulary import PlanState
from field_api.jobs.registry import Desk, GivenUp, Handler, TryAgain, register
from field_api.jobs.workers import NoWorkers
from field_api.services.planning.asked import Asked
from field_api.services.planning.cycle import task_of
from field_api.services.planning.problem import Task
from field_api.services.planning.rows import keep_plan
from field_api.services.planning.solving import Effort, PlannerLost, plan_one
from field_api.services.plans.notes import WITHOUT_VISITS, Note, commitments_without_a_place
from field_api.services.travel.travel_times import travel_by
from routing.fingerprint import fingerprint
from routing.plan import Plan

KIND = "plan_cycle"


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a job worked on and found; no plan where no visit is due any more."""

    asked: Asked
    task: Task
    plan: Plan | None


def work(desk: Desk, job: Taken) -> Made:
    """Read the facts and plan them."""
    asked = Asked.from_plain(job.payload)
    with desk.database.reading() as session:
        rep = people.rep_by_id(session, OPERATOR, job.rep_id or 0)
        if rep is None:
            raise RepNotFound(str(job.payload.get("rep_code", "")))
        task = task_of(session, rep, asked.request_for((), travel_by(desk.settings, desk.database)))
    if not task.problem.visits:
        return Made(asked=asked, task=task, plan=None)
    desk.begun_on(fingerprint(task.problem))
    return Made(asked=asked, task=task, plan=_planned(desk, task, asked.effort))


def keep(session: Session, job: Taken, made: Made, now: datetime) -> dict[str, Any]:
    """Keep the plan as a draft, with what people should be told besides."""
    notes = list(made.task.notes)
    plan_id = None
    if made.plan is None:
        notes.append(Note(text=WITHOUT_VISITS, params={"code": made.task.rep.code}))
    else:
        notes += commitments_without_a_place(made.task.problem, made.plan)
        kept = keep_plan(
            session,
            made.task.rep,
            made.task.problem,
            made.plan,
            customer_ids=made.task.customer_ids,
            state=PlanState.DRAFT,
            now=now,
            purpose=made.asked.purpose,
            job_id=job.id,
        )
        plan_id = kept.id
    return {
        "plan_id": plan_id,
        "notes": [{"text": note.text, "params": note.params} for note in notes],
    }


def _planned(desk: Desk, task: Task, effort: Effort) -> Plan:
    try:
        plan = _once(desk, task, effort)
    except PlannerLost as error:
        if not error.tries:
            raise NoWorkers(str(error)) from error
        if not desk.workers.share_a_fate:
            raise TryAgain(error.text, **error.params) from error
        plan = _alone(desk, task, effort)
    if plan is None:
        raise GivenUp
    return plan


def _alone(desk: Desk, task: Task, effort: Effort) -> Plan | None:
    """Whose process dies with nobody beside it has nobody else to blame."""
    with desk.workers.alone():
        try:
            return _once(desk, task, effort)
        except PlannerLost as error:
            raise TryAgain(error.text, **error.params) from error


def _once(desk: Desk, task: Task, effort: Effort) -> Plan | None:
    return plan_one(
        task.problem, effort, workers=desk.workers, on_share=desk.tell, stop=desk.stopped
    )


register(KIND, Handler(work=work, keep=keep, computes=True))
