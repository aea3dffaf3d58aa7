"""Between WGS-84 and the systems that maps of China are drawn in.

GCJ-02 shifts WGS-84 in mainland China by a published series (the Krasovsky 1940 ellipsoid with two
sums of sines), BD-09 turns and shifts GCJ-02 once more. Elsewhere nothing changes. Data is kept in
WGS-84; other systems are for what comes in, for maps drawn on tiles of theirs and for handing a
place over.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

from geography.mainland import Points, in_mainland

System = Literal["WGS-84", "GCJ-02", "BD-09"]

AXIS_M = 6_378_245.0
ECCENTRICITY_2 = 0.006_693_421_622_965_943
BD_TURN = np.radians(3000.0)
BD_SHIFT = np.array((0.006, 0.0065))
ROUNDS = 12  # of an inverse; each takes the rest to a few hundredths


def convert(points: npt.ArrayLike, source: System, target: System) -> Points:
    """Points of shape (n, 2), (lat, lon) in degrees, from one system in another.

    A point that came in shifted lies in mainland China when the place it stands for does.
    """
    found = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    if source == target or not len(found):
        return found
    wgs84 = found if source == "WGS-84" else _unshifted(found, source)
    if target == "WGS-84":
        return wgs84
    inside = in_mainland(wgs84).reshape(-1, 1)
    if not inside.any():
        return wgs84
    gcj02 = wgs84 + _shift(wgs84)
    return np.asarray(np.where(inside, gcj02 if target == "GCJ-02" else _to_bd09(gcj02), wgs84))


def convert_one(lat: float, lon: float, source: System, target: System) -> tuple[float, float]:
    """(lat, lon) of one point in another system."""
    [(lat, lon)] = convert([(lat, lon)], source, target)
    return float(lat), float(lon)


def _unshifted(points: Points, source: System) -> Points:
    gcj02 = points if source == "GCJ-02" else _from_bd09(points)
    found = gcj02.copy()
    for _ in range(ROUNDS):
        found = gcj02 - _shift(found)
    return np.asarray(np.where(in_mainland(found).reshape(-1, 1), found, points))


def _from_bd09(points: Points) -> Points:
    """The inverse by rounds: the formula in use for it errs by half a metre."""
    found = points - BD_SHIFT
    for _ in range(ROUNDS):
        found = found - (_to_bd09(found) - points)
    return np.asarray(found)


def _to_bd09(points: Points) -> Points:
    lat, lon = points.T
    distance = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BD_TURN)
    turned = np.column_stack((distance * np.sin(angle), distance * np.cos(angle)))
    return np.asarray(turned + BD_SHIFT)


def _shift(points: Points) -> Points:
    """Degrees that GCJ-02 adds to WGS-84 points of mainland China."""
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
    return np.asarray(np.degrees(np.column_stack((north / metres_north, east / metres_east))))


def _waves(at: Points, *waves: tuple[float, float]) -> Points:
    total = sum(size * np.sin(turns * np.pi * at) for size, turns in waves)
    return np.asarray(total * 2 / 3)
