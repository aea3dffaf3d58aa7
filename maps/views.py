"""What the maps are drawn from: plain frozen values, no customer records and no plans.

Places are WGS-84 degrees. Times of day are whole seconds after the rep's local midnight,
durations are seconds (`_s`), distances metres (`_m`). Texts are shown exactly as given and in the
language they came in; whatever a person typed may stand in any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from geography.systems import System

Language = Literal["en", "zh"]
Grade = Literal["A", "B", "C", "D", "E"]
CustomerState = Literal["done", "planned", "late", "unserved", "not_due"]
StopKind = Literal["visit", "appointment", "promise"]
LatLon = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Tiles:
    """A tile server to draw under the picture: its URL with `{z}`, `{x}`, `{y}`, and the credit
    its owner asks for. Tiles of China are drawn in a system of their own, such as GCJ-02; the
    data is brought to it. Only a map with tiles ever loads anything."""

    url: str
    attribution: str
    max_zoom: int = 19
    system: System = "WGS-84"


@dataclass(frozen=True, kw_only=True)
class DetailLine:
    """One line of a card, such as ("Last visit", "Fri 13 Nov")."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PlaceView:
    """Where a rep's day starts or ends."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class CustomerPoint:
    """A customer on a map. `grade` None: not graded yet. `state` in the map's period: visited
    (done), on a day (planned), past the due date (late), due and on no day (unserved), or not
    due at all. `details` go on the card below name, code, grade and state."""

    code: str
    name: str
    lat: float
    lon: float
    grade: Grade | None
    state: CustomerState
    details: tuple[DetailLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CustomersView:
    """The customer map. `period` says what the states refer to."""

    title: str
    customers: tuple[CustomerPoint, ...]
    period: str = ""
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Where a pair of numbers lies when it is taken to be in a system; `metres` from where it
    lies as WGS-84. `href` opens the place in a map application."""

    system: System
    lat: float
    lon: float
    metres: int
    href: str


@dataclass(frozen=True, kw_only=True)
class ReadingsRow:
    """A row of a file with coordinates, under each reading. `taken` is the one it is read by."""

    code: str
    name: str
    line: int
    taken: System
    stated: bool
    readings: tuple[Reading, ...]


@dataclass(frozen=True, kw_only=True)
class ReadingsView:
    """A sample of the rows of a file before it is taken in; `all_rows` is how many it has."""

    title: str
    rows: tuple[ReadingsRow, ...]
    all_rows: int
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IncomingPoint:
    """A row of a file that can be taken, and what it would do."""

    line: int
    code: str
    name: str
    lat: float
    lon: float
    does: Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, kw_only=True)
class IncomingView:
    """The rows of a file before they are taken in."""

    title: str
    points: tuple[IncomingPoint, ...]
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlaceCandidate:
    """A place that a customer's address may mean, by the number under which it is chosen. `level`
    says in words what it stands for; `href` opens the place in a map application."""

    number: int
    label: str
    level: str
    lat: float
    lon: float
    href: str


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """A customer whose place nobody knows, what was found by its address, and what is doubtful
    about it, in words. `provider` is who was asked, empty: nobody yet."""

    code: str
    name: str
    address: str
    provider: str
    doubts: tuple[str, ...]
    candidates: tuple[PlaceCandidate, ...]


