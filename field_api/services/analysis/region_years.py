"""区域分析 per year: customers, sales and their shares, by region, district or territory."""

from dataclasses import asdict
from pathlib import Path

from sqlmodel import Session

from crm.database import Database
from crm.rules.access import Asker
from crm.rules.region_years import Level, PartOfYear, Year, years_of
from crm.spreadsheets.delimited import csv_bytes
from crm.spreadsheets.whole_file import write_whole
from crm.spreadsheets.workbook import Column, Sheet, Value, workbook_bytes
from crm.store.analysis import region_years
from crm.text import N_
from field_api.errors import InvalidInput
from field_api.schemas.region_years import PartAnswer, RegionYearsAnswer, YearAnswer
from field_api.wording import Language, say

MOST_YEARS = 20
MONEY_DECIMALS, SHARE_DECIMALS = 2, 2
DEFINITIONS = (
    N_("Customers: those who bought something in the year; counted where they lie today."),
    N_("Share of customers: of all customers who bought in the year, among those that you see."),
    N_("Sales: all sales of the year less returns, of these customers."),
    N_("Share of sales: of all sales of the year among those that you see."),
)
HEADINGS: tuple[tuple[str, int], ...] = (
    (N_("Level"), 12),
    (N_("Year"), 8),
    (N_("Code"), 14),
    (N_("Name"), 28),
    (N_("Customers"), 12),
    (N_("Share of customers (%)"), 16),
    (N_("Sales"), 16),
    (N_("Share of sales (%)"), 16),
)
LEVELS = {
    Level.REGION: N_("Region"),
    Level.DISTRICT: N_("District"),
    Level.TERRITORY: N_("Territory"),
}
TOTAL = N_("Total")
NOWHERE = N_("in no territory")


def analysis(
    database: Database,
    asker: Asker,
    level: Level,
    language: Language,
    *,
    first_year: int | None,
    last_year: int | None,
) -> RegionYearsAnswer:
    """The years wanted, those with sales where none are named. Raises `InvalidInput`."""
    with database.reading() as session:
        years = counted_years(session, asker, level, first_year, last_year)
    return RegionYearsAnswer(
        level=level,
        definitions=definitions(language),
        years=[
            YearAnswer(
                year=one.year,
                parts=[PartAnswer(**asdict(part)) for part in one.parts],
                total=PartAnswer(**asdict(one.total)),
            )
            for one in years
        ],
    )


def counted_years(
    session: Session, asker: Asker, level: Level, first_year: int | None, last_year: int | None
) -> list[Year]:
    """The years from the first to the last one; raises `InvalidInput` for too many or none."""
    known = region_years.years_with_sales(session, asker)
    first = first_year or (known[0] if known else last_year)
    last = last_year or (known[1] if known else first_year)
    if first is None or last is None:
        return []
    if first_year is None:
        first = max(min(first, last), last - MOST_YEARS + 1)
    if last_year is None:
        last = min(max(first, last), first + MOST_YEARS - 1)
    if first > last:
        raise InvalidInput(
            "query.first_year",
            N_("The years from {first} to {last} are none; were the two swapped?"),
            first=first,
            last=last,
        )
    if last - first >= MOST_YEARS:
        raise InvalidInput(
            "query.last_year",
            N_("Those are {n} years; ask for {most} at most."),
            n=last - first + 1,
            most=MOST_YEARS,
        )
    years = range(first, last + 1)
    return years_of(region_years.counted(session, asker, level, years), years)


def definitions(language: Language) -> list[str]:
    """What is counted, in words."""
    return [say(language, text) for text in DEFINITIONS]


def columns(language: Language) -> list[Column]:
    """The headings of a table."""
    return [Column(heading=say(language, text), width=width) for text, width in HEADINGS]


def rows(level: Level, years: list[Year], language: Language) -> list[tuple[Value, ...]]:
    """The lines of a table: each part of each year, and the year's total."""
    title = say(language, LEVELS[level])
    lines: list[tuple[Value, ...]] = []
    for year in years:
        for part in year.parts:
            name = part.name if part.code else say(language, NOWHERE)
            lines.append((title, year.year, part.code or "-", name, *_figures(part)))
        lines.append((title, year.year, "", say(language, TOTAL), *_figures(year.total)))
    return lines


def write_file(
    database: Database,
    asker: Asker,
    level: Level,
    path: Path,
    language: Language,
    *,
    first_year: int | None,
    last_year: int | None,
) -> None:
    """Write the analysis as XLSX, or as CSV where the file is named so."""
    written = sheet(database, asker, level, language, first_year=first_year, last_year=last_year)
    is_csv = path.suffix.lower() == ".csv"
    write_whole(path, csv_bytes(written) if is_csv else workbook_bytes([written]))


def sheet(
    database: Database,
    asker: Asker,
    level: Level,
    language: Language,
    *,
    first_year: int | None = None,
    last_year: int | None = None,
) -> Sheet:
    """The analysis as a table to take along."""
    with database.reading() as session:
        years = counted_years(session, asker, level, first_year, last_year)
    return Sheet(
        title=say(language, LEVELS[level]),
        columns=columns(language),
        rows=rows(level, years, language),
        note=" ".join(definitions(language)),
    )


def _figures(part: PartOfYear) -> tuple[Value, ...]:
    return (
        part.customers,
        _percent(part.customers_share),
        round(part.sales_cents / 100, MONEY_DECIMALS),
        _percent(part.sales_share),
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, SHARE_DECIMALS)
