"""Administrative areas taken for a territory: chosen by name or code, made one, clipped to what is
nobody's yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import shapely

from crm.errors import Refused
from crm.rules.boundaries import Shape, UnusablePolygon, merged, usable, vertices_of
from crm.rules.redrawing import NothingLeft
from crm.rules.territories import SLIVER_KM2, TerritoryShape
from crm.text import N_

NAMES = ("code", "ref", "id", "name", "name:en", "name:zh", "int_name", "official_name")
ENOUGH_VERTICES = 20_000  # coasts are drawn finer than anybody's territory needs
FINEST_DEGREES = 0.00002  # two metres
SUGGESTED = 3
LARGEST_NUMBER = 2**63
LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Area:
    """An area of a file, with whatever it is called there."""

    properties: Mapping[str, Any]
    shape: Shape

    @property
    def names(self) -> list[str]:
        """All that it is called."""
        given = (_word(self.properties.get(key)) for key in NAMES)
        return [one for one in given if one]


def _word(value: Any) -> str:
    """A name or number that can be written anywhere; empty for anything else."""
    if isinstance(value, int) and abs(value) <= LARGEST_NUMBER:
        return str(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()[:LONGEST_NAME].strip()
    return ""


class AreaNotFound(Refused):
    """No area bears this name or code."""

    def __init__(self, wanted: str, known: Sequence[str]) -> None:
        near = get_close_matches(wanted, known, n=SUGGESTED) or list(known[:SUGGESTED])
        super().__init__(
            N_("There is no area {name} in the file; there are {near} and others ({n} in all)."),
            name=wanted,
            near=", ".join(near) or "-",
            n=len(known),
        )


class AreaAmbiguous(Refused):
    """Several areas bear this name."""

    def __init__(self, wanted: str, found: Sequence[Area]) -> None:
        super().__init__(
            N_("{n} areas are called {name}; choose by code: {codes}."),
            n=len(found),
            name=wanted,
            codes=", ".join(area.names[0] for area in found),
        )


def chosen(areas: Sequence[Area], wanted: Sequence[str]) -> list[Area]:
    """The areas of these names or codes. Raises `AreaNotFound`, `AreaAmbiguous`."""
    found = []
    for name in wanted:
        named = [area for area in areas if name.strip() in area.names]
        if not named:
            raise AreaNotFound(name, sorted({one for area in areas for one in area.names[:1]}))
        if len(named) > 1:
            raise AreaAmbiguous(name, named)
        found += named
    return found


def as_one(areas: Sequence[Area]) -> Shape:
    """Areas as one territory, no finer than a territory needs to be. Raises `UnusablePolygon`."""
    whole = merged(shapely.union_all([area.shape for area in areas]))
    tolerance = FINEST_DEGREES
    while whole is not None and vertices_of(whole) > ENOUGH_VERTICES:
        whole = merged(shapely.simplify(whole, tolerance))
        tolerance *= 2
    if whole is None:
        raise UnusablePolygon(N_("is no polygon or an empty one"))
    return usable(whole)


def clipped(code: str, drawn: Shape, others: Sequence[TerritoryShape]) -> Shape:
    """What of a shape is in no other territory. Raises `NothingLeft`."""
    near = [other.shape for other in others if other.shape.intersects(drawn)]
    left = shapely.difference(drawn, shapely.union_all(near)) if near else drawn
    free = merged(left, least_km2=SLIVER_KM2)
    if free is None:
        raise NothingLeft(code)
    return free
