"""Between WGS-84 and the systems that maps of China are drawn in, for arrays of points.

GCJ-02 shifts WGS-84 inside China by a published series (the Krasovsky 1940 ellipsoid with two
sums of sines), BD-09 turns and shifts GCJ-02 once more. Outside the box that the series is used
in nothing changes. Data is kept in WGS-84; these are for showing it on tiles of another system.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

System = Literal["WGS-84", "GCJ-02", "BD-09"]
Points = npt.NDArray[np.float64]

BOX = ((0.8293, 72.004), (55.8271, 137.8347))  # where the series is used, south-west, north-east
AXIS_M = 6_378_245.0
ECCENTRICITY_2 = 0.006_693_421_622_965_943
BD_TURN = np.radians(3000.0)
BD_SHIFT = np.array((0.006, 0.0065))
ROUNDS = 6  # of the inverse; each takes the rest to a few hundredths


def convert(points: npt.ArrayLike, source: System, target: System) -> Points:
    """Points of shape (n, 2), (lat, lon) in degrees, from one system in another."""
    found = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    if source == target:
        return found
    if source == "GCJ-02":
        found = _from_gcj02(found)
    elif source == "BD-09":
        found = _from_bd09(found)
    if target == "WGS-84":
        return found
    gcj02 = found + _shift(found)
    return gcj02 if target == "GCJ-02" else _to_bd09(gcj02)


def _from_gcj02(points: Points) -> Points:
    found = points.copy()
    for _ in range(ROUNDS):
        found = points - _shift(found)
    return np.where(_inside(points), found, points)


def _from_bd09(points: Points) -> Points:
    lat, lon = (points - BD_SHIFT).T
    distance = np.hypot(lon, lat) - 0.00002 * np.sin(lat * BD_TURN)
    angle = np.arctan2(lat, lon) - 0.000003 * np.cos(lon * BD_TURN)
    gcj02 = np.column_stack((distance * np.sin(angle), distance * np.cos(angle)))
    return np.where(_inside(points), _from_gcj02(gcj02), points)


def _to_bd09(points: Points) -> Points:
    lat, lon = points.T
    distance = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BD_TURN)
    turned = np.column_stack((distance * np.sin(angle), distance * np.cos(angle))) + BD_SHIFT
    return np.where(_inside(points), turned, points)


def _inside(points: Points) -> npt.NDArray[np.bool_]:
    south_west, north_east = BOX
    within: npt.NDArray[np.bool_] = (points >= south_west) & (points <= north_east)
    return within.all(axis=1).reshape(-1, 1)


def _shift(points: Points) -> Points:
    """Degrees to add to WGS-84 points, zero outside the box."""
    lat, lon = points.T
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    both = _waves(x, (20, 6), (20, 2))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + both
    north += _waves(y, (20, 1), (40, 1 / 3)) + _waves(y, (160, 1 / 12), (320, 1 / 30))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + both
    east += _waves(x, (20, 1), (40, 1 / 3)) + _waves(x, (150, 1 / 12), (300, 1 / 30))
    phi = np.radians(lat)
    flat = 1 - ECCENTRICITY_2 * np.sin(phi) ** 2
    metres_north = AXIS_M * (1 - ECCENTRICITY_2) / (flat * np.sqrt(flat))
    metres_east = AXIS_M / np.sqrt(flat) * np.cos(phi)
    shift = np.degrees(np.column_stack((north / metres_north, east / metres_east)))
    return np.where(_inside(points), shift, 0.0)


def _waves(at: Points, *waves: tuple[float, float]) -> Points:
    total = sum(size * np.sin(turns * np.pi * at) for size, turns in waves)
    return np.asarray(total * 2 / 3)
