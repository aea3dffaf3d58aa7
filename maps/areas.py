"""Territories' shapes for drawing: rings, the place of the label, and where two overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

import shapely
from shapely.geometry import shape

from maps.views import LatLon

DECIMALS = 6
KEPT_DECIMALS = 7  # of what is drawn anew and saved
LABEL_FROM_MIDDLE = 1 / 100  # of the extent: nobody sees a label stand nearer to the middle
MIDDLES = 2000  # kept with their shapes
NO_AREA = 1e-9  # square degrees, about ten square metres: neighbours rounded differently


class GeometryError(ValueError):
    """A territory's geometry cannot be drawn; the message names it."""


def outline(code: str, geometry: dict[str, Any]) -> dict[str, Any]:
    """`rings`: per polygon its outer ring and holes as (lat, lon); `label`: about the
    middle of the largest circle inside; from a GeoJSON Polygon or MultiPolygon (lon, lat)."""
    area = _area(code, geometry)
    return {"rings": _rings(area), "label": _middle(area)}


def rings(code: str, geometry: dict[str, Any]) -> list[list[list[LatLon]]]:
    """Per polygon its outer ring and holes as (lat, lon), exact enough to be kept."""
    return _rings(_area(code, geometry), KEPT_DECIMALS)


def corners(code: str, geometry: dict[str, Any]) -> list[LatLon]:
    """South-west and north-east corner of a territory as (lat, lon)."""
    west, south, east, north = shapely.bounds(_area(code, geometry))
    return [_at(west, south), _at(east, north)]


def corners_of(rings: Iterable[Sequence[Sequence[LatLon]]]) -> list[LatLon]:
    """The same of the rings of an outline."""
    outer = [at for polygon in rings for at in polygon[0]]
    lats, lons = [lat for lat, _ in outer], [lon for _, lon in outer]
    return [(min(lats), min(lons)), (max(lats), max(lons))]


def overlaps(geometries: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, str, Any]]:
    """Each two territories' codes with the rings that belong to both."""
    areas = [(code, _area(code, geometry)) for code, geometry in geometries]
    for (one, first), (other, second) in combinations(areas, 2):
        both = shapely.intersection(first, second)
        faces = [face for face in _polygons(both) if face.area > NO_AREA]
        if faces:
            yield one, other, _rings(shapely.MultiPolygon(faces))


@lru_cache(maxsize=MIDDLES)
def _middle(area: Any) -> LatLon:
    """Of the largest circle inside, about. Looked for once a shape: areas seldom change."""
    largest = max(_polygons(area), key=shapely.area)
    west, south, east, north = largest.bounds
    near = LABEL_FROM_MIDDLE * max(east - west, north - south)
    middle = shapely.maximum_inscribed_circle(largest, tolerance=near)
    lon, lat = middle.coords[0][:2]
    return _at(lon, lat)


def _area(code: str, geometry: dict[str, Any]) -> Any:
    try:
        area = shape(geometry)
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        raise GeometryError(f"the geometry of territory {code} is not GeoJSON: {error}") from error
    if area.geom_type not in ("Polygon", "MultiPolygon") or area.is_empty:
        raise GeometryError(
            f"territory {code} is a {area.geom_type}; draw it as a Polygon or MultiPolygon"
        )
    return area if area.is_valid else shapely.make_valid(area)


def _polygons(area: Any) -> list[Any]:
    if area.geom_type == "Polygon":
        return [area]
    parts = shapely.get_parts([area])
    nested = [p for part in parts for p in shapely.get_parts([part])]
    return [part for part in nested if part.geom_type == "Polygon"]


def _rings(area: Any, decimals: int = DECIMALS) -> list[list[list[LatLon]]]:
    return [
        [_corners(ring, decimals) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in _polygons(area)
    ]


def _corners(ring: Any, decimals: int) -> list[LatLon]:
    lon_lat = shapely.get_coordinates(ring).round(decimals)
    return [(lat, lon) for lon, lat in lon_lat.tolist()]


def _at(lon: float, lat: float, decimals: int = DECIMALS) -> LatLon:
    return round(float(lat), decimals), round(float(lon), decimals)
