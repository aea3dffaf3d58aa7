"""The drawn ground out of an extract: coast, water, main roads, place names, within a size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping

from maps.extracts import ATTRIBUTION
from maps.extracts.land import Box, land_of
from maps.extracts.reading import Extract, Line, Named, Relation, Shape, Tag, Way, area_of

MAX_BYTES = 2_000_000
FINEST_M = 20.0  # how far a drawn line may lie beside the real one, doubled until the file fits
M_A_DEGREE = 111_320.0
DECIMALS = 5  # about a metre
SMALLEST_WATER = 60  # times the square of that distance
NAMED_ISLAND = 1e-4  # square degrees, about a square kilometre
MINOR_UNTIL_M = 160.0  # coarser ground has no minor roads,
VILLAGES_UNTIL_M = 320.0  # no villages,
TOWNS_UNTIL_M = 1280.0  # and no towns
COARSEST_M = 50_000.0
MAIN_ROADS = ("motorway", "trunk", "primary")
MINOR_ROADS = ("secondary",)
COAST: Tag = ("natural", "coastline")
WATER: tuple[Tag, ...] = (("natural", "water"), ("waterway", "riverbank"))
ISLAND: Tag = ("place", "island")
PLACES = ("city", "town", "village", "island")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """All that could be drawn, as it is in the extract: WGS-84, (lon, lat)."""

    coast: Sequence[Shape]
    water: Sequence[Shape]
    main_roads: Sequence[Shape]
    minor_roads: Sequence[Shape]
    places: Sequence[tuple[str, str, float, float]]  # kind, name, lat, lon
    date: str


def read_ground(extract: Path) -> Ground:
    """What of an extract is worth drawing. Raises NoExtract, NoReader."""
    file = Extract(extract)
    roads = [("highway", kind) for kind in MAIN_ROADS + MINOR_ROADS]
    ways = file.ways(COAST, *WATER, ISLAND, *roads)
    relations = file.relations(*WATER)
    members = file.ways_by_id(way for relation in relations for way, _ in relation.ways)
    lines = file.lines({way.id: way for way in (*ways, *members.values())}.values())
    drawn = [way for way in ways if way.id in lines]

    def kept(*tags: Tag) -> list[Shape]:
        return [shapely.linestrings(lines[way.id]) for way in drawn if _bears(way.tags, tags)]

    return Ground(
        coast=kept(COAST),
        water=[*_lakes(drawn, lines), *_wide_waters(relations, lines)],
        main_roads=kept(*roads[: len(MAIN_ROADS)]),
        minor_roads=kept(*roads[len(MAIN_ROADS) :]),
        places=_places(file.nodes(*(("place", kind) for kind in PLACES)), drawn, lines),
        date=file.date,
    )


def fitted_ground(ground: Ground, *, max_bytes: int = MAX_BYTES) -> tuple[bytes, float]:
    """GeoJSON within a size, and how coarse it had to be in metres. The last resort is a file
    without anything in it."""
    tolerance_m = FINEST_M
    while True:
        text = json.dumps(_drawn(ground, tolerance_m), ensure_ascii=False, separators=(",", ":"))
        packed = text.encode()
        if len(packed) <= max_bytes or tolerance_m > COARSEST_M:
            return packed, tolerance_m
        tolerance_m *= 2


def _drawn(ground: Ground, tolerance_m: float) -> dict[str, Any]:
    coast = _coast(ground.coast, tolerance_m)
    land = land_of(coast, _around(ground))
    simple = {
        "land": shapely.MultiPolygon(land),
        "coastline": shapely.MultiLineString([] if land else coast),
        "water": _areas(ground.water, tolerance_m),
        "main road": _lines(ground.main_roads, tolerance_m),
    }
    if tolerance_m <= MINOR_UNTIL_M:
        simple["minor road"] = _lines(ground.minor_roads, tolerance_m)
    features = [
        {"type": "Feature", "properties": {"kind": kind}, "geometry": _rounded(geometry)}
        for kind, geometry in simple.items()
        if not geometry.is_empty
    ]
    for kind, name, lat, lon in ground.places:
        if tolerance_m > {"village": VILLAGES_UNTIL_M, "city": COARSEST_M}.get(kind, TOWNS_UNTIL_M):
            continue
        point = {"type": "Point", "coordinates": [round(lon, DECIMALS), round(lat, DECIMALS)]}
        properties = {"kind": kind, "name": name}
        features.append({"type": "Feature", "properties": properties, "geometry": point})
    told = {"attribution": ATTRIBUTION, "date": ground.date, "tolerance_m": tolerance_m}
    return {"type": "FeatureCollection", **told, "features": features}


def _around(ground: Ground) -> Box:
    """A box with as much again around what is drawn, so that its edge is out of sight."""
    lines = shapely.MultiLineString([*ground.coast, *ground.main_roads, *ground.minor_roads])
    west, south, east, north = lines.bounds
    aside = max(east - west, north - south)
    return west - aside, south - aside, east + aside, north + aside


def _coast(lines: Sequence[Shape], tolerance_m: float) -> list[Shape]:
    """Joined and simplified, in its own direction; islets smaller than the tolerance vanish."""
    tolerance = tolerance_m / M_A_DEGREE
    merged = shapely.line_merge(shapely.MultiLineString(list(lines)), directed=True)
    return [
        line
        for line in shapely.simplify(shapely.get_parts(merged), tolerance)
        if not line.is_closed or shapely.Polygon(line).area > tolerance**2
    ]


def _lines(lines: Sequence[Shape], tolerance_m: float) -> Shape:
    """Joined and simplified. Coarser than the finest, lines that come near each other become one,
    as the two carriageways of a road, and what is short vanishes."""
    tolerance = tolerance_m / M_A_DEGREE
    merged = shapely.line_merge(shapely.MultiLineString(list(lines)))
    if tolerance_m > FINEST_M:
        merged = shapely.line_merge(shapely.set_precision(merged, tolerance))
    return shapely.MultiLineString(list(shapely.simplify(shapely.get_parts(merged), tolerance)))


def _areas(areas: Sequence[Shape], tolerance_m: float) -> Shape:
    tolerance = tolerance_m / M_A_DEGREE
    large = [area for area in areas if area.area >= SMALLEST_WATER * tolerance**2]
    simple = shapely.get_parts(shapely.simplify(large, tolerance))
    return shapely.MultiPolygon([one for one in simple if one.geom_type == "Polygon"])


def _rounded(geometry: Shape) -> Mapping[str, Any]:
    rounded = shapely.transform(geometry, lambda xy: np.round(xy, DECIMALS))
    told: Mapping[str, Any] = mapping(rounded)
    return told


def _lakes(ways: Iterable[Way], lines: Mapping[int, Line]) -> list[Shape]:
    closed = (way for way in ways if way.closed and _bears(way.tags, WATER))
    return [area_of([lines[way.id]]) for way in closed]


def _wide_waters(relations: Iterable[Relation], lines: Mapping[int, Line]) -> list[Shape]:
    """Waters with islands or with banks of several ways. What the extract cuts open is left out."""
    areas = []
    for relation in relations:
        if all(way in lines for way, _ in relation.ways):
            outer, inner = ([lines[w] for w in relation.of_role(hole)] for hole in (False, True))
            areas.append(area_of(outer, inner))
    return areas


def _places(
    nodes: Iterable[Named], ways: Iterable[Way], lines: Mapping[int, Line]
) -> list[tuple[str, str, float, float]]:
    """Named places, by kind and name; islands that are drawn as areas have theirs inside."""
    found = {
        (node.tags["place"], node.tags["name"], node.lat, node.lon)
        for node in nodes
        if node.tags.get("name")
    }
    for way in ways:
        if way.closed and _bears(way.tags, [ISLAND]) and way.tags.get("name"):
            area = area_of([lines[way.id]])
            if area.area > NAMED_ISLAND:
                at = area.representative_point()
                found.add(("island", way.tags["name"], at.y, at.x))
    return sorted(found, key=lambda place: (PLACES.index(place[0]), *place[1:]))


def _bears(tags: Mapping[str, str], wanted: Iterable[Tag]) -> bool:
    return any(tags.get(key) == value for key, value in wanted)
