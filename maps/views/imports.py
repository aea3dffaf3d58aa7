"""Files before they are taken in: how coordinates are read, and what each row would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from geography.systems import System


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
