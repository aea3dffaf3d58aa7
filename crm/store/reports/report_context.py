"""What a visit report refers to, as it stands when the report comes in: customer and plan."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Executable, Integer, and_, bindparam, or_
from sqlmodel import Session, col, select

from crm.models import Customer, CyclePlan, PlannedVisit, VisitReport
from crm.rules.access import OPERATOR, Asker
from crm.rules.report_flags import Reference
from crm.store.customers import customers
from crm.store.prepared import Prepared
from crm.vocabulary import PlanState

WERE_IN_FORCE = (PlanState.PUBLISHED, PlanState.REPLACED)


def _customer(asker: Asker) -> Executable:
    planned = (
        select(PlannedVisit.customer_id)
        .join(CyclePlan)
        .where(CyclePlan.rep_id == asker.rep_id, col(CyclePlan.state).in_(WERE_IN_FORCE))
    )
    own = customers.visible_to(asker).with_only_columns(col(Customer.id))
    wanted = or_(col(Customer.id).in_(own), col(Customer.id).in_(planned))
    return select(Customer).where(Customer.code == bindparam("code"), wanted)


def _own(asker: Asker) -> Executable:
    number = col(Customer.id)
    return customers.visible_to(asker).where(number == bindparam("id")).with_only_columns(number)


CUSTOMER, OWN = Prepared(_customer), Prepared(_own)


def get_customer(session: Session, asker: Asker, code: str) -> Customer:
    """The customer that a rep reports on: one's own, or one on a plan of one's own that was
    published, since a territory may change hands while the phone is offline."""
    found: Customer | None = CUSTOMER.run(session, asker, code=code).scalar_one_or_none()
    if found is None:
        raise customers.CustomerNotFound(code)
    return found


def is_own_customer(session: Session, asker: Asker, customer: Customer) -> bool:
    """Whether a rep works a customer today."""
    return bool(OWN.rows(session, asker, id=customer.id))


def _referred(asker: Asker) -> Executable:
    on = bindparam("on", type_=Date)
    holds = and_(
        col(CyclePlan.state) == PlanState.PUBLISHED,
        on.between(CyclePlan.first_day, CyclePlan.last_day),
    )
    named = and_(
        col(PlannedVisit.plan_id) == CyclePlan.id,
        col(PlannedVisit.visit_id) == bindparam("visit_id"),
        col(PlannedVisit.date) <= CyclePlan.last_day,
    )
    columns: list[Any] = [CyclePlan.id, CyclePlan.state, holds.label("holds"), PlannedVisit.date]
    query: Executable = (
        select(*columns)
        .select_from(CyclePlan)
        .join(PlannedVisit, named, isouter=True)
        .where(
            col(CyclePlan.rep_id) == asker.rep_id,
            or_(col(CyclePlan.id) == bindparam("plan_id", type_=Integer), holds),
        )
        .order_by(col(CyclePlan.created_at), col(CyclePlan.id))
    )
    return query


REFERRED = Prepared(_referred)


def reference(
    session: Session, asker: Asker, *, plan_id: int | None, visit_id: str, on: date
) -> Reference:
    """How the plan and the planned visit that a rep's report of a day names stand now."""
    rows = REFERRED.rows(session, asker, plan_id=plan_id, visit_id=visit_id, on=on)
    states = {row.id: row.state for row in rows}
    in_force = [row.id for row in rows if row.holds][-1:]  # the newest
    counted = {*in_force, *(number for number in states if number == plan_id)}
    days = {
        row.date
        for row in rows
        if row.date and row.id in counted and row.state is PlanState.PUBLISHED
    }
    return Reference(
        plan_id=plan_id if plan_id in states else None,
        plan_in_force_id=in_force[0] if in_force else None,
        names_plan=plan_id is not None,
        names_visit=bool(visit_id),
        planned_on=frozenset(days) if in_force else None,
    )


def _all_in_force(_asker: Asker) -> Executable:
    return (
        select(
            col(CyclePlan.id),
            col(CyclePlan.rep_id),
            col(CyclePlan.first_day),
            col(CyclePlan.last_day),
        )
        .where(
            col(CyclePlan.rep_id).in_(bindparam("rep_ids", expanding=True)),
            CyclePlan.state == PlanState.PUBLISHED,
            col(CyclePlan.first_day) <= bindparam("last_day"),
            col(CyclePlan.last_day) >= bindparam("first_day"),
        )
        .order_by(col(CyclePlan.created_at), col(CyclePlan.id))
    )


ALL_IN_FORCE = Prepared(_all_in_force)


def plans_in_force(session: Session, reports: Sequence[VisitReport]) -> dict[UUID, int]:
    """The plan in force on the day of each visit, by report, of reports that the asker was
    already let see; a report of a day without one is left out."""
    if not reports:
        return {}
    rows = ALL_IN_FORCE.rows(
        session,
        OPERATOR,  # the reports were let see, and so are the plans of their reps
        rep_ids=list({report.rep_id for report in reports}),
        first_day=min(report.visited_on for report in reports),
        last_day=max(report.visited_on for report in reports),
    )
    found: dict[UUID, int] = {}
    for plan in rows:
        for report in reports:
            within = plan.first_day <= report.visited_on <= plan.last_day
            if report.rep_id == plan.rep_id and within:
                found[report.id] = plan.id
    return found
