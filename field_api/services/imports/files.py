"""Importing a file that lies in a folder, its bad rows written down beside it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from crm.database import Database
from crm.rules.access import OPERATOR, Asker
from crm.spreadsheets.parse import Judgement
from crm.spreadsheets.read import read_table
from crm.spreadsheets.rejects import rejects_path, write_rejects
from crm.vocabulary import ImportKind
from field_api.services.imports.taking_in import (
    ImportOutcome,
    OnRecords,
    Sent,
    Track,
    refuse_unless_importing,
    take_in,
)
from field_api.wording import Language, say


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
    on_records: OnRecords = lambda _records: None,
) -> ImportOutcome:
    """Import a CSV, workbook or GeoJSON file as `take_in` does. Bad rows go to
    `<file>.rejected.csv` with reasons in `language`; raises `Refused` when they cannot."""
    refuse_unless_importing(asker, kind)
    table = read_table(path, kind)
    beside = rejects_path(path)

    def keep_rejects(judgement: Judgement) -> None:
        write_rejects(beside, table, judgement, lambda text, **p: say(language, text, **p))

    outcome = take_in(
        database,
        Sent(name=path.name, kind=kind, table=table),
        asker=asker,
        today=today,
        now=datetime.now(UTC),
        dry_run=dry_run,
        skip_bad=skip_bad,
        track=track,
        keep_rejects=keep_rejects,
        on_records=on_records,
    )
    written = outcome.rejected_rows and not dry_run
    return replace(outcome, rejects_file=beside) if written else outcome
