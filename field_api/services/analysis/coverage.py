"""The coverage of a month: who was visited as often as asked for, who was not, and where nobody
is. Figures of days that are over, as the night reckoned them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from sqlmodel import Session

from crm.database import Database
from crm.models import District, Region, Rep, Territory, TerritoryMonth
from crm.rules.access import Asker
from crm.rules.figures.month_shares import OF_TERRITORIES, shares
from crm.rules.glossary import DEFINITIONS, FigureKey
from crm.rules.region_years import Level
from crm.rules.rep_figures import Share, month_of
from crm.store.analysis import populated_places, white_spots
from crm.store.analysis.populated_places import WhitePlace
from crm.store.analysis.white_spots import WhiteSpot
from crm.store.customers import overdue_customers
from crm.store.customers.overdue_customers import Overdue
from crm.store.month_counts import kept
from crm.store.people import organisation
from crm.store.territories import territories
from crm.text import N_
from field_api.wording import Language, say

OVERDUE_PAGE = 25
MOST_POINTS = 20_000  # on the map; more are counted by squares, a district has fewer
WHITE_SHOWN = 25  # in the list; the map has them all
NOWHERE = N_("in no territory")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A part of the company in a month. `rep_code` and `rep_name` of a territory's rep then."""

    code: str
    name: str
    rep_code: str = ""
    rep_name: str = ""
    planned: int
    done: int
    figures: dict[FigureKey, Share]


@dataclass(frozen=True, kw_only=True)
class MonthFigures:
    """A month's lines and their total; `until` the last day counted, `earlier` and `later` the
    months beside it that there are."""

    month: date
    until: date
    reckoned_at: datetime
    earlier: date | None
    later: date | None
    lines: list[Line]
    total: Line
    months: list[date] = field(default_factory=list)

    @property
    def last_day(self) -> date:
        """The month's."""
        return month_of(self.month)[1]


@dataclass(frozen=True, kw_only=True)
class OverdueList:
    """A page of overdue customers; `after` is what to ask for the next one with."""

    rows: list[Overdue]
    after: int | None


@dataclass(frozen=True, kw_only=True)
class WhiteList:
    """Where nobody was visited: squares with prospects, and `places` in which people live.
    `populated`: whether it is known at all where people live."""

    spots: Sequence[WhiteSpot]
    places: Sequence[WhitePlace]
    populated: bool


@dataclass(frozen=True, kw_only=True)
class CoveragePage:
    """What the page shows; `found` None: nothing was reckoned yet."""

    found: MonthFigures | None
    overdue: OverdueList | None = None
    white: WhiteList | None = None
    crowded: bool = False  # more customers than the map shows one by one
    white_shown: int = WHITE_SHOWN  # of each list


def page(
    database: Database,
    asker: Asker,
    language: Language,
    *,
    month: str,
    level: Level,
    territory: str,
    after: int,
) -> CoveragePage:
    """A month's figures, its overdue customers and its white spots."""
    with database.reading() as session:
        found = figures(session, asker, language, month=month, level=level)
        if found is None:
            return CoveragePage(found=None)
        return CoveragePage(
            found=found,
            overdue=overdue(session, asker, found.until, territory=territory, after=after),
            white=white(session, asker, found),
            crowded=overdue_customers.are_more_than(session, asker, found.until, MOST_POINTS),
        )


def figures(
    session: Session, asker: Asker, language: Language, *, month: str, level: Level
) -> MonthFigures | None:
    """A month's figures by territories, districts or regions; the newest month where none is
    named or none such was reckoned. None: nothing was reckoned yet."""
    months = kept.months_of(session, asker)
    if not months:
        return None
    wanted = date.fromisoformat(f"{month}-01") if month else months[0]
    chosen = wanted if wanted in months else months[0]
    rows = kept.territory_months(session, asker, [chosen])
    steps = dict(pairwise(months))
    return MonthFigures(
        month=chosen,
        until=rows[0].until,
        reckoned_at=rows[0].reckoned_at,
        earlier=steps.get(chosen),
        later={before: after for after, before in steps.items()}.get(chosen),
        lines=_lines(session, asker, rows, level, language),
        total=_line("", say(language, N_("Total")), rows),
        months=months,
    )