@dataclass(frozen=True, kw_only=True)
class AreaOutline:
    """A territory to look at other things by: a GeoJSON Polygon or MultiPolygon (lon, lat)."""

    code: str
    name: str
    geometry: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class PlacesView:
    """Customers whose place a person has to settle, over the outlines of territories."""

    title: str
    rows: tuple[PlaceRow, ...]
    territories: tuple[AreaOutline, ...] = ()
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StopView:
    """One visit of a day, with the leg that leads to it. `path` is the way driven from the stop
    before, its two ends left out; empty draws a straight line."""

    code: str
    name: str
    lat: float
    lon: float
    grade: Grade | None
    purpose: str
    arrive_s: int
    begin_s: int
    end_s: int
    travel_s: int
    travel_m: int
    kind: StopKind = "visit"
    path: tuple[LatLon, ...] = ()
    details: tuple[DetailLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DayRouteView:
    """A rep's day in driving order. `travel_back_*` and `path_back` are the last leg; `cycle_week`
    counts the weeks of the call cycle from 1."""

    rep_code: str
    rep_name: str
    date: date
    cycle_week: int
    leave_s: int
    return_s: int
    start: PlaceView
    end: PlaceView
    stops: tuple[StopView, ...]
    travel_back_s: int
    travel_back_m: int
    path_back: tuple[LatLon, ...] = ()
    lunch_begin_s: int | None = None
    lunch_s: int = 0

    @property
    def travel_s(self) -> int:
        """Seconds on the road, the way back included."""
        return sum(stop.travel_s for stop in self.stops) + self.travel_back_s

    @property
    def travel_m(self) -> int:
        """Metres driven, the way back included."""
        return sum(stop.travel_m for stop in self.stops) + self.travel_back_m


@dataclass(frozen=True, kw_only=True)
class RoutesView:
    """The day routes of one rep's cycle, coloured by weekday; with several reps, coloured by rep.
    `notes` say what the figures rest on, such as where the travel times came from."""

    title: str
    days: tuple[DayRouteView, ...]
    notes: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TerritoryView:
    """A territory: a GeoJSON Polygon or MultiPolygon (lon, lat), and its hours in the period."""

    code: str
    name: str
    rep_name: str
    geometry: dict[str, Any]
    customers: int
    needed_s: int
    available_s: int


@dataclass(frozen=True, kw_only=True)
class MovedCustomer:
    """A customer who would get another rep; None: nobody has the customer before."""

    code: str
    name: str
    lat: float
    lon: float
    before: str | None
    after: str


@dataclass(frozen=True, kw_only=True)
class TerritoriesView:
    """Territories with the customers that break the rule of exactly one: `outside` lie in none,
    `shared` in several. Where two territories overlap is found while drawing. A proposal is drawn
    over today's territories (`today`), with the customers that would be `moved`."""

    title: str
    territories: tuple[TerritoryView, ...]
    outside: tuple[CustomerPoint, ...] = ()
    shared: tuple[CustomerPoint, ...] = ()
    today: tuple[TerritoryView, ...] = ()
    moved: tuple[MovedCustomer, ...] = ()
    period: str = ""
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EditedTerritory:
    """A territory to be drawn anew; `version` is what an edit of it names. With `rep_hidden`
    there is a rep whom the reader does not see."""

    code: str
    name: str
    rep_code: str | None
    district_code: str
    version: int
    geometry: dict[str, Any]
    rep_hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class EditorView:
    """Territories to be drawn anew, with the customers in them. `api` is the address of the
    service on the page's own host, None for a page in a file; new territories are of
    `district_code`."""

    title: str
    territories: tuple[EditedTerritory, ...]
    customers: tuple[CustomerPoint, ...] = ()
    api: str | None = None
    district_code: str | None = None
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WhatIfView:
    """A district as it is and as it would be: territories both ways, the customers that would
    have another rep, and `figures` as lines of (label, today, then)."""

    title: str
    today: tuple[TerritoryView, ...]
    then: tuple[TerritoryView, ...]
    moved: tuple[CustomerPoint, ...] = ()
    figures: tuple[tuple[str, str, str], ...] = ()
    period: str = ""
    attribution: tuple[str, ...] = ()


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


@dataclass(frozen=True, kw_only=True)
class MonthSquare:
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


@dataclass(frozen=True, kw_only=True)
class MapLink:
    """A map of the run: a file name relative to the index, what it answers in one line."""

    href: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RepSummary:
    """A rep's cycle in figures. `href` leads to the rep's routes."""

    rep_name: str
    href: str | None
    field_days: int
    visits: int
    required: int
    travel_s: int
    travel_m: int
    needed_s: int
    available_s: int


@dataclass(frozen=True, kw_only=True)
class IndexView:
    """The first page of a run: its maps, and one row per rep."""

    title: str
    period: str
    maps: tuple[MapLink, ...]
    reps: tuple[RepSummary, ...] = ()
    notes: tuple[str, ...] = ()


EvidenceKind = Literal["card", "proposed", "arrived", "left"]


@dataclass(frozen=True, kw_only=True)
class EvidencePlace:
    """A place that says something about where a customer is: the one on the card, the one proposed,
    or where somebody stood on coming or leaving. `note` is said below its name, such as how far it
    is from the card's. `accuracy_m`: how far the position may err."""

    kind: EvidenceKind
    name: str
    lat: float
    lon: float
    note: str = ""
    accuracy_m: float | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceView:
    """Places to compare; lines lead from the first to the others."""

    title: str
    places: tuple[EvidencePlace, ...]
    attribution: tuple[str, ...] = ()
