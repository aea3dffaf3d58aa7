"""Water that a straight line must not cross: it goes around, or over by a bridge or a ferry.

The shore is given as GeoJSON, roughly: land polygons (or water to be cut out of the land), and
crossings with their own minutes. A leg takes one crossing at most.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from routing.problem import Place
from routing.travel.interface import Path
from routing.travel.profiles import Metres, Profile
from routing.travel.straight_line import EARTH_RADIUS_M, great_circle_m

MARGIN_M = 60.0  # a place on the quay still lies on land
NEAREST_M = 3000.0  # a place farther from any land has no way
MOST_CORNERS = 600  # of the shore where ways turn; more would take seconds
MINUTE_S = 60
EVERYWHERE_DEGREES = 1.0  # how far around water the land goes on, where no land is given

Points = npt.NDArray[np.float64]  # (n, 2), metres east and north


class BarrierError(ValueError):
    """The file of barriers cannot be used; says why."""


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A bridge or a ferry between two points, with all the minutes it takes, waiting included."""

    name: str
    ends: tuple[Place, Place]
    seconds: float


class Barriers:
    """The shore of a region, made ready. Raises `BarrierError` where it is too detailed."""

    def __init__(self, land: BaseGeometry, crossings: Sequence[Crossing]) -> None:
        west, south, east, north = land.bounds
        self._origin = ((south + north) / 2, (west + east) / 2)
        self._land = shapely.buffer(
            shapely.transform(land, lambda lonlat: self._flat(lonlat[:, ::-1])),
            MARGIN_M,
            join_style="mitre",
        )
        self._near = shapely.buffer(self._land, 1.0, join_style="mitre")  # a corner is not off it
        shapely.prepare([self._land, self._near])
        self._crossings = tuple(crossings)
        self._corners = _corners(self._land)
        if len(self._corners) > MOST_CORNERS:
            raise BarrierError(
                f"the shore turns {len(self._corners)} times; {MOST_CORNERS} are the most: "
                "simplify it to some fifty metres"
            )
        apart = self._seen(self._corners, self._corners)
        for middle in range(len(apart)):  # Floyd and Warshall
            np.minimum(apart, apart[:, middle, None] + apart[None, middle], out=apart)
        self._apart = apart

    def ways(self, places: Sequence[Place], profile: Profile) -> tuple[Metres, Metres]:
        """See `Water`."""
        ends = [end for crossing in self._crossings for end in crossing.ends]
        every = [*places, *ends]
        by_land = self._by_land(every)
        n = len(places)
        metres, extra_s = by_land[:n, :n].copy(), np.zeros((n, n))
        best = np.where(
            np.isinf(metres), np.inf, profile.seconds(np.where(np.isinf(metres), 0, metres))
        )
        for number, crossing in enumerate(self._crossings):
            first, second = n + 2 * number, n + 2 * number + 1
            for here, there in ((first, second), (second, first)):
                over = by_land[:n, here, None] + by_land[None, there, :n]
                taken = np.where(np.isinf(over), 0, over)
                over_s = np.where(np.isinf(over), np.inf, profile.seconds(taken) + crossing.seconds)
                better = over_s < best
                best[better], metres[better] = over_s[better], over[better]
                extra_s[better] = crossing.seconds
        return metres, extra_s

    def line(self, places: Sequence[Place], profile: Profile) -> tuple[Path, ...]:
        """See `Water`."""
        return tuple(self._leg(*pair, profile) for pair in pairwise(places))

    def _leg(self, start: Place, end: Place, profile: Profile) -> Path:
        direct = self._around(start, end)
        options = [] if direct is None else [(profile.seconds(np.array(direct[0])), direct[1])]
        for crossing in self._crossings:
            for here, there in (crossing.ends, crossing.ends[::-1]):
                to, on = self._around(start, here), self._around(there, end)
                if to is not None and on is not None:
                    taken_s = profile.seconds(np.array(to[0] + on[0])) + crossing.seconds
                    options.append((taken_s, (*to[1], *on[1])))
        if not options:
            return (start.lat, start.lon), (end.lat, end.lon)
        return min(options, key=lambda option: float(option[0]))[1]

    def _around(self, start: Place, end: Place) -> tuple[float, Path] | None:
        """Metres and path by land between two places; None where there is none."""
        ends: Path = ((start.lat, start.lon), (end.lat, end.lon))
        flat = self._ashore(np.array(ends))
        if np.isfinite(straight := self._seen(flat[:1], flat[1:])[0, 0]):
            return float(straight), ends
        if not len(self._corners):
            return None
        out, home = self._seen(flat, self._corners)
        whole = out[:, None] + self._apart + home[None, :]
        first, last = np.unravel_index(int(whole.argmin()), whole.shape)
        if np.isinf(whole[first, last]):
            return None
        turns = self._turns(int(first), int(last))
        corners = tuple((lat, lon) for lat, lon in self._round(self._corners[turns]).tolist())
        return float(whole[first, last]), (ends[0], *corners, ends[1])

    def _turns(self, first: int, last: int) -> list[int]:
        """The corners on the shortest way from one to another, both included."""
        if first == last:
            return [first]
        seen = self._seen(self._corners[[first, last]], self._corners)
        if np.isfinite(seen[0, last]):
            return [first, last]
        rest = seen[0] + self._apart[:, last]
        rest[first] = np.inf
        return [first, *self._turns(int(rest.argmin()), last)]

    def _by_land(self, places: Sequence[Place]) -> Metres:
        if not places:
            return np.zeros((0, 0))
        flat = self._ashore(np.array([(place.lat, place.lon) for place in places]))
        direct = self._seen(flat, flat)
        if len(self._corners) and np.isinf(direct).any():
            out = self._seen(flat, self._corners)
            on = np.stack([(row[:, None] + self._apart).min(axis=0) for row in out])
            around = np.stack([(row[None, :] + out).min(axis=1) for row in on])
            direct = np.minimum(direct, around)
        # The curve of the globe is kept where nothing is in the way.
        straight = great_circle_m(places)
        flat_m = _apart(flat, flat)
        return direct + np.where(np.isclose(direct, flat_m), straight - flat_m, 0.0)

    def _ashore(self, latlon: Points) -> Points:
        """Places as flat points on land: those a little off shore are moved there."""
        flat = self._flat(latlon)
        points: Any = shapely.points(flat)
        off = ~shapely.covers(self._land, points)
        for number in np.flatnonzero(off):
            nearest = shapely.get_coordinates(shapely.shortest_line(points[number], self._land))
            if np.hypot(*(nearest[1] - nearest[0])) <= NEAREST_M:
                flat[number] = nearest[1]
        return flat

    def _seen(self, some: Points, others: Points) -> Metres:
        """Metres from each of some points to each of others that it sees over land, else infinite.
        Shape (some, others)."""
        if not len(some) or not len(others):
            return np.zeros((len(some), len(others)))
        once = np.ones((len(some), len(others)), dtype=np.bool_)
        if some is others:
            once = np.triu(once, 1)
        here, there = np.nonzero(once)
        lines = shapely.linestrings(np.stack([some[here], others[there]], axis=1))
        seen = np.eye(len(some), len(others), dtype=np.bool_) if some is others else ~once
        seen[here, there] = shapely.covers(self._near, lines)
        if some is others:
            seen |= seen.T
        return np.where(seen, _apart(some, others), np.inf)

    def _flat(self, latlon: Points) -> Points:
        lat0, lon0 = self._origin
        metres = np.radians(1) * EARTH_RADIUS_M
        east = (latlon[:, 1] - lon0) * metres * np.cos(np.radians(lat0))
        return np.stack([east, (latlon[:, 0] - lat0) * metres], axis=1)

    def _round(self, flat: Points) -> Points:
        lat0, lon0 = self._origin
        metres = np.radians(1) * EARTH_RADIUS_M
        lon = flat[:, 0] / (metres * np.cos(np.radians(lat0))) + lon0
        return np.stack([flat[:, 1] / metres + lat0, lon], axis=1)


