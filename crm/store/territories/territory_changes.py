"""What a change of territories brings with it: promises follow their customer, plans are marked;
and changes that wait for their day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import (
    Approval,
    Customer,
    CyclePlan,
    District,
    PlannedVisit,
    Promise,
    Rep,
    Territory,
    TerritoryChange,
)
from crm.store.imports.known import chunks
from crm.text import N_
from crm.vocabulary import ChangeState, CustomerStatus, PlanState, PromiseState

NOTE = N_(
    "Territories were changed ({codes}): {came} customers came to the rep, {went} went. Plan the "
    "rest of the cycle again."
)


class ChangeWaiting(Refused):
    """A change of the same territory was approved already and waits for its day."""

    def __init__(self, code: str, on: date) -> None:
        super().__init__(
            N_(
                "A change of territory {code} was approved and takes effect on {day}; draw it "
                "again after that."
            ),
            code=code,
            day=on.isoformat(),
        )


@dataclass(frozen=True, kw_only=True)
class Move:
    """A customer who changes from one rep to another; None: nobody's."""

    customer_id: int
    code: str
    before: int | None
    after: int | None
    active: bool


@dataclass(kw_only=True)
class Moves:
    """A rep's customers, by code, who came and went."""

    came: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    went_ids: list[int] = field(default_factory=list)


def reps_of_customers(session: Session) -> dict[int, tuple[str, int | None, bool]]:
    """Every customer's code and rep, and whether it is active, by the customer's number."""
    is_active = col(Customer.status) == CustomerStatus.ACTIVE
    query: Any = (
        columns(col(Customer.id), col(Customer.code), col(Territory.rep_id), is_active)
        .select_from(Customer)
        .join(Territory, col(Territory.id) == col(Customer.territory_id), isouter=True)
    )
    return {
        id_: (code, rep, bool(active))
        for id_, code, rep, active in session.connection().execute(query).all()
    }


def moves_between(
    before: Mapping[int, tuple[str, int | None, bool]],
    after: Mapping[int, tuple[str, int | None, bool]],
) -> list[Move]:
    """The customers whose rep is another afterwards, in order of code."""
    found = [
        Move(customer_id=id_, code=code, before=before[id_][1], after=rep, active=active)
        for id_, (code, rep, active) in after.items()
        if id_ in before and before[id_][1] != rep
    ]
    return sorted(found, key=lambda move: move.code)


def promises_follow(session: Session, moves: Sequence[Move]) -> list[str]:
    """Let open promises that were the former rep's be the new one's; answers their codes."""
    by_customer = {move.customer_id: move for move in moves if move.after is not None}
    told = []
    for part in chunks(sorted(by_customer)):
        query = select(Promise).where(
            col(Promise.customer_id).in_(part), Promise.state == PromiseState.OPEN
        )
        for promise in session.exec(query.order_by(Promise.code)):
            move = by_customer[promise.customer_id]
            if promise.owner_rep_id == move.before:
                promise.owner_rep_id = move.after
                promise.version += 1
                told.append(promise.code)
    return told


def mark_plans(
    session: Session, moves: Sequence[Move], codes: Sequence[str], *, today: date, now: datetime
) -> list[tuple[CyclePlan, Rep, dict[str, Any]]]:
    """Mark the published plans that a change of territories touches as to be planned again;
    answers them with their reps and the note: those with visits to come to customers that went,
    and those of reps to whom active customers came."""
    by_rep: dict[int, Moves] = {}
    for move in moves:
        if move.before is not None:
            of = by_rep.setdefault(move.before, Moves())
            of.went.append(move.code)
            of.went_ids.append(move.customer_id)
        if move.after is not None and move.active:
            by_rep.setdefault(move.after, Moves()).came.append(move.code)
    query = (
        select(CyclePlan, Rep)
        .join(Rep, col(Rep.id) == CyclePlan.rep_id)
        .where(
            CyclePlan.state == PlanState.PUBLISHED,
            CyclePlan.last_day >= today,
            col(CyclePlan.rep_id).in_(by_rep),
        )
    )
    marked = []
    for plan, rep in session.exec(query.order_by(Rep.code, col(CyclePlan.first_day))):
        of = by_rep[plan.rep_id]
        if not of.came and not _visits_ahead(session, plan, of.went_ids, today):
            continue
        note = {
            "text": NOTE,
            "params": {"codes": ", ".join(codes), "came": len(of.came), "went": len(of.went)},
            "at": now.isoformat(),
            "came": of.came,
        }
        plan.replan_because = [*plan.replan_because, note]  # JSON changed in place is not saved
        marked.append((plan, rep, note))
    session.flush()
    return marked


def schedule(
    session: Session, approval: Approval, takes_effect_on: date, codes: Iterable[str]
) -> TerritoryChange:
    """Let an approved change wait for its day."""
    change = TerritoryChange(
        approval_id=approval.id,
        takes_effect_on=takes_effect_on,
        codes="|" + "".join(f"{code}|" for code in codes),
    )
    session.add(change)
    session.flush()
    return change


def queue_up(session: Session) -> None:
    """Where writers do not queue, wait for whoever changes territories at the same moment: what
    fits by itself need not fit beside what another is about to keep."""
    in_order = select(District.id).order_by(col(District.id))
    session.exec(in_order.with_for_update(key_share=True)).all()


def refuse_waiting(session: Session, codes: Collection[str]) -> None:
    """Raise `ChangeWaiting` while an approved change of one of these territories waits."""
    for change in waiting(session):
        for code in sorted(codes):
            if f"|{code}|" in change.codes:
                raise ChangeWaiting(code, change.takes_effect_on)


def waiting(session: Session, until: date | None = None) -> list[TerritoryChange]:
    """The changes that wait for their day, those due by a day; the first approved first."""
    query = select(TerritoryChange).where(TerritoryChange.state == ChangeState.WAITING)
    if until is not None:
        query = query.where(TerritoryChange.takes_effect_on <= until)
    order = (col(TerritoryChange.takes_effect_on), col(TerritoryChange.id))
    return list(session.exec(query.order_by(*order)))


def approval_of(session: Session, approval_id: UUID) -> Approval:
    """The approval of a change."""
    return session.get_one(Approval, approval_id)


def _visits_ahead(
    session: Session, plan: CyclePlan, customer_ids: Sequence[int], today: date
) -> bool:
    for part in chunks(customer_ids):
        query = select(PlannedVisit.id).where(
            PlannedVisit.plan_id == plan.id,
            PlannedVisit.date >= today,
            col(PlannedVisit.customer_id).in_(part),
        )
        if session.exec(query.limit(1)).first() is not None:
            return True
    return False
