"""Changes made in plans by hand, of plans that the asker was already let see."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from crm.models import Customer, CyclePlan, PlanEdit
from crm.store.imports.known import chunks


def last_of(session: Session, plan: CyclePlan) -> PlanEdit | None:
    """The last change of a plan that stands."""
    query = select(PlanEdit).where(PlanEdit.plan_id == plan.id, col(PlanEdit.undone_at).is_(None))
    return session.exec(query.order_by(col(PlanEdit.id).desc()).limit(1)).one_or_none()


def of_deed(session: Session, edit: PlanEdit) -> list[PlanEdit]:
    """The changes that were one deed: one a plan."""
    query = select(PlanEdit).where(PlanEdit.deed == edit.deed)
    return list(session.exec(query.order_by(col(PlanEdit.id))))


def newest(
    session: Session, plan: CyclePlan, *, limit: int, since: datetime | None = None
) -> list[tuple[PlanEdit, Customer]]:
    """The last changes of a plan, those undone as well, the newest first; those of the plans in
    whose place it came by such changes are among them."""
    query = (
        select(PlanEdit, Customer)
        .join(Customer, col(Customer.id) == PlanEdit.customer_id)
        .where(col(PlanEdit.plan_id).in_(_line_of(session, plan)))
    )
    if since is not None:
        query = query.where(col(PlanEdit.made_at) > since)
    rows = session.exec(query.order_by(col(PlanEdit.id).desc()).limit(limit))
    return [(edit, customer) for edit, customer in rows]


def after(session: Session, plan: CyclePlan, fingerprint: str) -> list[tuple[PlanEdit, Customer]]:
    """The changes made since somebody looked at a plan with that fingerprint, in order; empty
    where it was changed in another way."""
    rows = newest(session, plan, limit=MOST_SINCE)
    found: list[tuple[PlanEdit, Customer]] = []
    for edit, customer in rows:
        found.append((edit, customer))
        if edit.fingerprint_before == fingerprint:
            return found[::-1]
    return []


MOST_SINCE = 50


def come_after(session: Session, plan_id: int) -> CyclePlan | None:
    """The plan that came in the place of one by changes by hand, the last one in the line."""
    found = None
    while True:
        query = select(PlanEdit.plan_id).where(
            PlanEdit.before_plan_id == plan_id, PlanEdit.plan_id != plan_id
        )
        next_id = session.exec(query.order_by(col(PlanEdit.id).desc()).limit(1)).one_or_none()
        if next_id is None:
            return found
        plan_id, found = next_id, session.get(CyclePlan, next_id)


def carry_over(session: Session, from_plan_id: int, to_plan_id: int) -> None:
    """Let the changes that stand in one plan be another's: it holds the same by an undoing."""
    session.execute(
        update(PlanEdit)
        .where(col(PlanEdit.plan_id) == from_plan_id, col(PlanEdit.undone_at).is_(None))
        .values(plan_id=to_plan_id)
    )


def ids_by_code(session: Session, codes: Iterable[str]) -> dict[str, int]:
    """The numbers of customers of a plan by their codes."""
    found: dict[str, int] = {}
    for some in chunks(sorted(set(codes))):
        rows = session.exec(
            select(Customer.code, Customer.id).where(col(Customer.code).in_(some))
        ).all()
        found |= {code: number or 0 for code, number in rows}
    return found


def _line_of(session: Session, plan: CyclePlan) -> Sequence[int]:
    """The plan's number and those of the plans before it, changed by hand into it."""
    line = [plan.id or 0]
    while True:
        query = select(PlanEdit.before_plan_id).where(
            PlanEdit.plan_id == line[-1], PlanEdit.before_plan_id != line[-1]
        )
        before = session.exec(query.order_by(col(PlanEdit.id)).limit(1)).one_or_none()
        if before is None or before in line:
            return line
        line.append(before)
