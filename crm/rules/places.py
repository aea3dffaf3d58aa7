"""Distances on the ground."""

from geopy.distance import great_circle


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> int:
    """Great-circle distance in whole metres between two WGS-84 points in degrees."""
    metres: float = great_circle((lat, lon), (other_lat, other_lon)).meters
    return round(metres)
