"""Files that come in over the API: taken in, listed, taken back."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from crm.database import Database
from crm.models import ImportBatch
from crm.rules.access import Asker
from crm.spreadsheets.findings import Finding
from crm.spreadsheets.parse import Judgement
from crm.spreadsheets.read import read_content
from crm.spreadsheets.rejects import in_words
from crm.store.imports import imports
from crm.store.imports.imports import CannotUndo, ImportNotFound
from crm.text import N_
from crm.vocabulary import ImportKind
from field_api.errors import CODES, HttpRefusal
from field_api.schemas.imports import ImportAnswer, KeptImport, RowFinding
from field_api.schemas.values import LARGEST_ROW_NUMBER, Page
from field_api.services.imports.taking_in import (
    ImportOutcome,
    MayNotImport,
    Sent,
    refuse_unless_importing,
    take_in,
    undo_last_import,
)
from field_api.services.pages import cursor, place
from field_api.uploads import SentFile
from field_api.wording import Language, say

MOST_TOLD = 1000  # findings of each sort in an answer

CODES |= {
    MayNotImport: (403, "role_not_allowed"),
    CannotUndo: (409, "cannot_undo"),
    ImportNotFound: (404, "import_not_found"),
}


class ImportRefused(HttpRefusal):
    """Rows that cannot be taken, so that nothing was; each is in `errors` with its reason."""

    status = 422
    code = "import_refused"

    def __init__(self, outcome: ImportOutcome, language: Language) -> None:
        super().__init__(
            N_(
                "{filename}: {rejected} of {rows} rows cannot be taken, so nothing was changed. "
                "Correct them, or take the others with skip_bad=true."
            ),
            filename=outcome.filename,
            rejected=outcome.rejected_rows,
            rows=outcome.rows,
        )
        self.errors = [
            {
                "path": f"file.{finding.line}.{finding.column}".rstrip("."),
                "code": "row_refused",
                "message": in_words(finding, lambda text, **p: say(language, text, **p)),
                "value": finding.value,
            }
            for finding in outcome.rejected[:MOST_TOLD]
        ]


class TooManyBad(HttpRefusal):
    """More bad rows than an answer tells of: taking the others would lose sight of some."""

    status = 422
    code = "too_many_bad_rows"

    def __init__(self, found: int) -> None:
        super().__init__(
            N_(
                "{found} values cannot be taken, more than the {most} that an answer can tell of. "
                "Nothing was changed; correct the file first."
            ),
            found=found,
            most=MOST_TOLD,
        )


def bring_in(
    database: Database,
    asker: Asker,
    kind: ImportKind,
    file: SentFile,
    *,
    dry_run: bool,
    skip_bad: bool,
    today: date,
    now: datetime,
    language: Language,
) -> ImportAnswer:
    """Take a file in as `take_in` does; raises `ImportRefused` for bad rows, unless they are to
    be skipped, and `TooManyBad` when an answer could not name all that were."""
    refuse_unless_importing(asker, kind)
    sent = Sent(name=file.name, kind=kind, table=read_content(Path(file.name), file.content, kind))
    outcome = take_in(
        database,
        sent,
        asker=asker,
        today=today,
        now=now,
        dry_run=dry_run,
        skip_bad=skip_bad,
        keep_rejects=_refuse_untold if skip_bad else lambda _: None,
    )
    if outcome.refused and not dry_run:
        raise ImportRefused(outcome, language)
    return ImportAnswer(
        kind=kind,
        filename=outcome.filename,
        dry_run=dry_run,
        import_id=outcome.batch_id,
        rows=outcome.rows,
        added=outcome.added,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        rejected_rows=outcome.rejected_rows,
        rejected=_told(outcome.rejected, language),
        warned=len(outcome.warnings),
        warnings=_told(outcome.warnings, language),
        ignored_columns=list(outcome.ignored_columns),
    )


def listed(database: Database, asker: Asker, *, after: str | None, limit: int) -> Page[KeptImport]:
    """The imports of kinds that the asker brings in, the newest first."""
    before = place(after, lambda number, _: _number(number))
    with database.reading() as session:
        found = imports.listed(session, asker, before=before, limit=limit + 1)
        shown = found[:limit]
        end = cursor(shown[-1].id or 0, "") if len(found) > limit else None
        return Page(items=[_kept(batch) for batch in shown], next_cursor=end)


def take_back(database: Database, asker: Asker, number: int, *, now: datetime) -> KeptImport:
    """Take an import back, which must be the last one; raises `ImportNotFound`, `CannotUndo`."""
    undo_last_import(database, now=now, asker=asker, number=number)
    with database.reading() as session:
        return _kept(imports.get(session, asker, number))


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LARGEST_ROW_NUMBER:
        raise ValueError(text)
    return number


def _refuse_untold(judgement: Judgement) -> None:
    if len(judgement.rejected) > MOST_TOLD:
        raise TooManyBad(len(judgement.rejected))


def _told(findings: Sequence[Finding], language: Language) -> list[RowFinding]:
    return [
        RowFinding(
            line=finding.line,
            column=finding.column,
            value=finding.value,
            problem=say(language, finding.problem, **finding.params),
            remedy=say(language, finding.remedy, **finding.params),
        )
        for finding in findings[:MOST_TOLD]
    ]


def _kept(batch: ImportBatch) -> KeptImport:
    return KeptImport(
        import_id=batch.id or 0,
        kind=batch.kind,
        filename=batch.filename,
        imported_at=batch.imported_at,
        imported_by=batch.imported_by,
        added=batch.added,
        changed=batch.changed,
        unchanged=batch.unchanged,
        undone_at=batch.undone_at,
    )
