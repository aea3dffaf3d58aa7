"""Baidu's geocoding, third version."""

from typing import Any

from geopy.exc import GeocoderAuthenticationFailure
from geopy.geocoders import BaiduV3
from geopy.location import Location

from geography.systems import convert_one
from maps.geocoding.candidates import Candidate, placed
from maps.geocoding.providers import Access
from maps.geocoding.providers.chinese_levels import level_of

NOTHING_FOUND = (1, "无相关结果")  # its way to say so looks like an error
NO_SUCH_KEY = 5
LEAST = 60  # of confidence and comprehension, of 100: below it may be half a kilometre off


class _BaiduGeocoder(BaiduV3):  # type: ignore[misc]
    """Baidu with its root at a place of one's choice, and its own words for nothing found."""

    def __init__(self, access: Access) -> None:
        super().__init__(access.key, **access.common)
        self.api = access.url + self.api_path
        self.reverse_api = access.url + self.reverse_path

    def _parse_json(self, page: dict[str, Any], exactly_one: bool = True) -> Location | None:
        status, words = NOTHING_FOUND
        if page.get("status") == status and words in str(page.get("msg") or page.get("message")):
            return None
        self._check_status(page["status"])
        return super()._parse_json(page, exactly_one)

    def _check_status(self, status: int) -> None:
        if status == NO_SUCH_KEY:
            raise GeocoderAuthenticationFailure("AK illegal or not existing")
        super()._check_status(status)

    def _parse_reverse_json(self, page: dict[str, Any], exactly_one: bool = True) -> Location:
        self._check_status(page["status"])
        return super()._parse_reverse_json(page, exactly_one)


class BaiduSpoken:
    """Asks for the one match that Baidu gives; places are in BD-09."""

    def __init__(self, access: Access) -> None:
        self._geopy = _BaiduGeocoder(access)

    def search(self, address: str) -> list[Candidate]:
        """The place that Baidu takes an address for; it tells no town."""
        found = self._geopy.geocode(address)
        if found is None:
            return []
        raw = found.raw
        confidence = float(raw.get("confidence", 0))
        said = str(raw.get("level") or "")
        return [
            Candidate(
                label=address,
                city="",
                level=level_of(said),
                said=said,
                score=confidence,
                weak=min(confidence, float(raw.get("comprehension", 100))) < LEAST,
                **placed(raw["location"]["lat"], raw["location"]["lng"], "BD-09"),
            )
        ]

    def address_at(self, lat: float, lon: float) -> Candidate | None:
        """What is at a WGS-84 position."""
        found = self._geopy.reverse(convert_one(lat, lon, "WGS-84", "BD-09"))
        if found is None or not found.raw.get("formatted_address"):
            return None
        parts = found.raw.get("addressComponent") or {}
        return Candidate(
            label=str(found.raw["formatted_address"]),
            city=str(parts.get("city") or ""),
            level=level_of("门址" if parts.get("street_number") else "道路"),
            **placed(found.raw["location"]["lat"], found.raw["location"]["lng"], "BD-09"),
        )
