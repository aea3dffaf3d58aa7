"""Coordinates of the systems used in China, brought to WGS-84.

GCJ-02 shifts WGS-84 inside China by a published series (the Krasovsky 1940 ellipsoid with two
sums of sines); BD-09 turns and shifts GCJ-02 once more. Outside China nothing is shifted.
"""

from math import atan2, cos, hypot, pi, radians, sin, sqrt

from crm.vocabulary import CoordinateSystem

_AXIS_M = 6_378_245.0
_ECCENTRICITY_2 = 0.006_693_421_622_965_943
_BD_TURN = radians(3000.0)
_BD_LON, _BD_LAT, _BD_SCALE = 0.0065, 0.006, 0.00002
_CLOSE_ENOUGH = 1e-9  # degrees, a tenth of a millimetre


def to_wgs84(lat: float, lon: float, system: CoordinateSystem) -> tuple[float, float]:
    """(lat, lon) in WGS-84 degrees of a point given in a system."""
    if system is CoordinateSystem.BD09 and _shifted(lat, lon):
        lat, lon = _bd09_to_gcj02(lat, lon)
    if system is CoordinateSystem.WGS84 or not _shifted(lat, lon):
        return lat, lon
    found_lat, found_lon = lat, lon
    for _ in range(20):  # the shift hardly changes within itself: a few rounds settle it
        d_lat, d_lon = _shift(found_lat, found_lon)
        before = found_lat, found_lon
        found_lat, found_lon = lat - d_lat, lon - d_lon
        if max(abs(found_lat - before[0]), abs(found_lon - before[1])) < _CLOSE_ENOUGH:
            break
    return found_lat, found_lon


def to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """(lat, lon) in GCJ-02 of a WGS-84 point; outside China the point itself."""
    if not _shifted(lat, lon):
        return lat, lon
    d_lat, d_lon = _shift(lat, lon)
    return lat + d_lat, lon + d_lon


def _shifted(lat: float, lon: float) -> bool:
    return 0.8293 <= lat <= 55.8271 and 72.004 <= lon <= 137.8347


def _shift(lat: float, lon: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    both = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + both
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + both
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = radians(lat)
    flat = 1.0 - _ECCENTRICITY_2 * sin(phi) ** 2
    metres_north = _AXIS_M * (1.0 - _ECCENTRICITY_2) / (flat * sqrt(flat))
    metres_east = _AXIS_M / sqrt(flat) * cos(phi)
    return north * 180.0 / (metres_north * pi), east * 180.0 / (metres_east * pi)


def _bd09_to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    x, y = lon - _BD_LON, lat - _BD_LAT
    distance = hypot(x, y) - _BD_SCALE * sin(y * _BD_TURN)
    angle = atan2(y, x) - 0.000003 * cos(x * _BD_TURN)
    return distance * sin(angle), distance * cos(angle)
