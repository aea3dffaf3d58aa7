"""What the pages of imports show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crm.database import Database
from crm.models import ImportBatch, ImportDraft
from crm.rules.access import IMPORTS, Asker
from crm.spreadsheets.fields import Field
from crm.spreadsheets.findings import shown
from crm.spreadsheets.kinds import KINDS
from crm.spreadsheets.layout import SYSTEM, guess, samples
from crm.spreadsheets.table import Table
from crm.store.imports import import_drafts, imports
from crm.store.people import accounts
from crm.vocabulary import ImportKind, Role
from field_api.services.import_drafts.reading import cells_of, table_of
from field_api.wording import Language, say
from field_api.words import WORDS

MOST_LISTED = 50
BAD_AT_ONCE = 25  # rows that are mended at one time
KIND_NAMES = WORDS[ImportKind]


@dataclass(frozen=True, kw_only=True)
class Imports:
    """The first page: what may be brought in, what was begun, what came in; `last` is the import
    that can be taken back. Who brings in nothing sees who does."""

    kinds: tuple[ImportKind, ...]
    drafts: Sequence[ImportDraft]
    batches: Sequence[ImportBatch]
    last: int | None
    importers: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ColumnShown:
    """A column of the file: its heading, what stands in it, and the field it was given."""

    at: int
    heading: str
    samples: Sequence[str]
    field: str


@dataclass(frozen=True, kw_only=True)
class CellShown:
    """A cell to be mended; `at` is its column, `text` how it stands."""

    at: int
    heading: str
    text: str
    problem: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class RowShown:
    """A row that cannot be taken: what it is called and which cells to mend."""

    line: int
    who: str
    cells: Sequence[CellShown]


@dataclass(frozen=True, kw_only=True)
class WarningShown:
    """Something odd in a row that stops nothing."""

    line: int
    heading: str
    text: str
    problem: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class DraftShown:
    """A begun import as a page shows it."""

    draft: ImportDraft
    fields: Sequence[Field]
    columns: Sequence[ColumnShown]
    bad: Sequence[RowShown]
    warnings: Sequence[WarningShown]
    found: Mapping[str, Any] | None
    asks_system: bool  # whether files of the kind have coordinates
    has_places: bool
    naming: bool  # the step: columns are named; else rows are looked at
    newest: bool  # whether it is the last import and so can be taken back


def overview(database: Database, asker: Asker) -> Imports:
    """The first page of imports."""
    kinds = tuple(kind for kind in ImportKind if kind in IMPORTS.get(asker.role, frozenset()))
    with database.reading() as session:
        batches = imports.listed(session, asker, before=None, limit=MOST_LISTED) if kinds else []
        return Imports(
            kinds=kinds,
            drafts=import_drafts.listed(session, asker, limit=MOST_LISTED) if kinds else [],
            batches=batches,
            last=imports.last_number(session) if kinds else None,
            importers=[]
            if kinds
            else accounts.names_of(
                session, (Role.GENERAL_MANAGER, Role.CHAIRMAN, Role.INFORMATION_ADMIN)
            ),
        )


def one(
    database: Database, asker: Asker, draft_id: UUID, language: Language, *, columns: bool = False
) -> DraftShown:
    """A begun import; with `columns` the step in which they are named. Raises `DraftNotFound`."""
    with database.reading() as session:
        draft = import_drafts.get(session, asker, draft_id)
        newest = draft.batch_id is not None and imports.last_number(session) == draft.batch_id
    return _shown(draft, language, newest=newest, naming=columns)


def _shown(draft: ImportDraft, language: Language, *, newest: bool, naming: bool) -> DraftShown:
    fields = KINDS[draft.kind]
    naming = draft.taken_at is None and (naming or draft.columns is None or draft.found is None)
    columns: list[ColumnShown] = []
    bad: list[RowShown] = []
    found = draft.found
    if draft.taken_at is None:
        rows_shown = (found or {}).get("bad", [])[:BAD_AT_ONCE]
        if naming or rows_shown:
            table = table_of(draft)
            given = draft.columns if draft.columns is not None else guess(fields, table.headings)
            field_at = {at: name for name, at in given.items()}
            columns = [
                ColumnShown(at=at, heading=heading, samples=values, field=field_at.get(at, ""))
                for at, (heading, values) in enumerate(
                    zip(table.headings, samples(table), strict=True)
                )
            ]
            bad = _bad(draft, table, rows_shown, columns, language)
    return DraftShown(
        draft=draft,
        fields=fields,
        columns=columns,
        bad=bad,
        warnings=_warnings(found or {}, language) if draft.taken_at is None else (),
        found=found,
        asks_system=any(field.name == SYSTEM for field in fields),
        has_places=bool(found and found.get("points")),
        naming=naming,
        newest=newest,
    )


def _bad(
    draft: ImportDraft,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[ColumnShown],
    language: Language,
) -> list[RowShown]:
    cells = cells_of(draft, table, {row["line"] for row in rows})
    given = draft.columns or {}
    name_at = [given[name] for name in ("code", "customer_code", "name") if name in given]
    found = []
    for row in rows:
        line = row["line"]
        texts = cells.get(line, [""] * len(columns))
        shown_cells: list[CellShown] = []
        for cell in row["cells"]:
            problem, remedy = _said(cell, language)
            whole = [cell["at"]] if cell["at"] >= 0 else range(len(columns))
            for n, at in enumerate(whole):
                shown_cells.append(
                    CellShown(
                        at=at,
                        heading=columns[at].heading or str(at + 1),
                        text=texts[at],
                        problem="" if n else problem,
                        remedy="" if n else remedy,
                    )
                )
        who = " · ".join(shown(texts[at]) for at in name_at if texts[at])
        found.append(RowShown(line=line, who=who, cells=shown_cells))
    return found


def _warnings(found: Mapping[str, Any], language: Language) -> list[WarningShown]:
    warnings = []
    for row in found.get("warnings", ()):
        for cell in row["cells"]:
            problem, remedy = _said(cell, language)
            warnings.append(
                WarningShown(
                    line=row["line"],
                    heading=cell["column"],
                    text=cell["value"],
                    problem=problem,
                    remedy=remedy,
                )
            )
    return warnings


def _said(cell: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """What is wrong with a cell, and what to do about it."""
    problem, remedy, params = cell["problem"], cell["remedy"], cell["params"]
    return say(language, problem, **params), say(language, remedy, **params)
