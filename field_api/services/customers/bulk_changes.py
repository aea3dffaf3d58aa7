"""One change of many customers: seen first, made in one step, taken back in one step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, BulkChange, BulkChangeRow, Customer
from crm.rules.access import MANAGERS, Asker
from crm.rules.bulk_changes import (
    APPROVED,
    MOST_AT_ONCE,
    MOST_FREQUENCIES,
    ImpossibleBulkChange,
    Wish,
    effect,
    refuse_impossible,
)
from crm.rules.files import KEEPS_FILES
from crm.rules.territories import TerritoryShape
from crm.store import approvals
from crm.store.customers import bulk_changes
from crm.store.people import organisation, people
from crm.store.territories import territories
from crm.text import N_
from crm.vocabulary import ApprovalState, BulkKind, Role
from field_api.auth import Caller
from field_api.errors import CODES, Conflict
from field_api.schemas.customer_filters import CustomerFilters
from field_api.services.approvals import deciding
from field_api.services.customers.customer_rows import wanted_by
from field_api.services.grades import frequencies
from field_api.services.people.roles import refuse_unless
from field_api.services.planning.visits import usual_interval_of
from field_api.services.territories.changes import Asking, ask_for
from field_api.services.territories.judging import drawn_anew
from field_api.wording import Language

SHOWN = 300  # rows of a preview
TO_REP = N_("{n} territories pass to another rep ({code})")
CODES |= {
    bulk_changes.BulkChangeNotFound: (404, "bulk_change_not_found"),
    ImpossibleBulkChange: (422, "impossible_bulk_change"),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be changed of whom: the codes, or None for all that the filters find."""

    kind: BulkKind
    value: str
    reason: str
    codes: Collection[str] | None
    filters: CustomerFilters


@dataclass(frozen=True, kw_only=True)
class Passing:
    """A territory that passes to another rep: how many of its customers were chosen, of how many
    that go along."""

    code: str
    name: str
    chosen: int
    customers: int


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A change as it stands: how many customers, the first of them, the first of those left out,
    and by which reasons how many are."""

    bulk: BulkChange
    changed: int
    reasons: Sequence[tuple[str, int]]
    rows: Sequence[tuple[BulkChangeRow, Customer]]
    left_out: Sequence[tuple[BulkChangeRow, Customer]]
    territories: Sequence[Passing]
    approval: Approval | None
    undoable: bool

    @property
    def number(self) -> UUID:
        """By which it is found again."""
        return self.bulk.id

    @property
    def needs_approval(self) -> bool:
        """Whether it is asked for instead of made."""
        return self.bulk.kind in APPROVED


def preview(
    database: Database, caller: Caller, seen: Asker, asked: Asked, *, now: datetime, today: date
) -> UUID:
    """Keep what a change would do to the customers, those of `seen`; nothing is changed. Answers
    its number. Raises `Forbidden`, `ImpossibleBulkChange`, `RepNotFound`."""
    refuse_unless(
        caller.asker,
        _who(asked.kind),
        N_("This change of many customers is the managers' to make."),
    )
    with database.writing(by=caller.asker, at=now) as session:
        wish = Wish(
            kind=asked.kind,
            value=asked.value.strip(),
            district_id=_district(session, caller.asker, asked),
        )
        refuse_impossible(wish, asked.reason)
        which = wanted_by(seen, asked.filters, today) if asked.codes is None else asked.codes
        most = MOST_FREQUENCIES if asked.kind is BulkKind.FREQUENCY else MOST_AT_ONCE
        found = bulk_changes.chosen(session, seen, which, limit=most + 1)
        _refuse_many(len(found), most)
        role = caller.asker.role
        effects = [(one, effect(wish, one.standing, role)) for one in found]
        bulk = bulk_changes.keep(
            session, caller.asker, wish, effects, reason=asked.reason.strip(), now=now
        )
        return bulk.id


def shown(database: Database, asker: Asker, number: UUID) -> Shown:
    """A change of the asker's as it stands. Raises `BulkChangeNotFound`."""
    with database.reading() as session:
        bulk = bulk_changes.get(session, asker, number)
        last = bulk_changes.last_of(session, asker)
        counted = bulk_changes.counted(session, bulk)
        passing = bulk_changes.territories_of(session, bulk) if bulk.kind is BulkKind.REP else []
        approval = session.get(Approval, bulk.approval_id) if bulk.approval_id else None
        is_last = last is not None and last.id == bulk.id and bulk.undone_at is None
        waits = approval is None or approval.state is ApprovalState.OPEN
        return Shown(
            bulk=bulk,
            changed=counted.changed,
            reasons=counted.left_out,
            rows=bulk_changes.rows_of(session, asker, bulk, left_out=False, limit=SHOWN),
            left_out=bulk_changes.rows_of(session, asker, bulk, left_out=True, limit=SHOWN),
            territories=[
                Passing(code=one.code, name=one.name, chosen=n, customers=of)
                for one, n, of in passing
            ],
            approval=approval,
            undoable=is_last and waits,
        )


