"""What a geocoder found: candidates, all of one form whoever was asked."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from geography.systems import System, convert_one


class MatchLevel(StrEnum):
    """What a candidate stands for, the most exact first."""

    HOUSE = "house"  # a house number, or a named shop, office or building
    STREET = "street"
    VILLAGE = "village"  # a village's, a quarter's or a township's middle
    TOWN = "town"
    REGION = "region"  # a county, a province, a country
    UNKNOWN = "unknown"

    @property
    def exact(self) -> bool:
        """Whether the place is more than the middle of somewhere."""
        return self in (MatchLevel.HOUSE, MatchLevel.STREET)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A place that an address may mean.

    `lat`, `lon` are WGS-84 degrees; `source_*` are what the geocoder said, in its own `system`.
    `level` is what it stands for, `said` the geocoder's own word for that, `score` its own figure
    (each geocoder has its own; None: it gives none). `weak`: the geocoder itself doubts it.
    """

    label: str
    city: str
    lat: float
    lon: float
    system: System
    source_lat: float
    source_lon: float
    level: MatchLevel
    said: str = ""
    score: float | None = None
    weak: bool = False

    def as_json(self) -> dict[str, Any]:
        """The candidate as JSON holds it."""
        return asdict(self) | {"level": self.level.value}


def candidate_of(document: dict[str, Any]) -> Candidate:
    """The candidate that `as_json` wrote."""
    return Candidate(**document | {"level": MatchLevel(document["level"])})


def placed(lat: float, lon: float, system: System) -> dict[str, Any]:
    """A candidate's place from what a geocoder said. Raises ValueError for what is no place."""
    lat, lon = float(lat), float(lon)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat, lon) == (0, 0):
        raise ValueError(f"{lat}, {lon} is no place")
    wgs_lat, wgs_lon = convert_one(lat, lon, system, "WGS-84")
    return {
        "lat": wgs_lat,
        "lon": wgs_lon,
        "system": system,
        "source_lat": lat,
        "source_lon": lon,
    }
