"""`callcycle roads peaks`: hours at which driving takes longer."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from crm.rules.access import OPERATOR
from crm.store.travel import peak_hours
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, chosen_language, opened
from field_api.cli.output import stdout
from field_api.services.travel import peak_hours as service
from field_api.wording import say

app = typer.Typer(help="Hours at which driving takes longer. 高峰时段", no_args_is_help=True)


@app.command()
def show(db: DbOption = None, lang: LangOption = None) -> None:
    """List the company's peak hours, and those of districts that have their own."""
    database, language = opened(db), chosen_language()
    with database.reading() as session:
        found = peak_hours.tables_of(session, OPERATOR)
    if not any(peaks for _, peaks in found):
        print(say(language, N_("No peak hours: a drive takes the same at any hour.")))
        return
    table = Table(box=None, pad_edge=False)
    for title in (N_("District"), N_("Peak hours")):
        table.add_column(say(language, title))
    company = say(language, N_("company"))
    for district, peaks in found:
        for peak in sorted(peaks):
            table.add_row(district.code if district else company, peak.in_words)
    stdout().print(table)


@app.command("set")
def set_(
    file: Annotated[
        Path,
        typer.Argument(help="CSV: district (empty: the company), weekdays, begin, end, percent."),
    ],
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Set the peak hours of the districts that a file names, all or none."""
    database, language = opened(db), chosen_language()
    try:
        wanted = service.read_file(file)
    except service.UnsoundPeakFile as error:
        for line, found in error.found:
            reason = say(language, found.text, **found.params)
            print(say(language, N_("Line {n}: {reason}"), n=line, reason=reason), file=sys.stderr)
        raise
    changed = service.put_all(database, OPERATOR, wanted, now=datetime.now(UTC))
    text = N_(
        "{count} tables of peak hours read, {changed} changed. Plans made from now on use them."
    )
    print(say(language, text, count=len(wanted), changed=changed))


@app.command()
def clear(
    district: Annotated[
        str, typer.Option(help="Code of the district (default: the company's table).")
    ] = "",
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Take away the peak hours of a district, or of the company."""
    database, language = opened(db), chosen_language()
    changed = service.put_all(database, OPERATOR, {district: ()}, now=datetime.now(UTC))
    text = N_("Taken away.") if changed else N_("There were none.")
    print(say(language, text))
