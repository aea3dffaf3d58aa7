"""Changes of many customers: kept as a preview, made where nobody changed the customer meanwhile,
and taken back likewise. Each person's own."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, func, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import BulkChange, BulkChangeRow, Customer, Rep, Territory
from crm.rules.access import Asker
from crm.rules.bulk_changes import Effect, Standing, Wish
from crm.store.customers import customers, due_days
from crm.store.customers.customer_lists import Wanted, conditions
from crm.store.house.bulk_audit import record_bulk
from crm.store.imports.known import chunks
from crm.store.imports.upsert import Changes, table_of, write_columns
from crm.text import N_

NOUN = "customers"  # in the audit trail, by the change's number
MEANWHILE = N_("was changed by somebody meanwhile")
_ROWS = table_of(BulkChangeRow)


class BulkChangeNotFound(Refused):
    """No such change, or not one of the asker's: the two are not told apart."""

    def __init__(self, number: UUID) -> None:
        super().__init__(N_("There is no change {number} among yours."), number=str(number))


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A customer that a change is about."""

    id: int
    version: int
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many customers a change is about: changed, and left out by reason."""

    changed: int
    left_out: Sequence[tuple[str, int]]


def chosen(
    session: Session, asker: Asker, which: Wanted | Collection[str], *, limit: int
) -> list[Chosen]:
    """Up to `limit` of the asker's customers, by what is wanted or by code."""
    if isinstance(which, Wanted):
        return _chosen(session, _standings(asker).where(*conditions(which)).limit(limit))
    found: list[Chosen] = []
    for part in chunks(sorted(which)):
        found += _chosen(session, _standings(asker).where(col(Customer.code).in_(part)))
    return found[:limit]


def keep(
    session: Session,
    asker: Asker,
    wish: Wish,
    effects: Iterable[tuple[Chosen, Effect]],
    *,
    reason: str,
    now: datetime,
) -> BulkChange:
    """Keep what a change would do, in the place of the asker's former previews."""
    former = delete(BulkChange).where(
        col(BulkChange.user_id) == asker.user_id, col(BulkChange.applied_at).is_(None)
    )
    session.connection().execute(former)
    bulk = BulkChange(
        id=uuid4(),
        user_id=asker.user_id,
        kind=wish.kind,
        value=wish.value,
        reason=reason,
        made_at=now,
    )
    session.add(bulk)
    session.flush()
    rows = [
        {
            "bulk_change_id": bulk.id,
            "customer_id": one.id,
            "version": one.version,
            "before": effect.before,
            "after": effect.after,
            "left_out": effect.left_out,
            "params": effect.params,
        }
        for one, effect in effects
    ]
    if rows:
        session.connection().execute(insert(_ROWS), rows)
    return bulk


def get(session: Session, asker: Asker, number: UUID, *, to_change: bool = False) -> BulkChange:
    """A change of the asker's; `BulkChangeNotFound`."""
    query = select(BulkChange).where(BulkChange.id == number, BulkChange.user_id == asker.user_id)
    found = session.exec(query.with_for_update() if to_change else query).one_or_none()
    if found is None:
        raise BulkChangeNotFound(number)
    return found


def last_of(session: Session, asker: Asker) -> BulkChange | None:
    """The last change that the asker made."""
    query = select(BulkChange).where(
        BulkChange.user_id == asker.user_id, col(BulkChange.applied_at).is_not(None)
    )
    return session.exec(query.order_by(col(BulkChange.applied_at).desc()).limit(1)).first()


def counted(session: Session, bulk: BulkChange) -> Counted:
    """How many customers a change is about."""
    query = (
        select(col(BulkChangeRow.left_out), func.count())
        .where(BulkChangeRow.bulk_change_id == bulk.id)
        .group_by(col(BulkChangeRow.left_out))
        .order_by(func.count().desc(), col(BulkChangeRow.left_out))
    )
    found = dict(session.exec(query).all())
    changed = found.pop("", 0)
    return Counted(changed=changed, left_out=list(found.items()))


def rows_of(
    session: Session, asker: Asker, bulk: BulkChange, *, left_out: bool, limit: int
) -> list[tuple[BulkChangeRow, Customer]]:
    """The first customers of a change that the asker sees, by name."""
    reason = col(BulkChangeRow.left_out)
    query = (
        select(BulkChangeRow, Customer)
        .join(Customer, col(Customer.id) == BulkChangeRow.customer_id)
        .where(
            BulkChangeRow.bulk_change_id == bulk.id,
            reason != "" if left_out else reason == "",
            customers.are_visible_to(asker),
        )
        .order_by(col(Customer.name), col(Customer.code))
    )
    return [(row, customer) for row, customer in session.exec(query.limit(limit))]


