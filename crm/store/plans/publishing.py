"""Keeping plans, and putting them in force in the place of those before."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from crm.models import CyclePlan, PlannedDay, PlannedVisit, Rep, UnservedVisit
from crm.store.house import audit
from crm.vocabulary import PlanState

NOUN = "plan"  # in the audit trail


def keep(
    session: Session,
    plan: CyclePlan,
    days: Sequence[PlannedDay],
    visits: Sequence[PlannedVisit],
    unserved: Sequence[UnservedVisit],
) -> CyclePlan:
    """Add a plan with its rows, in the trail as well; a published one is put in force."""
    if plan.state is PlanState.PUBLISHED:
        _make_room(session, plan)
        plan.published_at = plan.created_at
    session.add(plan)
    session.flush()
    assert plan.id is not None
    for row in (*days, *visits, *unserved):
        row.plan_id = plan.id
        session.add(row)
    session.flush()
    _record(session, plan)
    return plan


def publish(session: Session, plan: CyclePlan, *, now: datetime) -> None:
    """Put a plan that was kept before in force."""
    _make_room(session, plan)
    plan.state, plan.published_at = PlanState.PUBLISHED, now
    session.flush()
    _record(session, plan)


def published_within(
    session: Session, plan: CyclePlan, *, to_change: bool = False
) -> list[CyclePlan]:
    """The rep's other published plans with days in common with a plan, in order of time; where
    they are to be changed and writers do not queue, locked, and the rep with them."""
    query = (
        select(CyclePlan)
        .where(
            CyclePlan.rep_id == plan.rep_id,
            CyclePlan.state == PlanState.PUBLISHED,
            CyclePlan.first_day <= plan.last_day,
            CyclePlan.last_day >= plan.first_day,
            col(CyclePlan.id).is_distinct_from(plan.id),
        )
        .order_by(col(CyclePlan.first_day), col(CyclePlan.id))
    )
    if to_change:
        session.exec(select(Rep.id).where(Rep.id == plan.rep_id).with_for_update()).one()
        query = query.with_for_update()
    return list(session.exec(query))


def _make_room(session: Session, plan: CyclePlan) -> None:
    """A published plan takes the place of the rep's published plans from its first day on: one
    that began earlier ends the day before, any other is replaced."""
    for older in published_within(session, plan, to_change=True):
        if older.first_day < plan.first_day:
            older.last_day = plan.first_day - timedelta(days=1)
        else:
            older.state = PlanState.REPLACED


def _record(session: Session, plan: CyclePlan) -> None:
    audit.record(
        session,
        "publish" if plan.state is PlanState.PUBLISHED else "draft",
        noun=NOUN,
        key=str(plan.id),
        reason=plan.purpose,
        details={
            "rep_id": plan.rep_id,
            "first_day": plan.first_day.isoformat(),
            "last_day": plan.last_day.isoformat(),
        },
    )
