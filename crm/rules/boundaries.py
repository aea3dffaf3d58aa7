"""A boundary as somebody drew it: read, refused by name or mended with consent, and measured.

WGS-84 degrees, longitude before latitude. Areas are geodesic, on the ellipsoid.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.validation import explain_validity

from crm.errors import Refused
from crm.text import N_

Shape = Polygon | MultiPolygon
Box = tuple[float, float, float, float]  # west, south, east, north

MOST_VERTICES = 100_000
WIDEST_DEGREES = 90.0  # China spans 62; whatever is wider was not meant
NEAR = 1.0  # degrees: nobody draws a territory further from the customers
POLE, HALF_TURN, WHOLE_TURN = 90.0, 180.0, 360.0
SQUARE_METRES = 1_000_000  # of a square kilometre
CROSSES = N_("crosses or touches itself: {reason}")


class UnusablePolygon(Refused):
    """The text is no polygon on earth, or one that cannot be anybody's territory."""


class CrossesItself(UnusablePolygon):
    """A polygon that crosses or touches itself; `mended` is what it may have been meant to be:
    the surface between its lines."""

    def __init__(self, reason: str, mended: Shape | None) -> None:
        super().__init__(CROSSES, reason=reason)
        self.mended = mended


class Swapped(UnusablePolygon):
    """Latitude stands before longitude; `turned` is the polygon the other way round."""

    def __init__(self, turned: Shape) -> None:
        west, south, _, _ = turned.bounds
        super().__init__(
            N_(
                "has latitude before longitude: the other way round it would begin at {lat}° "
                "latitude and {lon}° longitude"
            ),
            lat=f"{south:.3f}",
            lon=f"{west:.3f}",
        )
        self.turned = turned


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What may be done to a boundary so that it can be used: `mend` what crosses itself, `swap`
    latitude and longitude."""

    mend: bool = False
    swap: bool = False


AS_DRAWN = Consent()


def read_shape(text: str, consent: Consent = AS_DRAWN) -> Shape:
    """The polygon of WKT or GeoJSON text. One drawn over the antimeridian (past 180°) is cut
    there. Raises `UnusablePolygon`: `CrossesItself` and `Swapped` where consent would help."""
    try:
        found = shape(json.loads(text)) if text.lstrip().startswith("{") else shapely.from_wkt(text)
    except Exception:  # the readers raise whatever their parsers raise
        raise UnusablePolygon(N_("is neither WKT nor a GeoJSON geometry")) from None
    return usable(found, consent)


def usable(found: Any, consent: Consent = AS_DRAWN) -> Shape:
    """A geometry that can be somebody's territory; raises as `read_shape` does."""
    if not isinstance(found, (Polygon, MultiPolygon)) or found.is_empty:
        raise UnusablePolygon(N_("is no polygon or an empty one"))
    vertices = int(shapely.get_num_coordinates(found))
    if vertices > MOST_VERTICES:
        raise UnusablePolygon(
            N_("has {n} vertices; simplify it to {most} at most"), n=vertices, most=MOST_VERTICES
        )
    found = shapely.force_2d(found)
    if not np.isfinite(shapely.get_coordinates(found)).all():
        raise UnusablePolygon(N_("has coordinates that are not finite"))
    if consent.swap:
        found = swapped(found)
    if not found.is_valid:
        mended = _surface(shapely.make_valid(found, method="structure", keep_collapsed=False))
        if not consent.mend or mended is None:
            raise CrossesItself(str(explain_validity(found)), mended)
        found = mended
    if float(shapely.area(found)) == 0:
        raise UnusablePolygon(N_("is no polygon or an empty one"))
    return _on_earth(found)


def swapped(found: Shape) -> Shape:
    """A polygon with its two axes exchanged."""
    turned: Shape = shapely.transform(found, lambda places: places[:, ::-1])
    return turned


def looks_swapped(found: Shape, box: Box | None) -> bool:
    """Whether a polygon lies nowhere near a box (of the customers) and would lie in it with its
    axes exchanged. None: there is nothing to tell it by."""
    if box is None:
        return False
    west, south, east, north = box
    around = shapely.box(west - NEAR, south - NEAR, east + NEAR, north + NEAR)
    return not found.intersects(around) and bool(swapped(found).intersects(around))


