"""Photon, a search over OpenStreetMap's data that forgives slips of the pen."""

from typing import Any

from geopy.geocoders import Photon

from maps.geocoding.candidates import Candidate, MatchLevel, placed
from maps.geocoding.providers import Access

MOST = 5
LEVELS = {
    "house": MatchLevel.HOUSE,
    "street": MatchLevel.STREET,
    "locality": MatchLevel.VILLAGE,
    "district": MatchLevel.VILLAGE,
    "city": MatchLevel.TOWN,
    "county": MatchLevel.REGION,
    "state": MatchLevel.REGION,
    "country": MatchLevel.REGION,
}
TOWNS = ("city", "district", "locality", "county")
LABEL = ("name", "street", "housenumber", "postcode", "city", "state", "country")


class PhotonSpoken:
    """Asks for a handful of matches; Photon gives them no score."""

    def __init__(self, access: Access) -> None:
        self._geopy = Photon(domain=access.domain, **access.common)
        self._country = access.country.upper()

    def search(self, address: str) -> list[Candidate]:
        """The places that an address may mean. It cannot be told a country: those of others are
        left out here."""
        found = self._geopy.geocode(address, exactly_one=False, limit=MOST)
        raws = [one.raw for one in found or ()]
        return [_candidate(raw) for raw in raws if self._at_home(raw["properties"])]

    def address_at(self, lat: float, lon: float) -> Candidate | None:
        """What is at a position."""
        found = self._geopy.reverse((lat, lon), exactly_one=True)
        return _candidate(found.raw) if found is not None else None

    def _at_home(self, properties: dict[str, Any]) -> bool:
        country = str(properties.get("countrycode") or self._country).upper()
        return not self._country or country == self._country


def _candidate(raw: dict[str, Any]) -> Candidate:
    parts = raw["properties"]
    lon, lat = raw["geometry"]["coordinates"][:2]
    said = str(parts.get("type") or "")
    town = said == "city" and [str(parts.get("name") or "")]
    names = town or [str(parts[name]) for name in TOWNS if parts.get(name)]
    return Candidate(
        label=", ".join(dict.fromkeys(str(parts[name]) for name in LABEL if parts.get(name))),
        city=", ".join(dict.fromkeys(names)),
        level=LEVELS.get(said, MatchLevel.UNKNOWN),
        said=said,
        **placed(lat, lon, "WGS-84"),
    )
