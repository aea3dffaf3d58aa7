"""`callcycle calendar`: which days a country works."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from crm.rules.calendar import CalendarSource
from crm.text import N_
from crm.vocabulary import ImportKind
from field_api.cli import imports
from field_api.cli.options import DbOption, LangOption, TodayOption, chosen_language, opened
from field_api.cli.output import stdout
from field_api.schemas.values import EARLIEST_YEAR, LATEST_YEAR
from field_api.services.days import calendar as service
from field_api.settings import load_settings
from field_api.wording import say
from maps.figures import day as day_in_words

SOURCES = {
    CalendarSource.LIBRARY: N_("holidays package"),
    CalendarSource.OFFICIAL: N_("official notice"),
    CalendarSource.OWN: N_("own"),
}

app = typer.Typer(help="Which days a country works. 工作日历", no_args_is_help=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX: country, date, workday, name.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
    today: TodayOption = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """State days of a country's calendar: they come before what is known otherwise."""
    imports.import_(file, ImportKind.CALENDAR, dry_run=dry_run, today=today, db=db, lang=lang)


@app.command()
def show(
    year: Annotated[int, typer.Argument(min=EARLIEST_YEAR, max=LATEST_YEAR, help="The year.")],
    country: Annotated[
        str | None, typer.Option(help="ISO 3166 (default: setting CALLCYCLE_COUNTRY).")
    ] = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """List a year's days off and made-up workdays, and where each is known from."""
    named = country or load_settings().country
    if not named:
        raise typer.BadParameter("name a country, such as --country CN")
    found = service.year_of(opened(db), named, year)
    language = chosen_language()
    table = Table(box=None, pad_edge=False)
    for title in (N_("Day"), "", N_("Name"), N_("Known from")):
        table.add_column(say(language, title) if title else "")
    for one in found.days:
        table.add_row(
            day_in_words(one.date, language),
            say(language, N_("workday") if one.is_workday else N_("off")),
            one.name_zh if language == "zh" and one.name_zh else one.name,
            say(language, SOURCES[one.source]),
        )
    stdout().print(table)
    if found.guessed:
        text = N_(
            "The arrangement of {year} in {country} is a guess without made-up workdays. Import it "
            "when it is announced: callcycle calendar import FILE."
        )
        print(say(language, text, year=found.year, country=found.country))
