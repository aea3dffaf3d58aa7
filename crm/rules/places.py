"""Distances on the ground."""

from geopy.distance import great_circle

SIGNS = (1, -1)
MOST_LATITUDE = 90


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> int:
    """Great-circle distance in whole metres between two WGS-84 points in degrees."""
    metres: float = great_circle((lat, lon), (other_lat, other_lon)).meters
    return round(metres)


def mirrored(lat: float, lon: float) -> list[tuple[float, float]]:
    """The points that a slip makes of this one: a sign lost, or latitude and longitude swapped."""
    turned = [
        (a * north, b * east)
        for a, b in ((lat, lon), (lon, lat))
        for north in SIGNS
        for east in SIGNS
    ]
    return [(a, b) for a, b in turned if (a, b) != (lat, lon) and abs(a) <= MOST_LATITUDE]
