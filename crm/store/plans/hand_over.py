"""A rep's work passing to another in one step: territories with their customers, promises, and
the plans' days to come."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import (
    Customer,
    CyclePlan,
    PlannedVisit,
    Promise,
    Rep,
    Territory,
    User,
)
from crm.store.house import audit
from crm.text import N_
from crm.vocabulary import PlanState, PromiseState


class HandOverRefused(Refused):
    """The work cannot pass as asked."""


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """What passed. `visits_to_plan`: visits on the leaver's days to come, which the taker's next
    plan has to hold; `plan_ids`: the leaver's plans that ended or will not begin."""

    territories: int
    customers: int
    promises: int
    plan_ids: tuple[int, ...]
    visits_to_plan: int
    last_day: date | None


def hand_over(session: Session, leaver: Rep, taker: Rep, *, today: date, reason: str) -> HandedOver:
    """Let a rep's work pass to another from tomorrow on; the leaver works nowhere afterwards.

    Raises `HandOverRefused` for the same rep twice, or for one who has left.
    """
    _lock(session, leaver, taker)
    _refuse_unfit(leaver, taker)
    of_leaver = select(Territory).where(Territory.rep_id == leaver.id)
    territories = session.exec(of_leaver.order_by(Territory.code).with_for_update()).all()
    customers = session.exec(
        select(func.count())
        .select_from(Customer)
        .where(col(Customer.territory_id).in_([t.id for t in territories]))
    ).one()
    for territory in territories:
        territory.rep_id = taker.id
        territory.version += 1
    owed = select(Promise).where(
        Promise.owner_rep_id == leaver.id, Promise.state == PromiseState.OPEN
    )
    promises = session.exec(owed.order_by(Promise.code).with_for_update()).all()
    for promise in promises:
        promise.owner_rep_id = taker.id
        promise.version += 1
    plan_ids, visits, last_day = _end_plans(session, leaver, today)
    leaver.active = False
    passed = HandedOver(
        territories=len(territories),
        customers=customers,
        promises=len(promises),
        plan_ids=plan_ids,
        visits_to_plan=visits,
        last_day=last_day,
    )
    audit.record(
        session,
        "hand_over",
        noun="rep",
        key=leaver.code,
        reason=reason,
        details={
            "to": taker.code,
            "territories": [t.code for t in territories],
            "promises": [p.code for p in promises],
            "plans": list(plan_ids),
        },
    )
    session.flush()
    return passed


def accounts_of(session: Session, rep: Rep) -> list[User]:
    """The accounts of a rep."""
    return list(session.exec(select(User).where(User.rep_id == rep.id)))


def _lock(session: Session, *reps: Rep) -> None:
    """Read the reps as they are now; where writers do not queue, whoever passes on the work of one
    of them as well waits for this."""
    query = select(Rep).where(col(Rep.id).in_([rep.id for rep in reps])).order_by(col(Rep.id))
    locked = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    session.exec(locked).all()


def _refuse_unfit(leaver: Rep, taker: Rep) -> None:
    if leaver.id == taker.id:
        raise HandOverRefused(
            N_("Rep {code} cannot take over from the same rep; name another."), code=leaver.code
        )
    for rep in (leaver, taker):
        if not rep.active:
            raise HandOverRefused(N_("Rep {code} has left already."), code=rep.code)


def _end_plans(session: Session, rep: Rep, today: date) -> tuple[tuple[int, ...], int, date | None]:
    """Let a rep's plans end today; answers which, how many visits they held afterwards, and to
    which day."""
    plans = session.exec(
        select(CyclePlan)
        .where(
            CyclePlan.rep_id == rep.id,
            CyclePlan.state == PlanState.PUBLISHED,
            CyclePlan.last_day > today,
        )
        .order_by(col(CyclePlan.id))
        .with_for_update()
    ).all()
    visits = 0
    last_day = max((plan.last_day for plan in plans), default=None)
    for plan in plans:
        query = (
            select(func.count())
            .select_from(PlannedVisit)
            .where(
                PlannedVisit.plan_id == plan.id,
                PlannedVisit.date > today,
                PlannedVisit.date <= plan.last_day,
            )
        )
        visits += session.exec(query).one()
        if plan.first_day > today:
            plan.state = PlanState.REPLACED
        else:
            plan.last_day = today
    return tuple(plan.id for plan in plans if plan.id is not None), visits, last_day
