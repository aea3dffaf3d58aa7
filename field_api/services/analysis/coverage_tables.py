"""The tables of coverage, to take along."""

from crm.database import Database
from crm.rules.access import Asker
from crm.rules.glossary import DEFINITIONS
from crm.rules.region_years import Level
from crm.spreadsheets.workbook import Column, Sheet, Value
from crm.store.customers import overdue_customers
from crm.text import N_
from field_api.services.analysis import coverage
from field_api.wording import Language, say
from maps import figures as words

MOST_OVERDUE = 20_000
NARROW, MIDDLE, WIDE = 12, 18, 32


def figures(
    database: Database, asker: Asker, language: Language, *, month: str, level: Level
) -> Sheet:
    """Each part with every figure, its part and its whole; the total last."""
    with database.reading() as session:
        found = coverage.figures(session, asker, language, month=month, level=level)
    lines = [] if found is None else [*found.lines, found.total]
    keys = list(lines[0].figures) if lines else []
    heads = [(N_("Code"), NARROW), (N_("Name"), WIDE), (N_("Rep"), MIDDLE)]
    heads += [(N_("Planned"), NARROW), (N_("Done"), NARROW)]
    columns = [Column(heading=say(language, text), width=width) for text, width in heads]
    for key in keys:
        name = say(language, DEFINITIONS[key].name)
        columns += [
            Column(heading=f"{name} (%)", width=MIDDLE),
            Column(heading=say(language, N_("{name}: part"), name=name), width=MIDDLE),
            Column(heading=say(language, N_("{name}: of"), name=name), width=MIDDLE),
        ]
    rows: list[tuple[Value, ...]] = []
    for line in lines:
        values: list[Value] = [line.code, line.name, line.rep_name, line.planned, line.done]
        for share in line.figures.values():
            values += [_percent(share.value), share.numerator, share.denominator]
        rows.append(tuple(values))
    return Sheet(
        title=say(language, N_("Coverage")),
        columns=columns,
        rows=rows,
        note="" if found is None else words.days(found.month, found.until, language),
    )


def overdue(
    database: Database, asker: Asker, language: Language, *, month: str, territory: str
) -> Sheet:
    """The overdue customers of a month's end."""
    with database.reading() as session:
        found = coverage.figures(session, asker, language, month=month, level=Level.REGION)
        rows = (
            []
            if found is None
            else overdue_customers.overdue(
                session, asker, found.until, territory=territory, limit=MOST_OVERDUE
            )
        )
    heads = (
        (N_("Code"), NARROW),
        (N_("Name"), WIDE),
        (N_("Grade"), NARROW),
        (N_("Territory"), MIDDLE),
        (N_("Rep"), MIDDLE),
        (N_("Last visit"), MIDDLE),
        (N_("Interval (days)"), MIDDLE),
        (N_("Days overdue"), MIDDLE),
    )
    return Sheet(
        title=say(language, N_("Overdue customers")),
        columns=[Column(heading=say(language, text), width=width) for text, width in heads],
        rows=[
            (
                one.code,
                one.name,
                one.grade.value if one.grade else "",
                one.territory,
                one.rep_name,
                one.last_visit,
                one.interval_days,
                one.days,
            )
            for one in rows
        ],
        note="" if found is None else words.days(found.until, found.until, language),
    )


def white(database: Database, asker: Asker, language: Language, *, month: str) -> Sheet:
    """Where nobody was visited: squares with prospects, then places in which people live."""
    with database.reading() as session:
        found = coverage.figures(session, asker, language, month=month, level=Level.REGION)
        nowhere = None if found is None else coverage.white(session, asker, found)
    heads = (
        (N_("What is there"), MIDDLE),
        (N_("Name"), WIDE),
        (N_("Town"), MIDDLE),
        (N_("Territory"), MIDDLE),
        (N_("Prospects"), NARROW),
        (N_("Active customers there"), MIDDLE),
        (N_("Population"), NARROW),
        (N_("Latitude"), NARROW),
        (N_("Longitude"), NARROW),
        (N_("Source"), WIDE),
    )
    rows: list[tuple[Value, ...]] = []
    if nowhere is not None:
        waiting, living = say(language, N_("prospects")), say(language, N_("people"))
        rows += [
            (
                waiting,
                one.prospect_name,
                one.city,
                one.territory,
                one.prospects,
                one.customers,
                None,
                round(one.south + one.degrees / 2, 5),
                round(one.west + one.degrees / 2, 5),
                "",
            )
            for one in nowhere.spots
        ]
        rows += [
            (
                living,
                one.name,
                "",
                one.territory,
                one.prospects,
                one.customers,
                one.population,
                one.lat,
                one.lon,
                one.source,
            )
            for one in nowhere.places
        ]
    return Sheet(
        title=say(language, N_("White spots")),
        columns=[Column(heading=say(language, text), width=width) for text, width in heads],
        rows=rows,
        note="" if found is None else words.days(found.month, found.until, language),
    )


def _percent(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 1)
