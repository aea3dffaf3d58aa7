"""Territories: as they are, drawn, and as they might be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maps.views.customers import CustomerPoint


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
