"""Plans of every state, seen by those whose reps' they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Customer, CyclePlan, PlannedDay, PlannedVisit, Rep
from crm.rules.access import Asker
from crm.store.people import people
from crm.text import N_
from crm.vocabulary import PlanState, Role


class PlanNotFound(Refused):
    """No such plan, or not one of the asker's: the two are not told apart."""

    def __init__(self, plan_id: int) -> None:
        super().__init__(N_("There is no plan {id} among yours."), id=plan_id)


@dataclass(frozen=True, kw_only=True)
class PlanFilter:
    """Which plans are wanted: a rep's, of a state, with days from a day on."""

    rep: Rep | None = None
    state: PlanState | None = None
    since: date | None = None


def visible_to(asker: Asker) -> SelectOfScalar[CyclePlan]:
    """The plans of the reps whom the asker may see; a rep does not see drafts."""
    reps = people.reps_visible_to(asker).subquery()
    query = select(CyclePlan).where(col(CyclePlan.rep_id).in_(select(reps.c.id)))
    return query.where(CyclePlan.state != PlanState.DRAFT) if asker.role is Role.REP else query


def get(session: Session, asker: Asker, plan_id: int, *, to_change: bool = False) -> CyclePlan:
    """The plan with this number, locked where it is to be changed and writers do not queue.

    Raises `PlanNotFound` when there is none for the asker.
    """
    query = visible_to(asker).where(CyclePlan.id == plan_id)
    if to_change:
        query = query.with_for_update()
    found = session.exec(query).one_or_none()
    if found is None:
        raise PlanNotFound(plan_id)
    return found


def newest(
    session: Session, asker: Asker, wanted: PlanFilter, *, limit: int, before: int | None = None
) -> list[CyclePlan]:
    """Up to `limit` plans, the last made first, those made before one."""
    query = visible_to(asker)
    if wanted.rep is not None:
        query = query.where(CyclePlan.rep_id == wanted.rep.id)
    if wanted.state is not None:
        query = query.where(CyclePlan.state == wanted.state)
    if wanted.since is not None:
        query = query.where(CyclePlan.last_day >= wanted.since)
    if before is not None:
        query = query.where(col(CyclePlan.id) < before)
    return list(session.exec(query.order_by(col(CyclePlan.id).desc()).limit(limit)))


def proposed_within(session: Session, plan: CyclePlan) -> list[CyclePlan]:
    """The rep's other plans that wait for approval and have days in common with a plan."""
    query = select(CyclePlan).where(
        CyclePlan.rep_id == plan.rep_id,
        CyclePlan.state == PlanState.PROPOSED,
        CyclePlan.first_day <= plan.last_day,
        CyclePlan.last_day >= plan.first_day,
        CyclePlan.id != plan.id,
    )
    return list(session.exec(query.order_by(col(CyclePlan.id))))


def in_the_way_of(session: Session, plan: CyclePlan) -> CyclePlan | None:
    """Another plan of the rep's with days in common with one that was sent back: one that waits for
    approval, or a draft made since; the last made of them."""
    made_since = and_(col(CyclePlan.state) == PlanState.DRAFT, col(CyclePlan.id) > plan.id)
    query = select(CyclePlan).where(
        CyclePlan.rep_id == plan.rep_id,
        or_(col(CyclePlan.state) == PlanState.PROPOSED, made_since),
        col(CyclePlan.changes_plan_id).is_(None),
        CyclePlan.first_day <= plan.last_day,
        CyclePlan.last_day >= plan.first_day,
        CyclePlan.id != plan.id,
    )
    return session.exec(query.order_by(col(CyclePlan.id).desc()).limit(1)).first()


def rep_codes_of(session: Session, plans: Sequence[CyclePlan]) -> dict[int, str]:
    """The codes of the reps of plans that the asker was already let see, by number."""
    query = select(Rep.id, Rep.code).where(col(Rep.id).in_({plan.rep_id for plan in plans}))
    return {number: code for number, code in session.exec(query) if number is not None}


def days_of(session: Session, plan: CyclePlan) -> list[PlannedDay]:
    """The days of a plan that hold, in order."""
    query = select(PlannedDay).where(
        PlannedDay.plan_id == plan.id, col(PlannedDay.date) <= plan.last_day
    )
    return list(session.exec(query.order_by(col(PlannedDay.date))))


def visits_of(
    session: Session, plans: Sequence[CyclePlan], *, first_day: date, last_day: date
) -> list[tuple[PlannedVisit, Customer]]:
    """The visits of plans that the asker was already let see, on those of their days that hold
    and lie within, in order, each with its customer."""
    query = (
        select(PlannedVisit, Customer)
        .join(CyclePlan, col(CyclePlan.id) == PlannedVisit.plan_id)
        .join(Customer, col(Customer.id) == PlannedVisit.customer_id)
        .where(
            col(PlannedVisit.plan_id).in_([plan.id for plan in plans]),
            col(PlannedVisit.date) <= CyclePlan.last_day,
            col(PlannedVisit.date) >= first_day,
            col(PlannedVisit.date) <= last_day,
        )
        .order_by(col(PlannedVisit.date), col(PlannedVisit.position), col(PlannedVisit.id))
    )
    return [(visit, customer) for visit, customer in session.exec(query)]
