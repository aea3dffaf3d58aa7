"""`callcycle import`, `undo-import` and `template`."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from crm.spreadsheets.findings import Finding
from crm.spreadsheets.intake.records import Record
from crm.spreadsheets.rejects import in_words
from crm.spreadsheets.table import Row
from crm.spreadsheets.template import write_template
from crm.text import N_
from crm.vocabulary import ImportKind
from field_api.cli.options import DbOption, LangOption, TodayOption, chosen_language, day_of, opened
from field_api.cli.outcome import REFUSED
from field_api.ground import ground_by
from field_api.services.imports import ImportOutcome, import_file, undo_last_import
from field_api.settings import load_settings
from field_api.wording import say

SHOWN_ROWS = 50
SHOWN_WARNINGS = 10
ROWS_WITH_PROGRESS = 2000

KindArgument = Annotated[ImportKind, typer.Argument(help="What the file holds.")]


def import_(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, or GeoJSON for territories.")],
    kind: Annotated[ImportKind, typer.Option(help="What the file holds.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Take the good rows.")] = False,
    map_file: Annotated[
        Path | None,
        typer.Option(
            "--map", help="With --dry-run: draw a sample of customers' places into this page."
        ),
    ] = None,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Import a file: all of it or nothing, each bad row named with its reason."""
    if map_file is not None and not (dry_run and kind is ImportKind.CUSTOMERS):
        raise typer.BadParameter("--map goes with --dry-run and --kind customers")
    records: list[Record] = []
    outcome = import_file(
        opened(db),
        file,
        kind,
        today=day_of(today),
        dry_run=dry_run,
        skip_bad=skip_bad,
        language=chosen_language(),
        track=_with_progress,
        on_records=records.extend,
    )
    _show(outcome)
    if map_file is not None:
        _draw(records, map_file)
    if outcome.refused:
        raise typer.Exit(REFUSED)


def _draw(records: Sequence[Record], out: Path) -> None:
    from field_api.services.pictures.readings import draw_readings  # here: folium takes its time

    language = chosen_language()
    count = draw_readings(records, out, language=language, tiles=ground_by(load_settings()))
    text = N_("{count} rows drawn under each coordinate system; open {path} in a browser.")
    print(say(language, text, count=count, path=out))


def undo_import(db: DbOption = None, lang: LangOption = None) -> None:
    """Take the last import back completely."""
    undone = undo_last_import(opened(db), now=datetime.now(UTC))
    print(
        say(
            chosen_language(),
            N_("{filename} ({kind}) was taken back: {removed} removed, {restored} as before."),
            filename=undone.filename,
            kind=undone.kind,
            removed=undone.removed,
            restored=undone.restored,
        )
    )


def template(
    kind: KindArgument,
    out: Annotated[Path | None, typer.Option(help="CSV or XLSX (default: KIND.csv).")] = None,
    lang: LangOption = None,
) -> None:
    """Write a file to fill in, with headings in English and Chinese and one example row."""
    target = out or Path(f"{kind}.csv")
    language = chosen_language()
    write_template(target, kind, chinese=language == "zh")
    print(say(language, N_("Template written to {path}."), path=target))


def _with_progress(rows: Sequence[Row]) -> Iterable[Row]:
    """A bar for files that take longer than a blink, where somebody is looking."""
    console = Console(stderr=True)
    if len(rows) < ROWS_WITH_PROGRESS or not console.is_terminal:
        return rows
    title = say(chosen_language(), N_("Checking {count} rows"), count=len(rows))
    return track(rows, title, console=console, transient=True)


def _show(outcome: ImportOutcome) -> None:
    language = chosen_language()
    if outcome.ignored_columns:
        columns = ", ".join(outcome.ignored_columns)
        print(say(language, N_("Columns not known and ignored: {columns}"), columns=columns))
    _list(outcome.warnings, SHOWN_WARNINGS, say(language, N_("Warnings")))
    _list(outcome.rejected, SHOWN_ROWS, say(language, N_("Rejected")))
    if outcome.rejects_file:
        text = N_("All rejected rows with reasons: {path}")
        print(say(language, text, path=outcome.rejects_file))
    if outcome.refused:
        text = N_(
            "{filename}: {rejected} of {rows} rows cannot be taken, so nothing was changed. "
            "Correct them, or take the others with --skip-bad."
        )
    elif outcome.dry_run:
        text = N_(
            "{filename}: would add {added}, change {changed}, leave {unchanged} unchanged, "
            "reject {rejected} of {rows} rows. Nothing was written."
        )
    else:
        text = N_(
            "{filename}: {added} added, {changed} changed, {unchanged} unchanged, "
            "{rejected} rejected of {rows} rows."
        )
    print(
        say(
            language,
            text,
            filename=outcome.filename,
            rejected=outcome.rejected_rows,
            rows=outcome.rows,
            added=outcome.added,
            changed=outcome.changed,
            unchanged=outcome.unchanged,
        )
    )


def _list(findings: Sequence[Finding], most: int, title: str) -> None:
    language = chosen_language()
    if findings:
        print(say(language, N_("{title}: {count}"), title=title, count=len(findings)))
    for finding in findings[:most]:
        words = in_words(finding, lambda text, **params: say(language, text, **params))
        print("  " + say(language, N_("line {line}: {words}"), line=finding.line, words=words))
    if len(findings) > most:
        print("  " + say(language, N_("… and {count} more"), count=len(findings) - most))
