"""What people should be reminded of: read by the clock, for everybody at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.models import (
    Approval,
    Customer,
    CyclePlan,
    District,
    FileVerification,
    PlannedVisit,
    Promise,
    Rep,
    Territory,
    VisitReport,
)
from crm.rules.files import Quarter
from crm.store.customers import customer_lists
from crm.vocabulary import ApprovalState, CustomerStatus, PlanState, PromiseState


@dataclass(frozen=True, kw_only=True)
class OpenPromise:
    """A promise that is not closed, its owner, if it has one, and the district to answer for it:
    the owner's, else that of the customer's territory."""

    promise: Promise
    customer: Customer
    owner: Rep | None
    district_id: int | None


def open_promises(session: Session, *, due_by: date) -> list[OpenPromise]:
    """Open promises that are due on or before a day, the first due first."""
    query = (
        select(Promise, Customer, Rep, Territory.district_id)
        .join(Customer, col(Customer.id) == Promise.customer_id)
        .join(Rep, col(Rep.id) == Promise.owner_rep_id, isouter=True)
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .where(Promise.state == PromiseState.OPEN, Promise.due <= due_by)
        .order_by(col(Promise.due), col(Promise.id))
    )
    return [
        OpenPromise(
            promise=promise,
            customer=customer,
            owner=owner,
            district_id=owner.district_id if owner else district_id,
        )
        for promise, customer, owner, district_id in session.exec(query)
    ]


def reps_at_work(session: Session) -> Sequence[Rep]:
    """The reps who have not left."""
    return session.exec(select(Rep).where(col(Rep.active)).order_by(Rep.code)).all()


def visits_without_report(session: Session, rep: Rep, on: date) -> int:
    """How many visits a rep's published plan holds on a day of which no report came in."""
    reported = select(VisitReport.customer_id).where(
        VisitReport.rep_id == rep.id, VisitReport.visited_on == on
    )
    query = (
        select(func.count())
        .select_from(PlannedVisit)
        .join(CyclePlan, col(CyclePlan.id) == PlannedVisit.plan_id)
        .join(Customer, col(Customer.id) == PlannedVisit.customer_id)
        .where(
            CyclePlan.rep_id == rep.id,
            CyclePlan.state == PlanState.PUBLISHED,
            col(CyclePlan.last_day) >= on,
            PlannedVisit.date == on,
            Customer.status == CustomerStatus.ACTIVE,
            col(PlannedVisit.customer_id).not_in(reported),
        )
    )
    return session.exec(query).one()


@dataclass(frozen=True, kw_only=True)
class Unverified:
    """Files of a district that nobody has gone through in a quarter; None: of no district."""

    district_id: int | None
    files: int


def unverified(session: Session, quarter: Quarter) -> list[Unverified]:
    """How many files wait for a quarter's verification, by district."""
    query = (
        select(Territory.district_id, func.count())
        .select_from(Customer)
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .where(customer_lists.is_due(quarter))
        .group_by(col(Territory.district_id))
    )
    return [Unverified(district_id=district, files=n) for district, n in session.exec(query)]


def completions_overdue(session: Session, today: date) -> list[tuple[int | None, int]]:
    """How many completions of files are past their day, by district."""
    query = (
        select(Territory.district_id, func.count())
        .select_from(FileVerification)
        .join(Customer, col(Customer.id) == FileVerification.customer_id)
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .where(
            col(FileVerification.complete_by) < today,
            col(FileVerification.completed_at).is_(None),
        )
        .group_by(col(Territory.district_id))
    )
    return [(district, n) for district, n in session.exec(query)]


def regions_of_districts(session: Session) -> dict[int | None, int | None]:
    """Each district's region, by number."""
    return dict(session.exec(select(District.id, District.region_id)).all())


def approvals_open(session: Session) -> list[Approval]:
    """Everything that waits for a decision, the longest waiting first."""
    query = select(Approval).where(Approval.state == ApprovalState.OPEN)
    return list(session.exec(query.order_by(col(Approval.asked_at), col(Approval.id))))


def approvals_closed(session: Session, since: datetime) -> list[Approval]:
    """What was decided, withdrawn or overtaken since an instant."""
    query = select(Approval).where(
        Approval.state != ApprovalState.OPEN, col(Approval.closed_at) >= since
    )
    return list(session.exec(query.order_by(col(Approval.closed_at), col(Approval.id))))