def read_barriers(content: bytes) -> Barriers:
    """The barriers of a GeoJSON file: features with `kind` land or water (polygons) or crossing
    (a line of two points, with `minutes` and `name`). Raises `BarrierError`."""
    try:
        features = json.loads(content)["features"]
        read = [(dict(one["properties"]), shape(one["geometry"])) for one in features]
    except Exception as error:
        raise BarrierError(f"it is no GeoJSON with features: {error!r:.200}") from None
    land = [area for said, area in read if said.get("kind") == "land"]
    water = [area for said, area in read if said.get("kind") == "water"]
    for area in (*land, *water):
        if area.geom_type not in ("Polygon", "MultiPolygon") or area.is_empty or not area.is_valid:
            raise BarrierError(f"a {area.geom_type} among the land or water is no sound polygon")
    unknown = {said.get("kind") for said, _ in read} - {"land", "water", "crossing"}
    if unknown:
        raise BarrierError(f"kind is {min(map(str, unknown))}; land, water and crossing are known")
    if not land and not water:
        raise BarrierError("it holds neither land nor water")
    whole = shapely.union_all(land) if land else _around_all(water)
    crossings = [_crossing(said, line) for said, line in read if said.get("kind") == "crossing"]
    return Barriers(shapely.difference(whole, shapely.union_all(water)), crossings)


def _around_all(water: Sequence[BaseGeometry]) -> BaseGeometry:
    return shapely.box(*shapely.union_all(water).buffer(EVERYWHERE_DEGREES).bounds)


def _crossing(said: Mapping[str, Any], line: BaseGeometry) -> Crossing:
    minutes = said.get("minutes")
    name = str(said.get("name") or "a crossing")
    if not isinstance(minutes, int | float) or isinstance(minutes, bool) or not 0 <= minutes < 1440:
        raise BarrierError(f"{name} takes {minutes!r} minutes; a number from 0 to 1440 is needed")
    if line.geom_type != "LineString" or len(line.coords) != 2:
        raise BarrierError(f"{name} is no line of two points")
    first, second = (Place(id=name, lat=lat, lon=lon) for lon, lat in line.coords)
    return Crossing(name=name, ends=(first, second), seconds=float(minutes) * MINUTE_S)


def _corners(land: BaseGeometry) -> Points:
    """Where a shortest way can turn: the corners of the shore that water lies behind."""
    found = []
    for part in shapely.get_parts(land):
        area = shapely.orient_polygons(part)
        for ring in (area.exterior, *area.interiors):
            points = np.array(ring.coords)[:-1]
            into, out = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
            turn = into[:, 0] * out[:, 1] - into[:, 1] * out[:, 0]
            found.append(points[turn < 0])  # the land is on the left: here it bends inward
    return np.concatenate(found) if found else np.zeros((0, 2))


def _apart(some: Points, others: Points) -> Metres:
    found: Metres = np.hypot(
        some[:, None, 0] - others[None, :, 0], some[:, None, 1] - others[None, :, 1]
    )
    return found
