"""The drawn ground under the data: land, roads and place names from the files that ship."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely.geometry import shape

from maps.views import LatLon

FOLDER = Path(__file__).parent / "backgrounds"  # those that ship
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

    Keys `land` (outer rings), `water` (polygons, each a list of rings), `coast`, `borders`,
    `main_roads`, `minor_roads` (lists of lines), all as (lat, lon) pairs, `places` as
    (kind, name, lat, lon), and `attribution`.
    """
    points = list(points)
    inside = {file: _inside(points, _box(file)) for file in _files()}
    file = max(inside, key=lambda file: inside[file], default=None)
    if file is None or not points or inside[file] * 2 < len(points):
        return None
    return _background(file)


def look_in(folder: Path) -> None:
    """Let this process prefer the backgrounds of a folder to those that ship. It need not be
    there yet; one that was named before is forgotten."""
    _preferred[:] = [folder.absolute()]


_preferred: list[Path] = []


class _File(NamedTuple):
    """A file as it is now: one that is written anew is read anew."""

    path: Path
    changed_ns: int


def _files() -> list[_File]:
    paths = [path for folder in (*_preferred, FOLDER) for path in sorted(folder.glob("*.geojson"))]
    return [_File(path, path.stat().st_mtime_ns) for path in paths]


def _inside(points: list[LatLon], box: tuple[float, float, float, float]) -> int:
    west, south, east, north = box
    return sum(south <= lat <= north and west <= lon <= east for lat, lon in points)


@cache
def _document(file: _File) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(file.path.read_text("utf-8"))
    return document


@cache
def _box(file: _File) -> tuple[float, float, float, float]:
    """The box of everything but the land, which goes on beyond what is known of it."""
    west, south, east, north = shapely.total_bounds(
        [
            shape(feature["geometry"])
            for feature in _document(file)["features"]
            if feature["properties"]["kind"] != "land"
        ]
    )
    return float(west), float(south), float(east), float(north)


@cache
def _background(file: _File) -> dict[str, Any]:
    drawn: dict[str, Any] = {name: [] for name in ("land", "water", *LINES.values())}
    places = []
    for feature in _document(file)["features"]:
        kind = feature["properties"]["kind"]
        geometry = shape(feature["geometry"])
        if kind in LINES:
            drawn[LINES[kind]] += [_latlon(line.coords) for line in _parts(geometry)]
            if kind == "coastline" and not drawn["land"]:
                drawn["land"] = _land(geometry)
        elif kind == "land":
            drawn["land"] += [_latlon(part.exterior.coords) for part in _parts(geometry)]
        elif kind == "water":
            drawn["water"] += [
                [_latlon(ring.coords) for ring in (part.exterior, *part.interiors)]
                for part in _parts(geometry)
            ]
        else:
            [(lat, lon)] = _latlon(geometry.coords)
            places.append((kind, feature["properties"]["name"], lat, lon))
    drawn["coast"] = [] if drawn["land"] else drawn["coast"]
    return {
        **drawn,
        "places": places,
        "inland": not (drawn["land"] or drawn["coast"]),
        "attribution": _document(file).get("attribution", ATTRIBUTION),
    }


def _parts(geometry: Any) -> list[Any]:
    return list(getattr(geometry, "geoms", [geometry]))


def _land(coast: shapely.Geometry) -> list[list[LatLon]]:
    """The rings that closed coastlines enclose; a coast cut at the extract's edge encloses none."""
    faces = shapely.get_parts(shapely.polygonize([shapely.line_merge(coast)]))
    return [_latlon(face.exterior.coords) for face in faces]


def _latlon(coordinates: Iterable[tuple[float, ...]]) -> list[LatLon]:
    return [(round(lat, DECIMALS), round(lon, DECIMALS)) for lon, lat, *_ in coordinates]
