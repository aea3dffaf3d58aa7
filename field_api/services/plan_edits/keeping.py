"""A plan changed by hand, kept in the place of the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, select

from crm.models import CyclePlan, PlanEdit, PlannedDay, PlannedVisit
from crm.rules.access import Asker
from crm.store.house import audit
from crm.store.plans import plan_edits, plans
from crm.vocabulary import PlanEditKind, PlanState
from field_api.services.plan_edits.opened import Opened
from field_api.services.planning.rows import Past, exchange, keep_plan
from routing.plan import Plan
from routing.problem import Problem

NOUN = "plan"


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What somebody did to a visit, and why; the days are of this plan's side of it."""

    id: UUID
    kind: PlanEditKind
    visit_id: str
    customer_code: str
    before_on: date | None
    after_on: date | None
    purpose: str
    leave_noted: bool = False


def keep(
    session: Session,
    asker: Asker,
    one: Opened,
    made: tuple[Problem, Plan],
    deed: Deed,
    *,
    now: datetime,
) -> PlanEdit:
    """Keep the plan with the change: in its own place while nobody works by it, else as the one in
    force from tomorrow on. Raises `PlanReplaced`."""
    document, before = dict(one.row.document), one.row.fingerprint
    row = put(session, one, *made, purpose=deed.purpose, now=now)
    customer_id = plan_edits.ids_by_code(session, [deed.customer_code])[deed.customer_code]
    assert row.id is not None
    assert one.row.id is not None
    edit = PlanEdit(
        deed=deed.id,
        plan_id=row.id,
        before_plan_id=one.row.id,
        kind=deed.kind,
        visit_id=deed.visit_id,
        customer_id=customer_id,
        before_on=deed.before_on,
        after_on=deed.after_on,
        purpose=deed.purpose,
        leave_noted=deed.leave_noted,
        user_id=asker.user_id,
        actor=asker.name,
        made_at=now,
        fingerprint_before=before,
        fingerprint_after=row.fingerprint,
        document=document,
    )
    session.add(edit)
    _record(session, row, deed.kind.value, deed.purpose, _details(deed))
    session.flush()
    return edit


def put(
    session: Session, one: Opened, problem: Problem, plan: Plan, *, purpose: str, now: datetime
) -> CyclePlan:
    """Another plan of the days ahead in the place of an opened one. Raises `PlanReplaced`."""
    ids = plan_edits.ids_by_code(session, (visit.customer_id for visit in problem.visits))
    if not one.in_force:
        exchange(session, one.row, problem, plan, customer_ids=ids)
        return one.row
    plans.refuse_replaced(session, one.row, one.rep.code)
    rows = _rows_before(session, one.row, one.first_day)
    part = problem.first_day > one.row.first_day or one.row.changes_plan_id is not None
    row = keep_plan(
        session,
        one.rep,
        problem,
        plan,
        customer_ids=ids,
        state=PlanState.PUBLISHED,
        now=now,
        purpose=purpose,
        past=Past(plan=one.row, days=rows[0], visits=rows[1]),
        changes_plan_id=one.row.id if part else None,
    )
    row.replan_because = list(one.row.replan_because)
    session.flush()
    return row


def _rows_before(
    session: Session, row: CyclePlan, first_day: date
) -> tuple[list[PlannedDay], list[PlannedVisit]]:
    """The days that have begun, as they stand."""
    days = select(PlannedDay).where(PlannedDay.plan_id == row.id, PlannedDay.date < first_day)
    visits = select(PlannedVisit).where(
        PlannedVisit.plan_id == row.id, PlannedVisit.date < first_day
    )
    return list(session.exec(days)), list(session.exec(visits))


def _details(deed: Deed) -> Mapping[str, str | None]:
    return {
        "visit_id": deed.visit_id,
        "customer": deed.customer_code,
        "before": deed.before_on.isoformat() if deed.before_on else None,
        "after": deed.after_on.isoformat() if deed.after_on else None,
    }


def _record(
    session: Session, row: CyclePlan, action: str, reason: str, details: Mapping[str, object]
) -> None:
    audit.record(session, action, noun=NOUN, key=str(row.id), reason=reason, details=details)
