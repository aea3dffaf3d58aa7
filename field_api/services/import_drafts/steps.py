"""The steps of an import: begin, name the columns, mend rows, take in, or drop."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import ImportDraft
from crm.rules.access import Asker
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.layout import by_heading, fingerprint, guess, is_ours, missing, remembered
from crm.spreadsheets.parse import Judgement
from crm.spreadsheets.read import read_content
from crm.store.imports import import_drafts
from crm.store.imports.import_drafts import DraftChanged, DraftNotFound, DraftTaken
from crm.text import N_
from crm.vocabulary import CoordinateSystem, ImportKind
from field_api.errors import CODES
from field_api.services.import_drafts.checking import checked
from field_api.services.import_drafts.reading import LONGEST_CELL, as_told, table_of
from field_api.services.imports.taking_in import (
    ImportOutcome,
    Sent,
    refuse_unless_importing,
    take_in,
)
from field_api.uploads import SentFile


class ColumnsRefused(Refused):
    """The columns cannot be read as they were named."""


class RowsRefused(Refused):
    """Rows stand there that can neither be taken nor were left out."""


CODES |= {
    DraftNotFound: (404, "import_draft_not_found"),
    DraftChanged: (409, "import_draft_changed"),
    DraftTaken: (409, "import_draft_taken"),
    ColumnsRefused: (422, "columns_refused"),
    RowsRefused: (422, "rows_refused"),
}
SYSTEMS = ("", *(system.value for system in CoordinateSystem))


def begin(
    database: Database,
    asker: Asker,
    kind: ImportKind,
    file: SentFile,
    *,
    today: date,
    now: datetime,
) -> UUID:
    """Keep a file and, where its columns speak for themselves or such a file was mapped before,
    check it. Answers the draft's number. Raises `MayNotImport`, `Refused` for what is no table."""
    refuse_unless_importing(asker, kind)
    table = read_content(Path(file.name), file.content, kind)
    fields = KINDS[kind]
    draft = ImportDraft(
        id=uuid4(),
        kind=kind,
        filename=file.name[-255:],
        content=file.content,
        size_bytes=len(file.content),
        rows=len(table.rows),
        begun_by_id=asker.user_id,
        begun_by=asker.name,
        begun_at=now,
        changed_at=now,
    )
    with database.reading() as session:
        known = import_drafts.layout(session, kind, fingerprint(table.headings))
    if known is not None:
        columns = remembered(known.columns, table.headings)
        if not missing(fields, columns):
            draft.columns, draft.system = columns, known.system
    elif is_ours(fields, table.headings):
        draft.columns = guess(fields, table.headings)
    if draft.columns is not None:
        draft.found = checked(database, asker, draft, today=today, now=now)

    with database.writing(by=asker, at=now) as session:
        import_drafts.begin(session, draft)
        return draft.id


def name_columns(
    database: Database,
    asker: Asker,
    draft_id: UUID,
    version: int,
    columns: Mapping[str, int],
    system: str,
    *,
    today: date,
    now: datetime,
) -> None:
    """Say which column is which field, and the system of coordinates that name none; then check.
    Raises `ColumnsRefused`, and as `import_drafts.to_change` does."""
    draft = _as_seen(database, asker, draft_id, version)
    table = table_of(draft)
    fields = KINDS[draft.kind]
    _refuse_bad_columns(draft, columns, len(table.headings))
    if lacking := missing(fields, columns):
        raise ColumnsRefused(
            N_("Say which column holds: {missing}. Without it no row can be taken."),
            missing=", ".join(f"{field.name} ({field.zh})" for field in lacking),
        )
    if system not in SYSTEMS:
        raise ColumnsRefused(N_("“{system}” is no coordinate system that we know."), system=system)
    draft.columns, draft.system = dict(columns), system
    _check_and_keep(database, asker, draft, version, today=today, now=now)


