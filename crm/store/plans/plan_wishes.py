"""Wishes on plans, seen by those who see the plan."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import ApprovalDecision, Customer, CyclePlan, PlannedVisit, PlanWish, UnservedVisit
from crm.rules.access import Asker
from crm.store.house import audit
from crm.store.plans import plan_list
from crm.text import N_
from crm.vocabulary import WishState

NOUN = "plan_wish"


class WishNotFound(Refused):
    """No such wish on the plan."""

    def __init__(self, wish_id: int) -> None:
        super().__init__(N_("There is no wish {id} on that plan."), id=wish_id)


class WishAnswered(Refused):
    """The wish was answered before."""

    def __init__(self, wish: PlanWish) -> None:
        super().__init__(N_("This wish was answered before: {state}."), state=wish.state)


def keep(session: Session, plan_id: int, said: ApprovalDecision) -> None:
    """Keep the wishes of what somebody said to a plan."""
    for detail in said.details:
        session.add(_wish(plan_id, said, detail))
    session.flush()


def of_plan(
    session: Session, asker: Asker, plan_id: int
) -> list[tuple[PlanWish, PlannedVisit | None, Customer | None]]:
    """The wishes on a plan, in order, each with the visit as it is planned now and its customer.
    Raises `PlanNotFound`."""
    plan = plan_list.get(session, asker, plan_id)
    query = (
        select(PlanWish, PlannedVisit, Customer)
        .join(
            PlannedVisit,
            (col(PlannedVisit.plan_id) == PlanWish.plan_id)
            & (col(PlannedVisit.visit_id) == PlanWish.visit_id),
            isouter=True,
        )
        .join(Customer, col(Customer.id) == PlannedVisit.customer_id, isouter=True)
        .where(PlanWish.plan_id == plan.id)
        .order_by(col(PlanWish.id))
    )
    return [(wish, visit, customer) for wish, visit, customer in session.exec(query)]


def get(session: Session, asker: Asker, plan_id: int, wish_id: int) -> tuple[CyclePlan, PlanWish]:
    """A wish to be answered, with its plan, both locked where writers do not queue. Raises
    `PlanNotFound`, `WishNotFound`."""
    plan = plan_list.get(session, asker, plan_id, to_change=True)
    query = select(PlanWish).where(PlanWish.id == wish_id, PlanWish.plan_id == plan.id)
    found = session.exec(query.with_for_update()).one_or_none()
    if found is None:
        raise WishNotFound(wish_id)
    return plan, found


def customers_of(session: Session, plan: CyclePlan) -> list[Customer]:
    """The customers of a plan that the asker was already let see, those without a day as well."""
    planned = select(PlannedVisit.customer_id).where(PlannedVisit.plan_id == plan.id)
    missed = select(UnservedVisit.customer_id).where(UnservedVisit.plan_id == plan.id)
    query = select(Customer).where(col(Customer.id).in_(planned) | col(Customer.id).in_(missed))
    return list(session.exec(query.order_by(Customer.code)))


def settle(
    session: Session,
    asker: Asker,
    wish: PlanWish,
    state: WishState,
    *,
    answer: str,
    now: datetime,
) -> None:
    """Answer a wish. Raises `WishAnswered`."""
    if wish.state is not WishState.OPEN:
        raise WishAnswered(wish)
    wish.state, wish.answer = state, answer
    wish.answered_by, wish.answered_at = asker.name, now
    details = {"plan_id": wish.plan_id, "visit_id": wish.visit_id}
    audit.record(session, state.value, noun=NOUN, key=str(wish.id), reason=answer, details=details)
    session.flush()


def _wish(plan_id: int, said: ApprovalDecision, detail: dict[str, Any]) -> PlanWish:
    wanted = detail.get("wanted_on")
    return PlanWish(
        plan_id=plan_id,
        visit_id=detail["planned_visit_id"],
        wish=detail["wish"],
        wanted_on=date.fromisoformat(wanted) if wanted else None,
        why=detail.get("text", ""),
        user_id=said.user_id,
        actor=said.actor,
        made_at=said.at,
    )
