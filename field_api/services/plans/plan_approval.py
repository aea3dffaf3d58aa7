"""A plan on its way: draft, proposed, and in force once it is approved."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from crm.database import Database
from crm.errors import Refused
from crm.models import Approval, ApprovalDecision, CyclePlan, Rep
from crm.rules.access import Asker
from crm.rules.plan_states import was_sent_back
from crm.rules.reports import day_of
from crm.store import approvals
from crm.store.approvals import Overtaken, Place
from crm.store.plans import plan_list, plan_wishes, publishing
from crm.text import N_
from crm.vocabulary import ApprovalMatter, ApprovalState, PlanState
from field_api.errors import CODES
from field_api.services.approvals import end, register
from field_api.services.people.accounts import zone_of
from field_api.services.plans.notes import Note
from field_api.services.plans.plan_fit import doubts, obstacles
from field_api.settings import Settings

MATTER = ApprovalMatter.PLAN
ANOTHER_ON_ITS_WAY = N_(
    "Plan {id} was sent back, and plan {other} of the same days is on its way by now; go on with "
    "that one."
)


class PlanNotADraft(Refused):
    """Only a draft is sent for approval, or a plan that was sent back."""

    def __init__(self, plan: CyclePlan) -> None:
        super().__init__(
            N_("Plan {id} is no draft any more: {state}. Plan again for another."),
            id=plan.id,
            state=plan.state,
        )


class PlanOvertaken(Refused):
    """A draft that no longer fits what is known."""


CODES |= {
    plan_list.PlanNotFound: (404, "plan_not_found"),
    PlanNotADraft: (409, "plan_not_a_draft"),
    PlanOvertaken: (409, "plan_overtaken"),
}


def submit(
    database: Database,
    settings: Settings,
    asker: Asker,
    plan_id: int,
    *,
    reason: str,
    special_case: bool,
    now: datetime,
) -> None:
    """Send a draft for approval, or again what was sent back; one that waits already stays as it
    is.

    Raises `PlanNotFound`, `PlanNotADraft`, `PlanOvertaken` when it no longer fits, `AskedTooLate`.
    """

    def work(session: Session) -> None:
        plan = plan_list.get(session, asker, plan_id, to_change=True)
        if plan.state is PlanState.PROPOSED:
            return
        if plan.state is not PlanState.DRAFT and not was_sent_back(plan):
            raise PlanNotADraft(plan)
        # whoever sends another plan of the rep's at the same moment waits for this
        rep = session.exec(select(Rep).where(Rep.id == plan.rep_id).with_for_update()).one()
        if was_sent_back(plan):
            refuse_another(session, plan)
        zone = zone_of(rep, settings)
        for note in obstacles(session, plan, today=day_of(now, zone)):
            raise PlanOvertaken(note.text, **note.params)
        propose(session, asker, plan, rep, zone, reason=reason, special_case=special_case, now=now)

    database.written(work, by=asker, at=now)


def refuse_another(session: Session, plan: CyclePlan) -> None:
    """Raise `PlanOvertaken` where another plan of the same days is on its way since this one was
    sent back."""
    other = plan_list.in_the_way_of(session, plan)
    if other is not None:
        raise PlanOvertaken(ANOTHER_ON_ITS_WAY, id=plan.id, other=other.id)


def propose(
    session: Session,
    asker: Asker,
    plan: CyclePlan,
    rep: Rep,
    zone: ZoneInfo,
    *,
    reason: str = "",
    special_case: bool = False,
    now: datetime,
) -> Approval:
    """Ask for a draft's approval. Other proposals of the rep with days in common are overtaken."""
    for older in plan_list.proposed_within(session, plan):
        open_still = approvals.open_about(session, MATTER, str(older.id), to_change=True)
        if open_still is not None:
            why = N_("Plan {id} was proposed for the same days.")
            end(
                session,
                open_still,
                ApprovalState.OVERTAKEN,
                now,
                action="overtake",
                outcome={"text": why, "params": {"id": plan.id}},
            )
        older.state = PlanState.DRAFT
    plan.state = PlanState.PROPOSED
    return approvals.ask(
        session,
        asker,
        matter=MATTER,
        subject=str(plan.id),
        title=N_("Plan of {rep} from {first} to {last}"),
        title_params={
            "rep": f"{rep.name} ({rep.code})",
            "first": plan.first_day.isoformat(),
            "last": plan.last_day.isoformat(),
        },
        reason=reason or plan.purpose,
        payload={
            "plan_id": plan.id,
            "zone": zone.key,
            "changes": [
                {
                    "field": "state",
                    "before": PlanState.PROPOSED.value,
                    "after": PlanState.PUBLISHED.value,
                }
            ],
        },
        place=Place(rep_id=plan.rep_id),
        needed_by=plan.first_day,
        special_case=special_case,
        now=now,
        zone=zone,
    )


def _apply(session: Session, approval: Approval, now: datetime) -> dict[str, Any]:
    """Put the plan in force in the place of those before."""
    plan = _plan_of(session, approval, to_change=True)
    if plan.state is not PlanState.PROPOSED:
        raise Overtaken(
            N_("Plan {id} is {state} by now, no longer proposed."), id=plan.id, state=plan.state
        )
    # locked first, so that nothing is published between the look and the deed
    replaced = [o.id for o in publishing.published_within(session, plan, to_change=True)]
    for note in obstacles(session, plan, today=_today(approval, now)):
        raise Overtaken(note.text, **note.params)
    publishing.publish(session, plan, now=now)
    return {"plan_id": plan.id, "in_place_of": replaced}


def _closed(session: Session, approval: Approval, now: datetime) -> None:
    """A refused plan stays refused; withdrawn or overtaken it is a draft again."""
    plan = _plan_of(session, approval, to_change=True)
    if plan.state is PlanState.PROPOSED:
        refused = approval.state is ApprovalState.REFUSED
        plan.state = PlanState.REFUSED if refused else PlanState.DRAFT


def _doubts(session: Session, approval: Approval, now: datetime) -> list[Note]:
    plan, today = _plan_of(session, approval), _today(approval, now)
    return [*obstacles(session, plan, today=today), *doubts(session, plan, today=today)]


def _parts(session: Session, approval: Approval) -> set[str]:
    """The plan's visits: what wishes may be about."""
    plan = _plan_of(session, approval)
    visits = plan_list.visits_of(session, [plan], first_day=plan.first_day, last_day=plan.last_day)
    return {visit.visit_id for visit, _ in visits}


def _said(session: Session, approval: Approval, said: ApprovalDecision) -> None:
    """Wishes wait for an answer each."""
    plan_wishes.keep(session, approval.payload["plan_id"], said)


def _plan_of(session: Session, approval: Approval, *, to_change: bool = False) -> CyclePlan:
    query = select(CyclePlan).where(CyclePlan.id == approval.payload["plan_id"])
    return session.exec(query.with_for_update() if to_change else query).one()


def _today(approval: Approval, now: datetime) -> date:
    return day_of(now, ZoneInfo(approval.payload["zone"]))


register(MATTER, _apply, closed=_closed, doubts=_doubts, parts=_parts, said=_said)
