"""Coordinates of the systems used in China, brought to WGS-84, and where a system is in doubt."""

from enum import StrEnum

import numpy as np

from crm.vocabulary import CoordinateSystem
from geography.mainland import in_mainland, near_the_outline
from geography.systems import System, convert_one

SYSTEMS: dict[CoordinateSystem, System] = {
    CoordinateSystem.WGS84: "WGS-84",
    CoordinateSystem.GCJ02: "GCJ-02",
    CoordinateSystem.BD09: "BD-09",
}


class Doubt(StrEnum):
    """Why coordinates may be some hundred metres off."""

    NOT_STATED = "not_stated"  # in mainland China, where three systems are in use
    NEAR_THE_BORDER = "near_the_border"  # so that shifted and unshifted are both possible


def to_wgs84(lat: float, lon: float, system: CoordinateSystem) -> tuple[float, float]:
    """(lat, lon) in WGS-84 degrees of a point given in a system."""
    return convert_one(lat, lon, SYSTEMS[system], "WGS-84")


def to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """(lat, lon) in GCJ-02 of a WGS-84 point; outside mainland China the point itself."""
    return convert_one(lat, lon, "WGS-84", "GCJ-02")


def readings(lat: float, lon: float) -> dict[CoordinateSystem, tuple[float, float]]:
    """Where in WGS-84 a pair of numbers lies, by the system that it is taken to be in."""
    return {system: to_wgs84(lat, lon, system) for system in CoordinateSystem}


def shift_is_unsure(lat: float, lon: float) -> bool:
    """Whether a point lies so near to mainland China's border that nobody can tell from the
    place alone whether its coordinates are shifted."""
    return bool(near_the_outline(np.array([(lat, lon)]))[0])


def doubt_about(lat: float, lon: float, stated: CoordinateSystem | None) -> Doubt | None:
    """What is to be asked about coordinates that came in; `stated` None: without their system.
    WGS-84 is never shifted, so where it is stated there is no doubt."""
    if stated is CoordinateSystem.WGS84:
        return None
    if shift_is_unsure(lat, lon):
        return Doubt.NEAR_THE_BORDER
    if stated is None and in_mainland(np.array([(lat, lon)]))[0]:
        return Doubt.NOT_STATED
    return None
