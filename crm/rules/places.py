"""Distances on the ground."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_000.0


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> int:
    """Great-circle distance in whole metres between two WGS-84 points in degrees."""
    north, south = radians(lat), radians(other_lat)
    half_chord = (
        sin((south - north) / 2) ** 2
        + cos(north) * cos(south) * sin(radians(other_lon - lon) / 2) ** 2
    )
    return round(2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, half_chord))))
