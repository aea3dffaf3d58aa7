"""A changed day that costs a visit which is owed: in force once a manager says so, the same day."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from crm.models import Approval, CyclePlan
from crm.rules.reports import day_of
from crm.store.approvals import Overtaken
from crm.store.days import day_changes
from crm.store.plans import plans, publishing
from crm.text import N_
from crm.vocabulary import ApprovalMatter, ApprovalState, DayChangeState, PlanState
from field_api.services.approvals.registry import register
from field_api.services.plans.notes import Note

ENDED = {
    ApprovalState.REFUSED: DayChangeState.REFUSED,
    ApprovalState.WITHDRAWN: DayChangeState.WITHDRAWN,
    ApprovalState.OVERTAKEN: DayChangeState.OVERTAKEN,
}


def apply(session: Session, approval: Approval, now: datetime) -> dict[str, Any]:
    """Put the changed day in force. Raises `Overtaken` when the plan or the day has gone on."""
    why = _overtaken(session, approval, now)
    if why is not None:
        raise Overtaken(why.text, **why.params)
    plan = _plan(session, approval)
    publishing.publish(session, plan, now=now)
    assert plan.id is not None
    day_changes.of_plan(session, plan.id).state = DayChangeState.ACCEPTED
    return {"plan_id": plan.id}


def closed(session: Session, approval: Approval, _now: datetime) -> None:
    """What was not approved is in force never."""
    plan = _plan(session, approval)
    if plan.state in (PlanState.PROPOSED, PlanState.DRAFT):
        refused = approval.state is ApprovalState.REFUSED
        plan.state = PlanState.REFUSED if refused else PlanState.DRAFT
    assert plan.id is not None
    day_changes.of_plan(session, plan.id).state = ENDED[approval.state]


def doubts(session: Session, approval: Approval, now: datetime) -> list[Note]:
    """Why it can be in force no more."""
    why = _overtaken(session, approval, now)
    return [why] if why is not None else []


def _overtaken(session: Session, approval: Approval, now: datetime) -> Note | None:
    day = date.fromisoformat(approval.payload["day"])
    if day_of(now, ZoneInfo(approval.payload["zone"])) != day:
        return Note(text=N_("The day {day} is over."), params={"day": day.isoformat()})
    base = session.get_one(CyclePlan, approval.payload["base_plan_id"])
    plan = _plan(session, approval)
    try:
        plans.refuse_replaced(session, base, "")
    except plans.PlanReplaced:
        text = N_("Another plan is in force since this was asked for.")
        return Note(text=text, params={})
    if base.last_day != plan.last_day or plan.state is not PlanState.PROPOSED:
        return Note(text=N_("Another plan is in force since this was asked for."), params={})
    return None


def _plan(session: Session, approval: Approval) -> CyclePlan:
    query = select(CyclePlan).where(CyclePlan.id == approval.payload["plan_id"])
    return session.exec(query.with_for_update()).one()


register(ApprovalMatter.DAY_CHANGE, apply, closed=closed, doubts=doubts)