def write_shape(found: Shape) -> str:
    """GeoJSON text of a polygon, the form in which it is stored."""
    return json.dumps(mapping(found))


def area_km2(surface: shapely.Geometry) -> float:
    """The geodesic area of a surface in degrees, square kilometres; what has no area is left out
    of it."""
    polygons = [part for part in _parts(surface) if isinstance(part, Polygon)]
    if not polygons:
        return 0.0
    oriented = shapely.orient_polygons(MultiPolygon(polygons))
    area, _ = _ellipsoid().geometry_area_perimeter(oriented)
    return abs(float(area)) / SQUARE_METRES


def vertices_of(found: Shape) -> int:
    """How many vertices a polygon has."""
    return int(shapely.get_num_coordinates(found))


def merged(surface: shapely.Geometry, *, least_km2: float = 0.0) -> Shape | None:
    """The polygons of a surface, those of more than `least_km2`; None where nothing is left."""
    return _surface(surface, least_km2)


def _surface(surface: shapely.Geometry, least_km2: float = 0.0) -> Shape | None:
    parts = [p for p in _parts(surface) if isinstance(p, Polygon) and area_km2(p) > least_km2]
    whole = parts[0] if len(parts) == 1 else shapely.union_all(parts)  # some may share an edge
    return whole if isinstance(whole, (Polygon, MultiPolygon)) and not whole.is_empty else None


def _parts(surface: shapely.Geometry) -> list[shapely.Geometry]:
    return [
        inner
        for part in shapely.get_parts(surface)
        for inner in (shapely.get_parts(part) if part.geom_type.startswith("Multi") else [part])
    ]


def _on_earth(found: Shape) -> Shape:
    """The polygon with all of it between 180° west and 180° east. Raises `Swapped`, and
    `UnusablePolygon` for what leaves the earth or spans too much of it."""
    west, south, east, north = found.bounds
    farthest_lat, farthest_lon = max(abs(south), abs(north)), max(abs(west), abs(east))
    if farthest_lat > POLE and farthest_lon <= POLE and farthest_lat <= HALF_TURN:
        raise Swapped(swapped(found))
    if farthest_lat > POLE or farthest_lon > WHOLE_TURN:
        raise UnusablePolygon(
            N_("leaves the earth; GeoJSON and WKT want longitude before latitude")
        )
    span = max(_wide(found), north - south)
    if span > WIDEST_DEGREES:
        raise UnusablePolygon(
            N_(
                "spans {span} degrees, {most} at most; one over the antimeridian is drawn past "
                "180° or as two polygons that end there"
            ),
            span=f"{span:.0f}",
            most=f"{WIDEST_DEGREES:.0f}",
        )
    return found if farthest_lon <= HALF_TURN else _cut_at_antimeridian(found)


def _wide(found: Shape) -> float:
    """Degrees of longitude from end to end, the shorter way round where it is in parts."""
    spans = [shapely.bounds(part) for part in shapely.get_parts(found)]
    widest = max(float(east - west) for west, _, east, _ in spans)
    west, _, east, _ = found.bounds
    turned = [(w % WHOLE_TURN, (w % WHOLE_TURN) + e - w) for w, _, e, _ in spans]
    around = max(e for _, e in turned) - min(w for w, _ in turned)
    return float(max(widest, min(east - west, around)))


def _cut_at_antimeridian(found: Shape) -> Shape:
    parts = []
    for turn in (-WHOLE_TURN, 0.0, WHOLE_TURN):
        window = shapely.box(turn - HALF_TURN, -POLE, turn + HALF_TURN, POLE)
        inside = shapely.intersection(found, window)
        parts.append(translate(inside, xoff=-turn))
    cut = _surface(shapely.union_all(parts))
    assert cut is not None  # it had an area before
    return cut


@cache
def _ellipsoid() -> Geod:
    return Geod(ellps="WGS84")
