"""Which of the audit trail's entries are whose: a noun that stands here is seen by the managers in
whose part of the company it lies now, any other by those without a boundary."""

from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, true
from sqlmodel import col, select

from crm.models import (
    Appointment,
    Approval,
    AuditEntry,
    Customer,
    CustomerFact,
    CyclePlan,
    DayChange,
    FileVerification,
    KeyPerson,
    PlanWish,
    Promise,
    Rep,
    Territory,
    User,
    VisitReport,
)
from crm.rules.access import Asker, Reach, Realm
from crm.store import approvals
from crm.store.customers import customers
from crm.store.people import accounts, people

HYPHEN = "-"


def are_visible_to(asker: Asker) -> ColumnElement[bool]:
    """The entries that are the asker's to see, as a condition."""
    if asker.reach(Realm.FIELD_WORK) is Reach.EVERYTHING:
        return true()
    key = col(AuditEntry.key)
    found = [
        and_(col(AuditEntry.noun) == noun, key.in_(keys)) for noun, keys in _keys(asker).items()
    ]
    # databases write UUIDs with hyphens or without
    plain = func.replace(key, HYPHEN, "")
    found += [
        and_(col(AuditEntry.noun) == noun, plain.in_(keys)) for noun, keys in _uuids(asker).items()
    ]
    return or_(*found)


def _keys(asker: Asker) -> dict[str, Any]:
    """By noun the keys of what is the asker's."""
    own = customers.visible_to(asker)
    of_own = own.with_only_columns(col(Customer.id))
    reps = people.reps_visible_to(asker)
    codes = reps.with_only_columns(col(Rep.code))
    numbers = reps.with_only_columns(col(Rep.id))
    answered_for = accounts.visible_to(asker).with_only_columns(col(User.id))
    territories = customers.territories_visible_to(asker)
    return {
        "customer": own.with_only_columns(col(Customer.code)),
        "key_person": _of_customers(KeyPerson, of_own),
        "customer_fact": _of_customers(CustomerFact, of_own),
        "file_verification": _of_customers(FileVerification, of_own),
        "appointment": select(Appointment.code).where(col(Appointment.customer_id).in_(of_own)),
        "promise": select(Promise.code).where(col(Promise.customer_id).in_(of_own)),
        "plan": select(_text(CyclePlan.id)).where(col(CyclePlan.rep_id).in_(numbers)),
        "plan_wish": select(_text(PlanWish.id)).where(
            col(PlanWish.plan_id).in_(
                select(CyclePlan.id).where(col(CyclePlan.rep_id).in_(numbers))
            )
        ),
        "territory": territories.with_only_columns(col(Territory.code)),
        "rep": codes,
        "leave": codes,
        "user": select(User.username).where(
            or_(col(User.id).in_(answered_for), col(User.id) == asker.user_id)
        ),
    }


def _uuids(asker: Asker) -> dict[str, Any]:
    numbers = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    report = func.replace(_text(VisitReport.id), HYPHEN, "")
    change = func.replace(_text(DayChange.id), HYPHEN, "")
    approval = func.replace(_text(Approval.id), HYPHEN, "")
    return {
        "day_change": select(change).where(col(DayChange.rep_id).in_(numbers)),
        "visit_report": select(report).where(col(VisitReport.rep_id).in_(numbers)),
        approvals.NOUN: approvals.visible_to(asker).with_only_columns(approval),
    }


def _of_customers(model: Any, of_own: Any) -> Any:
    return select(_text(model.id)).where(col(model.customer_id).in_(of_own))


def _text(column: Any) -> Any:
    return cast(col(column), String)