def last_of(database: Database, asker: Asker) -> tuple[BulkChange, int] | None:
    """The asker's last change of many customers and how many it changed, until it is undone."""
    with database.reading() as session:
        bulk = bulk_changes.last_of(session, asker)
        if bulk is None or bulk.undone_at is not None:
            return None
        return bulk, bulk_changes.counted(session, bulk).changed


def apply(
    database: Database, caller: Caller, number: UUID, *, now: datetime, language: Language
) -> int:
    """Make a change that was seen, or ask for it where it needs an approval; customers changed
    meanwhile are left out. Answers how many customers it is about. Raises `BulkChangeNotFound`,
    `Conflict` when it was made before or nobody is left, and what asking raises."""

    def work(session: Session) -> int:
        bulk = bulk_changes.get(session, caller.asker, number, to_change=True)
        if bulk.applied_at is not None:
            raise Conflict("bulk_change_done", N_("This change was made already."))
        rows = bulk_changes.standing_rows(session, caller.asker, bulk)
        if not rows:
            raise Conflict("bulk_change_empty", N_("No customer is left to change; choose anew."))
        approval_id = None
        if bulk.kind in APPROVED:
            asking = Asking.by(caller, now, language, dry_run=False)
            ask = _ask_intervals if bulk.kind is BulkKind.FREQUENCY else _ask_territories
            approval_id = ask(session, asking, bulk, rows).id
        else:
            bulk_changes.write(session, bulk, rows)
        bulk_changes.settle(session, bulk, applied_at=now, approval_id=approval_id)
        return len(rows)

    return database.written(work, by=caller.asker, at=now)


def undo(database: Database, caller: Caller, number: UUID, *, now: datetime) -> tuple[int, int]:
    """Take one's last change back, or what was asked for; customers changed since stay as they
    are. Answers how many were taken back, and how many stay. Raises `BulkChangeNotFound`,
    `Conflict` for another than the last, and what withdrawing raises."""

    def work(session: Session) -> tuple[int, int, UUID | None]:
        bulk = bulk_changes.get(session, caller.asker, number, to_change=True)
        last = bulk_changes.last_of(session, caller.asker)
        if last is None or last.id != bulk.id or bulk.undone_at is not None:
            raise Conflict(
                "bulk_change_not_last", N_("Only your last change of many customers is undone.")
            )
        changed = bulk_changes.counted(session, bulk).changed
        approval_id = bulk.approval_id
        if approval_id is not None:
            approval = approvals.get(session, caller.asker, approval_id, to_change=True)
            deciding.take_back(session, caller.asker, approval, reason=bulk.reason, now=now)
            bulk_changes.settle(session, bulk, undone_at=now)
            return changed, 0, approval_id
        rows = bulk_changes.standing_rows(session, caller.asker, bulk)
        bulk_changes.write(session, bulk, rows, back=True)
        bulk_changes.settle(session, bulk, undone_at=now)
        return len(rows), changed - len(rows), None

    back, kept, _ = database.written(work, by=caller.asker, at=now)
    return back, kept


def _who(kind: BulkKind) -> Collection[Role]:
    return MANAGERS if kind in APPROVED else KEEPS_FILES


def _district(session: Session, asker: Asker, asked: Asked) -> int | None:
    if asked.kind is not BulkKind.REP:
        return None
    return people.get_rep(session, asker, asked.value.strip()).district_id


def _refuse_many(found: int, most: int) -> None:
    if not found:
        raise ImpossibleBulkChange(N_("Choose at least one customer."))
    if found > most:
        raise ImpossibleBulkChange(
            N_("That is more than {most} customers at once; narrow the filters, then go on."),
            most=most,
        )


Rows = Sequence[tuple[BulkChangeRow, Customer]]


def _ask_intervals(session: Session, asking: Asking, bulk: BulkChange, rows: Rows) -> Approval:
    wanted = {customer.code: (usual_interval_of(customer), int(bulk.value)) for _, customer in rows}
    inside = bulk_changes.territories_of(session, bulk)
    return frequencies.ask_many(
        session,
        asking.asker,
        wanted,
        subject=str(bulk.id),
        reason=bulk.reason,
        place=organisation.place_of_districts(session, {t.district_id for t, _, _ in inside}),
        now=asking.now,
    )


def _ask_territories(session: Session, asking: Asking, bulk: BulkChange, _rows: Rows) -> Approval:
    rep = people.get_rep(session, asking.asker, bulk.value)
    passing = [territory for territory, _, _ in bulk_changes.territories_of(session, bulk)]
    shapes: list[TerritoryShape] = [territories.shape_of(one) for one in passing]
    fields = ("code", "name", "district_id", "geometry", "version")
    corners = ("min_lat", "min_lon", "max_lat", "max_lon")
    columns = [
        {name: getattr(one, name) for name in (*fields, *corners)} | {"rep_id": rep.id}
        for one in passing
    ]
    drawn = drawn_anew(session, asking.asker, columns, shapes, False)
    return ask_for(
        session,
        asking,
        drawn,
        subject=", ".join(one.code for one in passing),
        title=TO_REP,
        reason=bulk.reason,
        takes_effect_on=None,
    )
