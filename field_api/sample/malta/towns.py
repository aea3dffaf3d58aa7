"""Towns and villages as the background map names them."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry import Point, Polygon, shape
from shapely.ops import polygonize, unary_union

import maps
from field_api.sample.drawing import Plane

BACKGROUND = Path(maps.__file__).parent / "backgrounds" / "malta.geojson"
PLANE = Plane(lat=35.95)
NAMELESS = frozenset({"north country"})  # no place that anybody would write on an envelope


@dataclass(frozen=True, kw_only=True)
class Town:
    """A place with its centre in WGS-84 degrees. `key` tells Rabat from Rabat on Gozo."""

    key: str
    name: str
    lat: float
    lon: float
    gozo: bool


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
        key=lambda town: math.hypot((town.lon - lon) * PLANE.shrink, town.lat - lat),
    )


def _features(*kinds: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(BACKGROUND.read_text(encoding="utf-8"))["features"]
    return [f for f in features if f["properties"]["kind"] in kinds]
