"""A table into the database: all of it, or nothing, or (asked for) all but its bad rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session, SQLModel

from crm.database import Database
from crm.errors import Refused
from crm.models import (
    Appointment,
    CalendarDay,
    Customer,
    PopulatedPlace,
    Promise,
    Rep,
    RepLeave,
    Sale,
    Territory,
    Visit,
)
from crm.rules.access import IMPORTS, OPERATOR, Asker
from crm.spreadsheets.findings import Finding
from crm.spreadsheets.headings import Columns, match_columns
from crm.spreadsheets.intake import INTAKES
from crm.spreadsheets.intake.appointments import clashes
from crm.spreadsheets.intake.records import Record
from crm.spreadsheets.intake.reps import in_one_region_each
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.parse import Judgement, parse_rows
from crm.spreadsheets.repeated import without_repetitions
from crm.spreadsheets.table import Row, Table
from crm.store.analysis import sales_sums
from crm.store.days.appointments import booked_on
from crm.store.imports.imports import CannotUndo, get, keep_batch, last_batch, undo
from crm.store.imports.known import known_for
from crm.store.imports.parents import bring_parents
from crm.store.imports.upsert import Changes, table_of, upsert
from crm.store.territories import territory_changes
from crm.store.territories.territories import assign
from crm.text import N_
from crm.vocabulary import ImportKind

TABLES: dict[ImportKind, tuple[type[SQLModel], tuple[str, ...]]] = {
    ImportKind.CUSTOMERS: (Customer, ("code",)),
    ImportKind.REPS: (Rep, ("code",)),
    ImportKind.TERRITORIES: (Territory, ("code",)),
    ImportKind.VISITS: (Visit, ("customer_id", "date", "rep_id")),
    ImportKind.SALES: (Sale, ("customer_id", "date", "product")),
    ImportKind.APPOINTMENTS: (Appointment, ("code",)),
    ImportKind.PROMISES: (Promise, ("code",)),
    ImportKind.CALENDAR: (CalendarDay, ("country", "date")),
    ImportKind.POPULATION: (PopulatedPlace, ("code",)),
    ImportKind.LEAVE: (RepLeave, ("rep_id", "first_day", "part")),
}
MOVES_CUSTOMERS = (ImportKind.CUSTOMERS, ImportKind.TERRITORIES)

Track = Callable[[Sequence[Row]], Iterable[Row]]  # hands the rows through, showing progress
KeepRejects = Callable[[Judgement], None]
OnTaken = Callable[[Session, int | None, Judgement], None]
OnRecords = Callable[[Sequence[Record]], None]  # hears of the rows that can be taken


class MayNotImport(Refused):
    """This kind is brought in by others."""

    def __init__(self, kind: ImportKind) -> None:
        super().__init__(N_("A file of {kind} is imported by others; ask them."), kind=kind)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file that was read, and what it is called. `columns`: which is which field, where
    somebody said so; else its headings say it. `on_taken` is the last to be heard in the
    transaction, with the import's number."""

    name: str
    kind: ImportKind
    table: Table
    columns: Columns | None = None
    on_taken: OnTaken = lambda _session, _batch, _judgement: None


@dataclass(frozen=True, kw_only=True)
class ImportOutcome:
    """What an import did, or with `dry_run` would do. When `refused`, nothing was changed."""

    kind: ImportKind
    filename: str
    dry_run: bool
    refused: bool
    rows: int
    added: int
    changed: int
    unchanged: int
    rejected_rows: int
    rejected: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    ignored_columns: tuple[str, ...]
    batch_id: int | None
    counted: Changes  # row by row
    rejects_file: Path | None = None


@dataclass(frozen=True, kw_only=True)
class UndoneImport:
    """The import that was taken back."""

    kind: ImportKind
    filename: str
    removed: int
    restored: int


def take_in(
    database: Database,
    sent: Sent,
    *,
    asker: Asker,
    today: date,
    now: datetime,
    dry_run: bool = False,
    skip_bad: bool = False,
    track: Track = iter,
    keep_rejects: KeepRejects = lambda _judgement: None,
    on_records: OnRecords = lambda _records: None,
) -> ImportOutcome:
    """Bring a table of a kind in, in one transaction.

    One with bad rows changes nothing; with `skip_bad` its good rows are taken. Either way, unless
    `dry_run`, `keep_rejects` is told of the bad ones before the end: a row that is neither taken
    nor written down would be lost. `today` judges dates. Raises `MayNotImport`, and `Refused`
    when the table as a whole cannot be used.
    """
    kind, table = sent.kind, sent.table
    refuse_unless_importing(asker, kind)
    judgement = Judgement(
        headings=table.headings,
        columns=sent.columns or match_columns(KINDS[kind], table.headings),
    )
    scope = database.trying if dry_run else database.writing
    with scope(by=asker, at=now) as session:
        records = _judged(session, track(table.rows), kind, judgement, asker, today)
        on_records(records)
        refused = bool(judgement.rejected_rows) and not skip_bad
        made = _Made(counted=Changes(table=table_of(TABLES[kind][0]).name))
        if not refused:
            made = _made(session, kind, records, judgement, asker, dry_run=dry_run)
        batch_id = None
        if not dry_run and any(c.added or c.changed for c in made.changes):
            batch = keep_batch(
                session,
                kind=kind,
                filename=sent.name,
                at=now,
                asker=asker,
                changes=made.changes,
                counted=made.counted,
            )
            batch_id = batch.id
        if judgement.rejected_rows and not dry_run:
            keep_rejects(judgement)
        sent.on_taken(session, batch_id, judgement)
    return ImportOutcome(
        kind=kind,
        filename=sent.name,
        dry_run=dry_run,
        refused=refused,
        rows=len(table.rows),
        added=len(made.counted.added),
        changed=len(made.counted.changed),
        unchanged=made.counted.unchanged,
        rejected_rows=len(judgement.rejected_rows),
        rejected=tuple(sorted(judgement.rejected, key=lambda f: f.line)),
        warnings=tuple(sorted(judgement.warnings, key=lambda f: f.line)),
        ignored_columns=judgement.columns.unknown,
        batch_id=batch_id,
        counted=made.counted,
    )


