"""`callcycle regions`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from crm.rules.access import OPERATOR
from crm.rules.region_years import Level
from crm.text import N_
from field_api.cli.options import DbOption, LangOption, chosen_language, opened
from field_api.cli.output import stdout
from field_api.schemas.values import EARLIEST_YEAR, LATEST_YEAR
from field_api.services.analysis import region_years
from field_api.wording import say

TEXTS = 4  # columns of words before those of figures


def regions(
    level: Annotated[Level, typer.Option(help="region, district or territory.")] = Level.DISTRICT,
    first_year: Annotated[int | None, typer.Option(min=EARLIEST_YEAR, max=LATEST_YEAR)] = None,
    last_year: Annotated[int | None, typer.Option(min=EARLIEST_YEAR, max=LATEST_YEAR)] = None,
    out: Annotated[Path | None, typer.Option(help="Write an .xlsx or .csv file.")] = None,
    db: DbOption = None,
    lang: LangOption = None,
) -> None:
    """Tell customers and sales of each region, district or territory, year by year."""
    database, language = opened(db), chosen_language()
    if out is not None:
        region_years.write_file(
            database, OPERATOR, level, out, language, first_year=first_year, last_year=last_year
        )
        print(out)
        return
    with database.reading() as session:
        years = region_years.counted_years(session, OPERATOR, level, first_year, last_year)
    lines = region_years.rows(level, years, language)
    if not lines:
        print(say(language, N_("There are no sales yet; import a file of them.")))
        return
    table = Table(box=None, pad_edge=False)
    for number, column in enumerate(region_years.columns(language)):
        table.add_column(column.heading, justify="left" if number < TEXTS else "right")
    for line in lines:
        table.add_row(*(_cell(value) for value in line))
    stdout().print(table)
    for sentence in region_years.definitions(language):
        print(sentence)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "" if value is None else str(value)
