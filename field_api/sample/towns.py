"""Towns and villages as the background map names them."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import shapely
from shapely.geometry import Point, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

import maps

BACKGROUND = Path(maps.__file__).parent / "backgrounds" / "malta.geojson"
KM_A_DEGREE = 111.32
SHRINK = math.cos(math.radians(35.95))  # a degree of longitude against one of latitude
NAMELESS = frozenset({"north country"})  # no place that anybody would write on an envelope


Shape = TypeVar("Shape", bound=BaseGeometry)


@dataclass(frozen=True, kw_only=True)
class Town:
    """A place with its centre in WGS-84 degrees. `key` tells Rabat from Rabat on Gozo."""

    key: str
    name: str
    lat: float
    lon: float
    gozo: bool


def to_km(geometry: Shape) -> Shape:
    """Degrees to kilometres on the plane, good to a few metres over forty kilometres."""
    return shapely.transform(geometry, lambda xy: xy * [KM_A_DEGREE * SHRINK, KM_A_DEGREE])


def to_degrees(geometry: Shape) -> Shape:
    """The way back from `to_km`."""
    return shapely.transform(geometry, lambda xy: xy / [KM_A_DEGREE * SHRINK, KM_A_DEGREE])


def islands() -> tuple[Polygon, Polygon]:
    """The land of Malta and of Gozo, in degrees: the two largest rings of the coastline."""
    coast = unary_union([shape(f["geometry"]) for f in _features("coastline")])
    malta, gozo, *_ = sorted(polygonize(coast), key=lambda ring: -ring.area)
    return malta, gozo


def towns() -> tuple[Town, ...]:
    """Every town and village on the two islands, in the file's order."""
    malta, gozo = islands()
    found = []
    for feature in _features("city", "town", "village"):
        name, point = feature["properties"]["name"], Point(feature["geometry"]["coordinates"])
        if name in NAMELESS:
            continue
        on_gozo = gozo.distance(point) < malta.distance(point)
        key = f"{name} (Gozo)" if on_gozo else name
        found.append(Town(key=key, name=name, lat=point.y, lon=point.x, gozo=on_gozo))
    return tuple(found)


def nearest_town(places: Sequence[Town], lat: float, lon: float, *, gozo: bool) -> Town:
    """The town of the same island whose centre is nearest, as the crow flies."""
    return min(
        (town for town in places if town.gozo == gozo),
        key=lambda town: math.hypot((town.lon - lon) * SHRINK, town.lat - lat),
    )


def _features(*kinds: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(BACKGROUND.read_text(encoding="utf-8"))["features"]
    return [f for f in features if f["properties"]["kind"] in kinds]
