"""Doubtful places that wait for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


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