def refuse_unless_importing(asker: Asker, kind: ImportKind) -> None:
    """Raise `MayNotImport` when the asker does not bring in this kind."""
    if kind not in IMPORTS.get(asker.role, frozenset()):
        raise MayNotImport(kind)


@dataclass(kw_only=True)
class _Made:
    """What an import did, in the order in which it was done; `counted` are the file's rows."""

    counted: Changes
    changes: list[Changes] = field(default_factory=list)


def _made(
    session: Session,
    kind: ImportKind,
    records: Sequence[Record],
    judgement: Judgement,
    asker: Asker,
    *,
    dry_run: bool,
) -> _Made:
    changes = bring_parents(session, records) if kind is ImportKind.REPS else []
    model, key_columns = TABLES[kind]
    if dry_run:  # what follows from the rows is not told, so it is not tried
        counted = upsert(session, model, key_columns, records)
    else:
        counted = _taken(session, kind, model, key_columns, records, asker)
    if kind is ImportKind.APPOINTMENTS:
        _warn_of_clashes(session, asker, records, judgement)
    return _Made(counted=counted, changes=[*changes, counted])


def _taken(
    session: Session,
    kind: ImportKind,
    model: type[SQLModel],
    key_columns: Sequence[str],
    records: Sequence[Record],
    asker: Asker,
) -> Changes:
    """The rows, and what follows from them elsewhere."""
    with _promises_following(session, kind):
        counted = upsert(session, model, key_columns, records)
        if kind in MOVES_CUSTOMERS:
            new = counted.added if kind is ImportKind.CUSTOMERS else ()
            assign(session, asker, new=frozenset(new))
    if kind is ImportKind.SALES:
        sales_sums.reckon(session)
    return counted


@contextmanager
def _promises_following(session: Session, kind: ImportKind) -> Iterator[None]:
    """Open promises go with the customers who get another rep inside the block."""
    if kind not in MOVES_CUSTOMERS:
        yield
        return
    before = territory_changes.reps_of_customers(session)
    yield
    session.flush()
    after = territory_changes.reps_of_customers(session)
    territory_changes.promises_follow(session, territory_changes.moves_between(before, after))


def undo_last_import(
    database: Database, *, now: datetime, asker: Asker = OPERATOR, number: int | None = None
) -> UndoneImport:
    """Take back the last import completely. Raises `CannotUndo` with the reason, and
    `MayNotImport` when it is of a kind that the asker does not bring in. Who names its `number`
    takes back that one or none: raises `ImportNotFound`, or `CannotUndo` when it is not the last.
    """
    with database.writing(by=asker, at=now) as session:
        named = get(session, asker, number) if number is not None else None
        batch = last_batch(session)
        if named is not None and named.id != batch.id:
            raise CannotUndo(
                N_("Import {number} is not the last one standing; take back import {last} first."),
                number=number,
                last=batch.id,
            )
        refuse_unless_importing(asker, batch.kind)
        with _promises_following(session, batch.kind):
            undo(session, batch, now)
            if batch.kind in MOVES_CUSTOMERS:
                assign(session, asker)
        if batch.kind is ImportKind.SALES:
            sales_sums.reckon(session)
        return UndoneImport(
            kind=batch.kind, filename=batch.filename, removed=batch.added, restored=batch.changed
        )


def _judged(
    session: Session,
    rows: Iterable[Row],
    kind: ImportKind,
    judgement: Judgement,
    asker: Asker,
    today: date,
) -> list[Record]:
    """The records of all rows that can be taken, each key once."""
    known = known_for(session, asker, kind, today)
    intake = INTAKES[kind]
    records = []
    for parsed in parse_rows(KINDS[kind], rows, judgement):
        record = intake(parsed, known, judgement)
        if record is not None:
            records.append(record)
    records = without_repetitions(kind, records, judgement)
    return in_one_region_each(records, judgement) if kind is ImportKind.REPS else records


def _warn_of_clashes(
    session: Session, asker: Asker, records: Sequence[Record], judgement: Judgement
) -> None:
    mine = {r.values["code"]: r for r in records}
    booked = booked_on(session, asker, {r.values["date"] for r in records})
    for first, second in clashes(booked):
        record = mine.get(second) or mine.get(first)
        if record is not None:
            judgement.warn(
                record.parsed.row,
                "time",
                N_("overlaps with appointment {other}"),
                N_("Both cannot be kept; move one of them."),
                other=first if record.values["code"] == second else second,
            )
