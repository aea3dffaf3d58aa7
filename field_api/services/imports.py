"""Importing a file: all of it, or nothing, or (asked for) all but its bad rows."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session, SQLModel

from crm.database import Database
from crm.errors import Refused
from crm.models import Appointment, Customer, Promise, Rep, Sale, Territory, Visit
from crm.rules.access import OPERATOR, Asker
from crm.spreadsheets.findings import Finding
from crm.spreadsheets.headings import match_columns
from crm.spreadsheets.intake import INTAKES
from crm.spreadsheets.intake.appointments import clashes
from crm.spreadsheets.intake.records import Record
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.parse import Judgement, parse_rows
from crm.spreadsheets.read import read_table
from crm.spreadsheets.rejects import rejects_path, write_rejects
from crm.spreadsheets.repeated import without_repetitions
from crm.spreadsheets.table import Row
from crm.store.commitments import booked_on
from crm.store.imports import keep_batch, last_batch, undo
from crm.store.known import known_for
from crm.store.organisation import assign_territories, upsert_districts
from crm.store.upsert import Changes, table_of, upsert
from crm.text import N_
from crm.vocabulary import ImportKind
from field_api.wording import Language, say

TABLES: dict[ImportKind, tuple[type[SQLModel], tuple[str, ...]]] = {
    ImportKind.CUSTOMERS: (Customer, ("code",)),
    ImportKind.REPS: (Rep, ("code",)),
    ImportKind.TERRITORIES: (Territory, ("code",)),
    ImportKind.VISITS: (Visit, ("customer_id", "date", "rep_id")),
    ImportKind.SALES: (Sale, ("customer_id", "date", "product")),
    ImportKind.APPOINTMENTS: (Appointment, ("code",)),
    ImportKind.PROMISES: (Promise, ("code",)),
}
MOVES_CUSTOMERS = (ImportKind.CUSTOMERS, ImportKind.TERRITORIES)

Track = Callable[[Sequence[Row]], Iterable[Row]]  # hands the rows through, showing progress


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
    rejects_file: Path | None
    batch_id: int | None


@dataclass(frozen=True, kw_only=True)
class UndoneImport:
    """The import that was taken back."""

    kind: ImportKind
    filename: str
    removed: int
    restored: int


def import_file(
    database: Database,
    path: Path,
    kind: ImportKind,
    *,
    today: date,
    dry_run: bool = False,
    skip_bad: bool = False,
    asker: Asker = OPERATOR,
    language: Language = "en",
    track: Track = iter,
) -> ImportOutcome:
    """Import a CSV, workbook or GeoJSON file in one transaction.

    A file with bad rows changes nothing; with `skip_bad` its good rows are taken. Either way,
    unless `dry_run`, the bad ones go to `<file>.rejected.csv` with reasons in `language`.
    `today` judges dates. Raises `Refused` when the file as a whole cannot be used or the asker
    may not import.
    """
    if not asker.sees_everything:
        raise Refused(N_("Only those who see all customers may import."))
    table = read_table(path, kind)
    judgement = Judgement(
        headings=table.headings, columns=match_columns(KINDS[kind], table.headings)
    )
    scope: Callable[[], AbstractContextManager[Session]] = (
        database.reading if dry_run else database.writing
    )
    with scope() as session:
        records = _judged(session, track(table.rows), kind, judgement, asker, today)
        refused = bool(judgement.rejected_rows) and not skip_bad
        model, key_columns = TABLES[kind]
        changes: list[Changes] = []
        counted = Changes(table=table_of(model).name)
        if not refused:
            if kind is ImportKind.REPS:
                changes.append(upsert_districts(session, records))
            counted = upsert(session, model, key_columns, records)
            changes.append(counted)
            if kind in MOVES_CUSTOMERS:
                assign_territories(session, asker)
            if kind is ImportKind.APPOINTMENTS:
                _warn_of_clashes(session, asker, records, judgement)
        batch_id = None
        if not dry_run and any(c.added or c.changed for c in changes):
            batch = keep_batch(
                session,
                kind=kind,
                filename=path.name,
                at=datetime.now(UTC),
                changes=changes,
                counted=counted,
            )
            batch_id = batch.id
        rejects_file = None
        if judgement.rejected_rows and not dry_run:  # before the end: a row that is neither taken
            rejects_file = rejects_path(path)  # nor written down would be lost
            write_rejects(
                rejects_file, table, judgement, lambda text, **p: say(language, text, **p)
            )
    return ImportOutcome(
        kind=kind,
        filename=path.name,
        dry_run=dry_run,
        refused=refused,
        rows=len(table.rows),
        added=len(counted.added),
        changed=len(counted.changed),
        unchanged=counted.unchanged,
        rejected_rows=len(judgement.rejected_rows),
        rejected=tuple(sorted(judgement.rejected, key=lambda f: f.line)),
        warnings=tuple(sorted(judgement.warnings, key=lambda f: f.line)),
        ignored_columns=judgement.columns.unknown,
        rejects_file=rejects_file,
        batch_id=batch_id,
    )


def undo_last_import(database: Database, *, now: datetime, asker: Asker = OPERATOR) -> UndoneImport:
    """Take back the last import completely. Raises `CannotUndo` with the reason."""
    if not asker.sees_everything:
        raise Refused(N_("Only those who see all customers may take an import back."))
    with database.writing() as session:
        batch = last_batch(session)
        undo(session, batch, now)
        if batch.kind in MOVES_CUSTOMERS:
            assign_territories(session, asker)
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
    return without_repetitions(kind, records, judgement)


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
