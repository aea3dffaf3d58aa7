"""Visits to come to a card that is not kept: they go to the card that stays, and the plans in
force say why they should be planned again."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from crm.models import Customer, CyclePlan, PlannedVisit
from crm.store.imports.known import chunks
from crm.text import N_
from crm.vocabulary import PlanState

NOTE = N_("Card {dropped} was merged into {kept}: its visits to come are told as {kept}'s.")


def hand_on(
    session: Session, kept: Customer, dropped: Customer, *, today: date, now: datetime
) -> list[int]:
    """Give the dropped card's visits from today on, in plans in force, to the kept one; answers
    their numbers."""
    query = (
        select(PlannedVisit.id, CyclePlan)
        .join(CyclePlan, col(CyclePlan.id) == PlannedVisit.plan_id)
        .where(
            PlannedVisit.customer_id == dropped.id,
            PlannedVisit.date >= today,
            CyclePlan.state == PlanState.PUBLISHED,
        )
        .order_by(col(PlannedVisit.id))
    )
    found = [(number or 0, plan) for number, plan in session.exec(query)]
    note = {
        "text": NOTE,
        "params": {"dropped": dropped.code, "kept": kept.code},
        "at": now.isoformat(),
        "came": [kept.code],
    }
    for plan in {plan.id: plan for _, plan in found}.values():
        plan.replan_because = [*plan.replan_because, note]  # JSON changed in place is not saved
    numbers = [number for number, _ in found]
    _give(session, numbers, kept.id)
    return numbers


def hand_back(session: Session, kept: Customer, dropped: Customer, numbers: Sequence[int]) -> None:
    """Give these visits back to the card that was dropped, and take the note away."""
    _give(session, numbers, dropped.id)
    params = {"dropped": dropped.code, "kept": kept.code}
    for part in chunks(numbers):
        plans = select(PlannedVisit.plan_id).where(col(PlannedVisit.id).in_(part))
        for plan in session.exec(select(CyclePlan).where(col(CyclePlan.id).in_(plans))):
            plan.replan_because = [
                note
                for note in plan.replan_because
                if (note.get("text"), note.get("params")) != (NOTE, params)
            ]


def _give(session: Session, numbers: Sequence[int], customer_id: int | None) -> None:
    session.flush()
    for part in chunks(numbers):
        statement = update(PlannedVisit).where(col(PlannedVisit.id).in_(part))
        session.connection().execute(statement.values(customer_id=customer_id))