def standing_rows(
    session: Session, asker: Asker, bulk: BulkChange
) -> list[tuple[BulkChangeRow, Customer]]:
    """The customers that a change changes and that nobody changed since; the others are left out
    of it from now on."""
    query = (
        select(BulkChangeRow, Customer)
        .join(Customer, col(Customer.id) == BulkChangeRow.customer_id)
        .where(
            BulkChangeRow.bulk_change_id == bulk.id,
            col(BulkChangeRow.left_out) == "",
            col(BulkChangeRow.version) == col(Customer.version),
            customers.are_visible_to(asker),
        )
        .order_by(col(Customer.code))
        .with_for_update(of=Customer)
    )
    found = [(row, customer) for row, customer in session.exec(query)]
    kept = {row.id for row, _ in found}
    numbers = select(BulkChangeRow.id).where(
        BulkChangeRow.bulk_change_id == bulk.id, col(BulkChangeRow.left_out) == ""
    )
    gone = [number for number in session.exec(numbers) if number not in kept]
    for part in chunks(gone):
        left = update(_ROWS).where(_ROWS.c.id.in_(part)).values(left_out=MEANWHILE)
        session.connection().execute(left)
    return found


def write(
    session: Session,
    bulk: BulkChange,
    rows: Sequence[tuple[BulkChangeRow, Customer]],
    *,
    back: bool = False,
) -> None:
    """Give the customers what the change gives them, or `back` what they had; noted in the audit
    trail as one entry. The rows know their customers' new versions."""
    changed: list[dict[str, Any]] = [
        {
            "id": row.customer_id,
            "was": row.after if back else row.before,
            "became": row.before if back else row.after,
        }
        for row, _ in rows
    ]
    columns: list[tuple[int, Any]] = [(one["id"], one["became"]) for one in changed]
    numbers = [row.id for row, _ in rows]
    session.expunge_all()  # what is written past the session must not be read from it
    write_columns(session, table_of(Customer), columns)
    for part in chunks(numbers):
        further = update(_ROWS).where(_ROWS.c.id.in_(part))
        session.connection().execute(further.values(version=_ROWS.c.version + 1))
    record_bulk(
        session,
        "undo_bulk_change" if back else "bulk_change",
        noun=NOUN,
        key=str(bulk.id),
        details={"kind": bulk.kind.value, "value": bulk.value, "customers": len(rows)},
        changes=[Changes(table=table_of(Customer).name, changed=changed)],
        reason=bulk.reason,
    )


def settle(session: Session, bulk: BulkChange, **columns: Any) -> None:
    """Note what became of a change."""
    table = table_of(BulkChange)
    session.connection().execute(update(table).where(table.c.id == bulk.id).values(**columns))


def territories_of(session: Session, bulk: BulkChange) -> list[tuple[Territory, int, int]]:
    """The territories in which the customers of a change lie, by code, each with how many of its
    customers were chosen, of how many."""
    inside = (
        select_columns(func.count())
        .where(col(Customer.territory_id) == col(Territory.id))
        .correlate(Territory)
        .scalar_subquery()
    )
    query: Any = (
        select_columns(Territory, func.count(), inside)
        .join(Customer, col(Customer.territory_id) == Territory.id)
        .join(BulkChangeRow, col(BulkChangeRow.customer_id) == Customer.id)
        .where(col(BulkChangeRow.bulk_change_id) == bulk.id, col(BulkChangeRow.left_out) == "")
        .group_by(col(Territory.id))
        .order_by(col(Territory.code))
    )
    return [(territory, n, of) for territory, n, of in session.execute(query)]


def _standings(asker: Asker) -> Select[Any]:
    columns: list[Any] = [
        Customer.id,
        Customer.version,
        Customer.trade,
        Customer.channel,
        Customer.status,
        Customer.interval_days,
        due_days.usual_days(),
        func.coalesce(col(Territory.code), "").label("territory"),
        func.coalesce(col(Rep.code), "").label("rep"),
        col(Territory.district_id).label("district_id"),
    ]
    return (
        select_columns(*columns)
        .select_from(Customer)
        .join(Territory, col(Territory.id) == Customer.territory_id, isouter=True)
        .join(Rep, col(Rep.id) == Territory.rep_id, isouter=True)
        .where(customers.are_visible_to(asker))
        .order_by(col(Customer.id))
    )


def _chosen(session: Session, query: Select[Any]) -> list[Chosen]:
    return [
        Chosen(
            id=row[0], version=row[1], standing=Standing(**dict(zip(FIELDS, row[2:], strict=True)))
        )
        for row in session.connection().execute(query)
    ]


FIELDS = (
    "trade",
    "channel",
    "status",
    "interval_days",
    "usual_days",
    "territory",
    "rep",
    "district_id",
)
