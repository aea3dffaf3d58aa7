"""A view as it has to be drawn on a tile server's ground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import shapely
from shapely.geometry import mapping, shape

from geography.systems import System, convert, convert_one
from maps.background import LINES
from maps.views import LatLon, Tiles

View = TypeVar("View")
PATHS = ("path", "path_back")  # tuples of (lat, lon)


def shown_on(view: View, tiles: Tiles | None) -> View:
    """The view with its places in the tiles' coordinate system; data itself is WGS-84."""
    if tiles is None or not tiles.shifted:
        return view
    moved: View = _moved(view, tiles.system)
    return moved


def ground_on(ground: dict[str, Any] | None, tiles: Tiles | None) -> dict[str, Any] | None:
    """The drawn ground of `background.best_for` in the tiles' coordinate system, to lie beneath
    them: it is seen where the tile server does not answer."""
    if ground is None or tiles is None or not tiles.shifted:
        return ground
    system = tiles.system
    lines = ("land", *LINES.values())
    return ground | {
        **{key: [_points(line, system) for line in ground[key]] for key in lines},
        "water": [[_points(ring, system) for ring in rings] for rings in ground["water"]],
        "places": [
            (kind, name, *convert_one(lat, lon, "WGS-84", system))
            for kind, name, lat, lon in ground["places"]
        ],
    }


def _moved(value: Any, system: System) -> Any:
    if isinstance(value, tuple):
        return tuple(_moved(one, system) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for one in fields(value):
        inside = getattr(value, one.name)
        if one.name in PATHS:
            changes[one.name] = tuple(_points(inside, system))
        elif one.name == "geometry":
            changes[one.name] = _geometry(inside, system)
        else:
            changes[one.name] = _moved(inside, system)
    if "lat" in changes:
        [(changes["lat"], changes["lon"])] = _points([(changes["lat"], changes["lon"])], system)
    return replace(value, **changes)


def _points(points: Iterable[LatLon], system: System) -> list[LatLon]:
    return [(float(lat), float(lon)) for lat, lon in convert(list(points), "WGS-84", system)]


def _geometry(geometry: dict[str, Any], system: System) -> dict[str, Any]:
    moved = shapely.transform(
        shape(geometry), lambda lonlat: convert(lonlat[:, ::-1], "WGS-84", system)[:, ::-1]
    )
    return dict(mapping(moved))
