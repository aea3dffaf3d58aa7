"""The ground under a district: which island a customer is on, and whose surroundings meet."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from routing.territories.district import District, Shape, TerritoryCustomer
from routing.territories.error import Obstacle, UnusableDistrict

Indices = npt.NDArray[np.intp]
Geometries = npt.NDArray[np.object_]
SHOWN = 5  # ids in a message


def islands(district: District) -> Indices:
    """The part of the area that each customer is on, shape (n,); 0 for all without an area.

    Raises `UnusableDistrict` when customers lie outside of the area.
    """
    customers = district.customers
    if district.area is None:
        return np.zeros(len(customers), dtype=np.intp)
    found = np.full(len(customers), -1, dtype=np.intp)
    places = points([(one.lon, one.lat) for one in customers])
    for number, part in reversed(list(enumerate(parts_of(district.area)))):
        shapely.prepare(part)
        found[shapely.covers(part, places)] = number
    if (found < 0).any():
        outside = [customers[n].id for n in np.flatnonzero(found < 0)]
        raise UnusableDistrict(Obstacle.OUTSIDE_AREA, count=len(outside), customers=named(outside))
    return found


def parts_of(area: Shape) -> list[BaseGeometry]:
    """The separate parts of an area, from west to east."""
    return sorted(shapely.get_parts(area), key=lambda part: part.bounds)


def points(places: Sequence[tuple[float, float]] | npt.NDArray[np.float64]) -> Geometries:
    """A point for each place, shape (places,)."""
    return np.asarray(shapely.points(np.asarray(places).reshape(-1, 2)), dtype=object)


def named(ids: Sequence[str]) -> str:
    """The first few of a list, for a message."""
    return ", ".join(ids[:SHOWN]) + (", …" if len(ids) > SHOWN else "")


class Plane:
    """Degrees on a plane where a degree is as long to the north as to the east."""

    def __init__(self, customers: Sequence[TerritoryCustomer]) -> None:
        self._squeeze = np.array((cos(radians(np.mean([one.lat for one in customers]))), 1.0))

    def spot(self, one: TerritoryCustomer) -> tuple[float, float]:
        """Where a customer is on the plane."""
        return one.lon * float(self._squeeze[0]), one.lat

    def flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry of (lon, lat) on the plane."""
        return shapely.transform(geometry, lambda places: places * self._squeeze)

    def round_again(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry of the plane in (lon, lat)."""
        return shapely.transform(geometry, lambda places: places / self._squeeze)


class Cells:
    """The surroundings of each place: what is nearer to it than to any other place.

    `site_of[n]`: the place of customer n; `places`: shape (sites, 2) on the plane; `cells`: a
    polygon for each place, reaching beyond the ground.
    """

    def __init__(
        self, customers: Sequence[TerritoryCustomer], plane: Plane, ground: BaseGeometry | None
    ) -> None:
        spots = np.array([plane.spot(one) for one in customers])
        self.places, site_of = np.unique(spots, axis=0, return_inverse=True)
        self.site_of: Indices = site_of.reshape(-1).astype(np.intp)
        self.ground = ground
        self.cells = _cells(self.places, ground)

    def neighbours(self) -> Indices:
        """Pairs of places whose surroundings meet on the ground, shape (pairs, 2), in order."""
        if len(self.cells) < 2:
            return np.empty((0, 2), dtype=np.intp)
        tree = shapely.STRtree(self.cells)
        first, second = tree.query(self.cells, predicate="intersects")
        once = first < second
        pairs = np.stack([first[once], second[once]], axis=1)
        borders = shapely.intersection(self.cells[pairs[:, 0]], self.cells[pairs[:, 1]])
        meets = shapely.length(borders) > 0
        if self.ground is not None:
            shapely.prepare(self.ground)
            meets &= shapely.intersects(self.ground, borders)
        found: Indices = pairs[meets]
        found = found[np.lexsort((found[:, 1], found[:, 0]))]
        return found


def _cells(places: npt.NDArray[np.float64], ground: BaseGeometry | None) -> Geometries:
    if len(places) == 1:
        west, south, east, north = (*places[0], *places[0]) if ground is None else ground.bounds
        return np.array([shapely.box(west - 1, south - 1, east + 1, north + 1)], dtype=object)
    found = shapely.voronoi_polygons(MultiPoint(places), extend_to=ground, ordered=True)
    return np.array(shapely.get_parts(found), dtype=object)
