"""Reading the audit trail: what was done to a noun, and what its fields were before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.models import (
    Approval,
    AuditEntry,
    Customer,
    CustomerFact,
    FieldChange,
    KeyPerson,
    Promise,
    Rep,
    Territory,
    User,
    VisitReport,
)
from crm.rules.access import Asker, Reach, Realm
from crm.store import approvals, customers, people
from crm.store.audit import CONFIDENTIAL_FACT
from crm.store.known import chunks

Past = tuple[FieldChange, AuditEntry]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries; None and empty: whatever. Instants are aware, `until` is not included."""

    noun: str = ""
    key: str = ""
    action: str = ""
    username: str = ""
    since: datetime | None = None
    until: datetime | None = None


def entries(
    session: Session, asker: Asker, wanted: Wanted, *, before: int | None, limit: int
) -> list[AuditEntry]:
    """Up to `limit` of the entries that the asker may see, the newest first, those before a
    number."""
    query = visible_to(asker)
    for column, value in (
        (AuditEntry.noun, wanted.noun),
        (AuditEntry.key, wanted.key),
        (AuditEntry.action, wanted.action),
    ):
        if value:
            query = query.where(col(column) == value)
    if wanted.username:
        named = select(User.id).where(User.username == wanted.username)
        query = query.where(col(AuditEntry.user_id).in_(named))
    if wanted.since is not None:
        query = query.where(col(AuditEntry.at) >= wanted.since)
    if wanted.until is not None:
        query = query.where(col(AuditEntry.at) < wanted.until)
    if before is not None:
        query = query.where(col(AuditEntry.id) < before)
    return list(session.exec(query.order_by(col(AuditEntry.id).desc()).limit(limit)))


def visible_to(asker: Asker) -> SelectOfScalar[AuditEntry]:
    """The entries that are the asker's to see: of those without a boundary all, of a manager of a
    district or region those on what lies there now."""
    return select(AuditEntry).where(_are_visible_to(asker))


def changes_in(session: Session, entry_ids: list[int]) -> dict[int, list[FieldChange]]:
    """The fields that changed with entries which the asker was let see, by entry."""
    found: dict[int, list[FieldChange]] = {}
    for part in chunks(entry_ids):
        query = select(FieldChange).where(col(FieldChange.entry_id).in_(part))
        for change in session.exec(query.order_by(col(FieldChange.id))):
            found.setdefault(change.entry_id, []).append(change)
    return found


def history(
    session: Session,
    noun: str,
    key: str,
    *,
    field: str = "",
    before: int | None = None,
    limit: int,
) -> list[Past]:
    """Up to `limit` changes of a row that the asker was let see, or of one of its fields, the
    newest first, those before a change's number."""
    query = (
        select(FieldChange, AuditEntry)
        .join(AuditEntry, col(AuditEntry.id) == FieldChange.entry_id)
        .where(FieldChange.noun == noun, FieldChange.key == key)
    )
    if field:
        query = query.where(FieldChange.field == field)
    if before is not None:
        query = query.where(col(FieldChange.id) < before)
    found = session.exec(query.order_by(col(FieldChange.id).desc()).limit(limit))
    return [(change, entry) for change, entry in found]


def earlier_contents(session: Session, numbers: list[int]) -> dict[int, list[Past]]:
    """What confidential facts were before, by fact, the newest first: for who opened the file."""
    found: dict[int, list[Past]] = {}
    for part in chunks([str(number) for number in numbers]):
        query = (
            select(FieldChange, AuditEntry)
            .join(AuditEntry, col(AuditEntry.id) == FieldChange.entry_id)
            .where(FieldChange.noun == CONFIDENTIAL_FACT, col(FieldChange.key).in_(part))
        )
        for change, entry in session.exec(query.order_by(col(FieldChange.id).desc())):
            found.setdefault(int(change.key), []).append((change, entry))
    return found


def _are_visible_to(asker: Asker) -> ColumnElement[bool]:
    if asker.reach(Realm.FIELD_WORK) is Reach.EVERYTHING:
        return true()
    own = customers.visible_to(asker).with_only_columns(col(Customer.id))
    reps = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    territories = customers.territories_visible_to(asker)
    accounts: list[ColumnElement[bool]] = [col(User.rep_id).in_(reps)]
    if asker.user_id is not None:
        accounts.append(col(User.id) == asker.user_id)
    keys: dict[str, Any] = {
        "customer": customers.visible_to(asker).with_only_columns(col(Customer.code)),
        "key_person": select(_text(KeyPerson.id)).where(col(KeyPerson.customer_id).in_(own)),
        "customer_fact": select(_text(CustomerFact.id)).where(
            col(CustomerFact.customer_id).in_(own)
        ),
        "promise": select(Promise.code).where(col(Promise.customer_id).in_(own)),
        "visit_report": select(_text(VisitReport.id)).where(col(VisitReport.rep_id).in_(reps)),
        "territory": territories.with_only_columns(col(Territory.code)),
        "rep": people.reps_visible_to(asker).with_only_columns(col(Rep.code)),
        "user": select(User.username).where(or_(*accounts)),
        approvals.NOUN: approvals.visible_to(asker).with_only_columns(_text(Approval.id)),
    }
    plain = func.replace(col(AuditEntry.key), "-", "")
    numbered = {"visit_report", approvals.NOUN}
    return or_(
        *(
            and_(
                col(AuditEntry.noun) == noun,
                (plain if noun in numbered else col(AuditEntry.key)).in_(found),
            )
            for noun, found in keys.items()
        )
    )


def _text(column: Any) -> Any:
    """A number or UUID as the trail writes it; databases write UUIDs with hyphens or without."""
    return func.replace(cast(col(column), String), "-", "")
