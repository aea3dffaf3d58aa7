"""Customers on a map, and a customer's place beside what was seen there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from maps.views.common import CustomerState, DetailLine, Grade


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