def trend(session: Session, asker: Asker, months: Sequence[date]) -> list[tuple[date, Line]]:
    """The total of each month, the oldest first."""
    by_month: dict[date, list[TerritoryMonth]] = defaultdict(list)
    for row in kept.territory_months(session, asker, months):
        by_month[row.month].append(row)
    return [(month, _line("", "", rows)) for month, rows in sorted(by_month.items())]


def overdue(
    session: Session, asker: Asker, until: date, *, territory: str, after: int
) -> OverdueList:
    """The overdue customers of a territory (empty: of all), A first, a page of them."""
    rows = overdue_customers.overdue(
        session, asker, until, territory=territory, after=after, limit=OVERDUE_PAGE + 1
    )
    more = len(rows) > OVERDUE_PAGE
    return OverdueList(rows=rows[:OVERDUE_PAGE], after=after + OVERDUE_PAGE if more else None)


def white(session: Session, asker: Asker, found: MonthFigures) -> WhiteList:
    """Where prospects wait or people live and nobody was visited in the month."""
    populated = populated_places.are_known(session)
    cells = white_spots.cells(session, asker, found.month, found.until, all_of_them=populated)
    return WhiteList(
        spots=white_spots.white_spots(session, asker, cells),
        places=populated_places.white_places(session, asker, cells) if populated else (),
        populated=populated,
    )


def said(language: Language, key: FigureKey, share: Share) -> str:
    """What a share is of, in words: 46 of 50 visits asked for."""
    return say(
        language,
        DEFINITIONS[key].of,
        part=f"{share.numerator:,}",
        whole=f"{share.denominator:,}",
    )


def shapes(session: Session, asker: Asker) -> dict[str, dict[str, object]]:
    """The territories' geometries by code."""
    found = territories.territories_of(session, asker)
    return {one.code: json.loads(one.geometry) for one in found}


def _lines(
    session: Session,
    asker: Asker,
    rows: Sequence[TerritoryMonth],
    level: Level,
    language: Language,
) -> list[Line]:
    owned = {one.id: one for one in territories.territories_of(session, asker)}
    districts = {one.id: one for one in organisation.districts_of(session, asker)}
    regions = {one.id: one for one in organisation.regions_of(session, asker)}
    reps: dict[int | None, Rep] = {one.id: one for one in organisation.reps_of(session, asker)}
    parts: dict[int | None, list[TerritoryMonth]] = defaultdict(list)
    for row in rows:
        territory = owned.get(row.territory_id)
        district = districts.get(territory.district_id) if territory else None
        key = {
            Level.TERRITORY: territory.id if territory else None,
            Level.DISTRICT: district.id if district else None,
            Level.REGION: district.region_id if district else None,
        }[level]
        parts[key].append(row)
    names: dict[Level, dict[int | None, Territory | District | Region]] = {
        Level.TERRITORY: {**owned},
        Level.DISTRICT: {**districts},
        Level.REGION: {**regions},
    }
    found = []
    for key, counted in parts.items():
        part = names[level].get(key)
        rep = reps.get(counted[-1].rep_id) if level is Level.TERRITORY else None
        found.append(
            _line(
                part.code if part else "",
                part.name if part else say(language, NOWHERE),
                counted,
                rep=rep,
            )
        )
    return sorted(found, key=lambda line: (not line.code, line.code))


def _line(code: str, name: str, rows: Iterable[TerritoryMonth], rep: Rep | None = None) -> Line:
    every = list(rows)
    return Line(
        code=code,
        name=name,
        rep_code=rep.code if rep else "",
        rep_name=rep.name if rep else "",
        planned=sum(row.planned for row in every),
        done=sum(row.done for row in every),
        figures=shares(every, OF_TERRITORIES),
    )
