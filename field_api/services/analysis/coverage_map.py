"""The coverage of a month as a map."""

from sqlmodel import Session

from crm.rules.access import Asker
from crm.rules.coverage_squares import SQUARES_A_DEGREE, at_most
from crm.rules.glossary import DEFINITIONS, FigureKey
from crm.rules.region_years import Level
from crm.store.customers import overdue_customers
from crm.text import N_
from field_api.ground import ground_by
from field_api.house import House
from field_api.services.analysis import coverage
from field_api.wording import Language, say
from maps import figures
from maps.draw import month as month_map
from maps.views import (
    DetailLine,
    MonthPoint,
    MonthSquare,
    MonthTerritory,
    MonthView,
    PeopledPlace,
    WhiteCell,
)

MOST_SQUARES = 20_000
STATES = ("not_due", "done", "late")


def drawn(house: House, asker: Asker, language: Language, *, month: str, measure: FigureKey) -> str:
    """The map of a month, of the newest one where none is named."""
    with house.database.reading() as session:
        view = _view(session, asker, language, month, measure)
    return month_map.html(view, language=language, tiles=ground_by(house.settings))


def _view(
    session: Session, asker: Asker, language: Language, month: str, measure: FigureKey
) -> MonthView:
    found = coverage.figures(session, asker, language, month=month, level=Level.TERRITORY)
    definition = DEFINITIONS[measure]
    points = () if found is None else _points(session, asker, found)
    white = None if found is None else coverage.white(session, asker, found)
    return MonthView(
        title=say(language, N_("Coverage")),
        measure=say(language, definition.name),
        formula=say(language, definition.formula),
        low_is_good=measure is FigureKey.OVERDUE,
        territories=() if found is None else _territories(session, asker, found, measure, language),
        points=points,
        squares=() if found is None or points else _squares(session, asker, found),
        cells=() if white is None else _cells(white, language),
        places=() if white is None else _places(white, language),
        period="" if found is None else figures.days(found.month, found.until, language),
    )


def _territories(
    session: Session,
    asker: Asker,
    found: coverage.MonthFigures,
    measure: FigureKey,
    language: Language,
) -> tuple[MonthTerritory, ...]:
    shapes = coverage.shapes(session, asker)
    return tuple(
        MonthTerritory(
            code=line.code,
            name=line.name,
            rep_name=line.rep_name,
            geometry=shapes[line.code],
            share=line.figures[measure].value,
            text=coverage.said(language, measure, line.figures[measure]),
            facts=(
                DetailLine(label=say(language, N_("Rep")), text=line.rep_name),
                *(_fact(key, line, language) for key in line.figures),
            ),
        )
        for line in found.lines
        if line.code in shapes
    )


def _fact(key: FigureKey, line: coverage.Line, language: Language) -> DetailLine:
    share = line.figures[key]
    said = coverage.said(language, key, share)
    text = f"{figures.percent(share.numerator, share.denominator)} · {said}"
    return DetailLine(label=say(language, DEFINITIONS[key].name), text=text)


def _points(session: Session, asker: Asker, found: coverage.MonthFigures) -> tuple[MonthPoint, ...]:
    placed = overdue_customers.placed(
        session, asker, found.month, found.until, most=coverage.MOST_POINTS
    )
    return tuple(
        MonthPoint(
            code=one.code,
            lat=one.lat,
            lon=one.lon,
            grade=one.grade.value if one.grade else None,
            state=STATES[one.state],  # type: ignore[arg-type]
        )
        for one in placed
    )


def _squares(
    session: Session, asker: Asker, found: coverage.MonthFigures
) -> tuple[MonthSquare, ...]:
    every = overdue_customers.by_square(session, asker, found.month, found.until)
    wide, squares = at_most(every, MOST_SQUARES)
    degrees = wide / SQUARES_A_DEGREE
    return tuple(
        MonthSquare(
            lat=(one.at[0] + 0.5) * degrees,
            lon=(one.at[1] + 0.5) * degrees,
            customers=one.customers,
            late=one.late,
            done=one.done,
        )
        for one in squares
    )


def _cells(white: coverage.WhiteList, language: Language) -> tuple[WhiteCell, ...]:
    text = N_("{n} prospects, nobody visited: {name}")
    return tuple(
        WhiteCell(
            lat=one.south,
            lon=one.west,
            degrees=one.degrees,
            text=say(language, text, n=one.prospects, name=one.prospect_name),
        )
        for one in white.spots
    )


def _places(white: coverage.WhiteList, language: Language) -> tuple[PeopledPlace, ...]:
    text = N_("{name}: {n} people, nobody visited; {prospects} prospects there")
    return tuple(
        PeopledPlace(
            lat=one.lat,
            lon=one.lon,
            reach_m=one.reach_m,
            text=say(
                language,
                text,
                name=one.name,
                n=f"{one.population:,}",
                prospects=one.prospects,
            ),
        )
        for one in white.places
    )
