"""Nominatim, OpenStreetMap's own search."""

from typing import Any

from geopy.geocoders import Nominatim

from maps.geocoding.candidates import Candidate, MatchLevel, placed
from maps.geocoding.providers import Access

MOST = 5
# place_rank, see https://nominatim.org/release-docs/latest/customize/Ranking/
LEVELS = (
    (28, MatchLevel.HOUSE),
    (26, MatchLevel.STREET),
    (17, MatchLevel.VILLAGE),
    (13, MatchLevel.TOWN),
)
TOWNS = ("city", "town", "village", "municipality", "suburb", "hamlet", "county")


class NominatimSpoken:
    """Asks for a handful of matches with the parts of their addresses."""

    def __init__(self, access: Access) -> None:
        self._geopy = Nominatim(domain=access.domain, **access.common)
        self._countries = access.country.lower() or None

    def search(self, address: str) -> list[Candidate]:
        """The places that an address may mean, the most prominent first."""
        found = self._geopy.geocode(
            address,
            exactly_one=False,
            limit=MOST,
            addressdetails=True,
            country_codes=self._countries,
        )
        return [_candidate(one.raw) for one in found or ()]

    def address_at(self, lat: float, lon: float) -> Candidate | None:
        """What is at a position."""
        found = self._geopy.reverse((lat, lon), exactly_one=True)
        return _candidate(found.raw) if found is not None else None


def _candidate(raw: dict[str, Any]) -> Candidate:
    parts = raw.get("address") or {}
    importance = raw.get("importance")
    return Candidate(
        label=str(raw["display_name"]),
        city=", ".join(dict.fromkeys(str(parts[name]) for name in TOWNS if name in parts)),
        level=_level(raw),
        said=str(raw.get("addresstype") or raw.get("type") or ""),
        score=float(importance) if importance is not None else None,
        **placed(raw["lat"], raw["lon"], "WGS-84"),
    )


def _level(raw: dict[str, Any]) -> MatchLevel:
    rank = raw.get("place_rank")
    if rank is None:
        return MatchLevel.UNKNOWN
    return next((level for least, level in LEVELS if int(rank) >= least), MatchLevel.REGION)
