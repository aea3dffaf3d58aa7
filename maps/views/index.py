"""The page that leads to a run's maps."""

from __future__ import annotations

from dataclasses import dataclass

from maps.views.common import MapLink


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
