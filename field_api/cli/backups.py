"""`callcycle backup` and `callcycle restore`: everything in one file, and back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crm.backup.restore import named
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, chosen_language, opened
from field_api.cli.outcome import REFUSED
from field_api.services.house import backups
from field_api.settings import load_settings
from field_api.wording import say

BYTES_A_MB = 1_000_000


def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The archive to write.")],
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Write all tables and attachments into one file; the service may go on meanwhile."""
    settings = load_settings(db=db, lang=lang)
    database = opened(db, migrated=False)
    made = backups.back_up(database, settings, path, now=datetime.now(UTC))
    _say(
        N_("{path}: {rows} rows of {tables} tables and {files} files, {mb} MB. Keep it safe."),
        path=path,
        rows=made.rows,
        tables=len(made.tables),
        files=len(made.files),
        mb=f"{path.stat().st_size / BYTES_A_MB:.1f}",
    )
    if missing := backups.missing_files(database, made):
        text = N_("{n} attachments that reports tell of are not in their store, such as {key}.")
        typer.echo(say(chosen_language(), text, n=len(missing), key=missing[0]), err=True)


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="An archive of `backup`.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Destroy what the database holds.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before destroying.")] = False,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Fill an empty database from an archive. Stop the service first."""
    settings = load_settings(db=db, lang=lang)
    database = opened(db, migrated=False)
    if replace and not yes and (rows := backups.there(database)):
        _say(N_("This destroys {rows}."), rows=named(rows))
        if not typer.confirm(say(chosen_language(), N_("Go on?")), default=False):
            raise typer.Exit(REFUSED)
    done = backups.restored(database, settings, path, now=datetime.now(UTC), replace=replace)
    if done.destroyed:
        _say(
            N_("Destroyed: {rows}, and {files} files."),
            rows=named(done.destroyed),
            files=done.removed_files,
        )
    _say(
        N_("Restored {rows} rows of {tables} tables and {files} files as of {made_at}."),
        rows=done.manifest.rows,
        tables=len(done.manifest.tables),
        files=len(done.manifest.files),
        made_at=done.manifest.made_at,
    )


def _say(text: str, **params: object) -> None:
    typer.echo(say(chosen_language(), text, **params))
