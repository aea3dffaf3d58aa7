"""The drawn ground under the data: land, roads and place names from the files that ship."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from maps.views import LatLon

FOLDER = Path(__file__).parent / "backgrounds"
ATTRIBUTION = "© OpenStreetMap contributors, ODbL"  # of a file that names no other
LINES = {
    "coastline": "coast",
    "border": "borders",
    "main road": "main_roads",
    "minor road": "minor_roads",
}
DECIMALS = 5  # about a metre


def best_for(points: Iterable[LatLon]) -> dict[str, Any] | None:
    """The background in whose box at least half of the points (lat, lon) lie, the fullest first;
    None when no file fits.

    Keys `land` (outer rings), `coast`, `borders`, `main_roads`, `minor_roads` (lists of lines), all
    as (lat, lon) pairs, `places` as (kind, name, lat, lon), and `attribution`.
    """
    points = list(points)
    inside = {path: _inside(points, _box(path)) for path in sorted(FOLDER.glob("*.geojson"))}
    path = max(inside, key=lambda path: inside[path], default=None)
    if path is None or not points or inside[path] * 2 < len(points):
        return None
    return _background(path)


def _inside(points: list[LatLon], box: tuple[float, float, float, float]) -> int:
    west, south, east, north = box
    return sum(south <= lat <= north and west <= lon <= east for lat, lon in points)


@cache
def _document(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


@cache
def _box(path: Path) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.total_bounds(
        [shape(feature["geometry"]) for feature in _document(path)["features"]]
    )
    return float(west), float(south), float(east), float(north)


@cache
def _background(path: Path) -> dict[str, Any]:
    drawn: dict[str, Any] = {"land": [], **{name: [] for name in LINES.values()}}
    places = []
    for feature in _document(path)["features"]:
        kind = feature["properties"]["kind"]
        geometry = shape(feature["geometry"])
        if kind == "land":
            drawn["land"].append(_latlon(feature["geometry"]["coordinates"][0]))
        elif kind in LINES:
            lines = [_latlon(line.coords) for line in getattr(geometry, "geoms", [geometry])]
            drawn[LINES[kind]] += lines
            if kind == "coastline":
                drawn["land"] = _land(geometry)
        else:
            [(lat, lon)] = _latlon(geometry.coords)
            places.append((kind, feature["properties"]["name"], lat, lon))
    drawn["coast"] = [] if drawn["land"] else drawn["coast"]
    return {
        **drawn,
        "places": places,
        "inland": not (drawn["land"] or drawn["coast"]),
        "attribution": _document(path).get("attribution", ATTRIBUTION),
    }


def _land(coast: shapely.Geometry) -> list[list[LatLon]]:
    """The rings that closed coastlines enclose; a coast cut at the extract's edge encloses none."""
    faces = shapely.get_parts(shapely.polygonize([shapely.line_merge(coast)]))
    return [_latlon(face.exterior.coords) for face in faces]


def _latlon(coordinates: Iterable[tuple[float, ...]]) -> list[LatLon]:
    return [(round(lat, DECIMALS), round(lon, DECIMALS)) for lon, lat, *_ in coordinates]
