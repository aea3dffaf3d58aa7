"""Coverage: planned against done, and where nobody is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from maps.views.common import DetailLine, Grade
from maps.views.customers import CustomerPoint


@dataclass(frozen=True, kw_only=True)
class TerritoryCoverage:
    """How far a territory's required visits are on days. `planned` is Σ min(planned, required)
    over its customers, so that one visited too often hides no gap; likewise `done`, which is None
    before the period begins."""

    code: str
    name: str
    rep_name: str
    geometry: dict[str, Any]
    customers: int
    required: int
    planned: int
    done: int | None = None
    overdue: int = 0


@dataclass(frozen=True, kw_only=True)
class CoverageView:
    """Coverage per territory, with the customers that are late or unserved as points."""

    title: str
    territories: tuple[TerritoryCoverage, ...]
    missed: tuple[CustomerPoint, ...] = ()
    period: str = ""
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MonthTerritory:
    """A territory in a month: the figure that the map is about as a share of one (None: nothing
    to reckon it from) and in words, and all figures as lines of its card."""

    code: str
    name: str
    rep_name: str
    geometry: dict[str, Any]
    share: float | None
    text: str
    facts: tuple[DetailLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MonthPoint:
    """A customer in a month: overdue at its end, visited in it, or neither."""

    code: str
    lat: float
    lon: float
    grade: Grade | None
    state: Literal["late", "done", "not_due"]


class MonthSquare(NamedTuple):  # made by the ten thousand, in half the time of a dataclass
    """Customers counted in a square of the map around a place: how many, how many overdue, how
    many visited."""

    lat: float
    lon: float
    customers: int
    late: int
    done: int


@dataclass(frozen=True, kw_only=True)
class WhiteCell:
    """A square of the map (south-western corner and size in degrees) with prospects and no
    visit; `text` says how many."""

    lat: float
    lon: float
    degrees: float
    text: str


@dataclass(frozen=True, kw_only=True)
class PeopledPlace:
    """A place in which people live and nobody was visited: its centre and how far it reaches;
    `text` says how many they are."""

    lat: float
    lon: float
    reach_m: int
    text: str


@dataclass(frozen=True, kw_only=True)
class MonthView:
    """A month on the map: territories by a figure (`measure`: its name, `formula`: of what;
    `low_is_good` for one like the overdue rate), customers as points, white spots."""

    title: str
    measure: str
    formula: str
    territories: tuple[MonthTerritory, ...]
    low_is_good: bool = False
    points: tuple[MonthPoint, ...] = ()
    squares: tuple[MonthSquare, ...] = ()  # instead of points, where they are too many
    cells: tuple[WhiteCell, ...] = ()
    places: tuple[PeopledPlace, ...] = ()
    period: str = ""
    attribution: tuple[str, ...] = ()
