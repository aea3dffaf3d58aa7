"""The routes of a rep's days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maps.views.common import DetailLine, Grade, LatLon, PlaceView, StopKind


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
