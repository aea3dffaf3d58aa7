"""What several maps share: tiles, lines of a card, places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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

    @property
    def shifted(self) -> bool:
        """Whether a place in WGS-84 is not where it seems on them."""
        return self.system != "WGS-84"


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
class MapLink:
    """A map of the run: a file name relative to the index, what it answers in one line."""

    href: str
    title: str
    text: str