def mend_rows(
    database: Database,
    asker: Asker,
    draft_id: UUID,
    version: int,
    edits: Mapping[int, Mapping[int, str]],
    leave_out: Sequence[int],
    *,
    take_back: Sequence[int] = (),
    all_bad: bool = False,
    today: date,
    now: datetime,
) -> None:
    """Write cells anew (by line and column), leave lines out, or with `all_bad` every bad one,
    take others back in; then check again. Raises as `import_drafts.to_change` does."""
    draft = _as_seen(database, asker, draft_id, version)
    kept = {line: dict(cells) for line, cells in draft.edits.items()}
    for line, cells in edits.items():
        texts = {str(at): text[:LONGEST_CELL] for at, text in cells.items()}
        kept[str(line)] = kept.get(str(line), {}) | texts
    out = set(draft.left_out) | set(leave_out)
    if all_bad and draft.found:
        out |= set(draft.found["bad_lines"])
    draft.edits, draft.left_out = kept, sorted(out - set(take_back))
    _check_and_keep(database, asker, draft, version, today=today, now=now)


def check_again(
    database: Database, asker: Asker, draft_id: UUID, version: int, *, today: date, now: datetime
) -> None:
    """Check a begun import against what is known by now."""
    draft = _as_seen(database, asker, draft_id, version)
    _check_and_keep(database, asker, draft, version, today=today, now=now)


def take(
    database: Database, asker: Asker, draft_id: UUID, version: int, *, today: date, now: datetime
) -> ImportOutcome:
    """Import what the check showed, in one transaction with the draft's end; how its columns were
    named is remembered. Raises `RowsRefused` while rows are bad, and as `to_change` does."""
    draft = _as_seen(database, asker, draft_id, version)
    if draft.columns is None:
        raise ColumnsRefused(N_("Say first which column is which."))
    table, columns = as_told(draft)
    headings = table_of(draft).headings

    def end(session: Session, batch_id: int | None, judgement: Judgement) -> None:
        if judgement.rejected_rows:
            raise RowsRefused(
                N_("{n} rows cannot be taken. Mend them or leave them out; nothing was imported."),
                n=len(judgement.rejected_rows),
            )
        kept = import_drafts.to_change(session, asker, draft_id, version)
        import_drafts.remember(
            session,
            kept.kind,
            fingerprint(headings),
            columns=by_heading(kept.columns or {}, headings),
            system=kept.system,
            now=now,
        )
        done: dict[str, Any] = {"taken_at": now, "batch_id": batch_id, "content": b"", "edits": {}}
        import_drafts.keep(session, kept, done, now)

    return take_in(
        database,
        Sent(name=draft.filename, kind=draft.kind, table=table, columns=columns, on_taken=end),
        asker=asker,
        today=today,
        now=now,
    )


def drop(database: Database, asker: Asker, draft_id: UUID, *, now: datetime) -> str:
    """Forget a begun import; answers what its file was called. Raises `DraftNotFound`."""
    with database.writing(by=asker, at=now) as session:
        draft = import_drafts.get(session, asker, draft_id)
        if draft.taken_at is not None:
            raise DraftTaken
        name = draft.filename
        import_drafts.drop(session, draft)
        return name


def _as_seen(database: Database, asker: Asker, draft_id: UUID, version: int) -> ImportDraft:
    """The draft as the asker saw it, read to work on: nothing of it is written by changing it."""
    with database.reading() as session:
        return import_drafts.as_seen(session, asker, draft_id, version)


def _check_and_keep(
    database: Database,
    asker: Asker,
    draft: ImportDraft,
    version: int,
    *,
    today: date,
    now: datetime,
) -> None:
    """Checking takes a while for a large file, so the writers' turn is taken after it."""
    values: dict[str, Any] = {
        "columns": draft.columns,
        "system": draft.system,
        "edits": draft.edits,
        "left_out": draft.left_out,
        "found": checked(database, asker, draft, today=today, now=now),
    }

    def work(session: Session) -> None:
        kept = import_drafts.to_change(session, asker, draft.id, version)
        import_drafts.keep(session, kept, values, now)

    database.written(work, by=asker, at=now)


def _refuse_bad_columns(draft: ImportDraft, columns: Mapping[str, int], width: int) -> None:
    names = {field.name for field in KINDS[draft.kind]}
    taken: dict[int, str] = {}
    for name, at in columns.items():
        if name not in names or not 0 <= at < width:
            raise ColumnsRefused(N_("There is no column {at} for “{name}”."), at=at, name=name)
        if at in taken:
            raise ColumnsRefused(
                N_("Column {at} is named twice: as “{first}” and as “{second}”."),
                at=at + 1,
                first=taken[at],
                second=name,
            )
        taken[at] = name
