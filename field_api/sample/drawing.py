"""Territories drawn as polygons: the surroundings of towns joined, as a manager would draw them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import shapely
from shapely.geometry import MultiPoint, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

from crm.rules.territories import TerritoryShape, membership, overlaps

KM_A_DEGREE = 111.32
GRID_DEGREES = 1e-5  # about a metre: neighbours share their corners exactly
DECIMALS = 5

Polygons = Mapping[str, Polygon]  # by territory code, degrees
Shape = TypeVar("Shape", bound=BaseGeometry)


@dataclass(frozen=True, kw_only=True)
class Plane:
    """The country about a latitude laid flat: kilometres instead of degrees."""

    lat: float

    @property
    def _scale(self) -> list[float]:
        return [KM_A_DEGREE * self.shrink, KM_A_DEGREE]

    @property
    def shrink(self) -> float:
        """A degree of longitude against one of latitude."""
        return math.cos(math.radians(self.lat))

    def to_km(self, geometry: Shape) -> Shape:
        """Degrees to kilometres, good to a few metres over forty kilometres."""
        return shapely.transform(geometry, lambda xy: xy * self._scale)

    def to_degrees(self, geometry: Shape) -> Shape:
        """The way back from `to_km`."""
        return shapely.transform(geometry, lambda xy: xy / self._scale)


def drawn(
    plane: Plane, land: Polygon, places: Sequence[tuple[Point, str | None]]
) -> dict[str, Polygon]:
    """Territory code to polygon in degrees: without gaps and overlaps, and with exactly shared
    corners between neighbours. `land` and the towns' centres are in kilometres; what is nearer to
    a town without a code (None) than to all others belongs to no territory."""
    cells = shapely.voronoi_polygons(MultiPoint([p for p, _ in places]), extend_to=land).geoms
    parts: dict[str, list[BaseGeometry]] = {}
    for point, code in places:
        if code is not None:
            cell = next(cell for cell in cells if cell.covers(point))
            parts.setdefault(code, []).append(cell)
    wholes = {code: unary_union(cells) for code, cells in parts.items()}
    lines = [land.boundary, *(whole.boundary.intersection(land) for whole in wholes.values())]
    noded = shapely.union_all(
        plane.to_degrees(shapely.GeometryCollection(lines)), grid_size=GRID_DEGREES
    )
    faces: dict[str, list[Polygon]] = {}
    for face in polygonize(noded):
        inside = plane.to_km(face.representative_point())
        found = next((code for code, whole in wholes.items() if whole.covers(inside)), None)
        if found is not None:
            faces.setdefault(found, []).append(face)
    return {code: one_polygon(unary_union(parts), code) for code, parts in sorted(faces.items())}


def one_polygon(geometry: BaseGeometry, what: str) -> Polygon:
    """The outer ring of what is one polygon. Raises ValueError for anything else."""
    if not isinstance(geometry, Polygon):
        raise ValueError(f"{what} is a {geometry.geom_type}, not one polygon")
    return Polygon(geometry.exterior)


def feature(properties: Mapping[str, str], polygon: Polygon) -> dict[str, object]:
    """A territory for the import file, its ring counter-clockwise (RFC 7946)."""
    rings = mapping(shapely.orient_polygons(polygon))["coordinates"]
    rounded = [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring] for ring in rings]
    geometry = {"type": "Polygon", "coordinates": rounded}
    return {"type": "Feature", "properties": dict(properties), "geometry": geometry}


def territory_by_customer(
    shapes: Polygons, places: Iterable[tuple[str, float, float]]
) -> dict[str, str]:
    """Customer code to territory code for each (code, lat, lon). Raises ValueError when
    territories overlap, or a customer lies in none or in several."""
    codes = dict(enumerate(sorted(shapes)))
    known = [TerritoryShape(id=n, code=code, shape=shapes[code]) for n, code in codes.items()]
    if common := overlaps(known):
        raise ValueError(f"territories of the sample overlap: {common}")
    numbered = dict(enumerate(places))
    found = membership([(n, lat, lon) for n, (_, lat, lon) in numbered.items()], known)
    if astray := [numbered[n][0] for n in found.in_none + found.in_several]:
        raise ValueError(f"customers of the sample in no territory or in several: {astray}")
    return {numbered[n][0]: codes[owner] for n, owner in found.by_customer.items()}
