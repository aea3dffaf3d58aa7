"""Coordinates of the systems used in China, brought to WGS-84."""

import numpy as np

from crm.vocabulary import CoordinateSystem
from geography.mainland import near_the_outline
from geography.systems import System, convert_one

SYSTEMS: dict[CoordinateSystem, System] = {
    CoordinateSystem.WGS84: "WGS-84",
    CoordinateSystem.GCJ02: "GCJ-02",
    CoordinateSystem.BD09: "BD-09",
}


def to_wgs84(lat: float, lon: float, system: CoordinateSystem) -> tuple[float, float]:
    """(lat, lon) in WGS-84 degrees of a point given in a system."""
    return convert_one(lat, lon, SYSTEMS[system], "WGS-84")


def to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """(lat, lon) in GCJ-02 of a WGS-84 point; outside mainland China the point itself."""
    return convert_one(lat, lon, "WGS-84", "GCJ-02")


def shift_is_unsure(lat: float, lon: float) -> bool:
    """Whether a point lies so near to mainland China's border that nobody can tell from the
    place alone whether its coordinates are shifted."""
    return bool(near_the_outline(np.array([(lat, lon)]))[0])
