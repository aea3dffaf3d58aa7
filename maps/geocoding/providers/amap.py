"""AMap 高德: geopy has no geocoder for it, so here is one, and how its answers are read."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
)
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geography.systems import convert_one
from maps.geocoding.candidates import Candidate, MatchLevel, placed
from maps.geocoding.providers import Access
from maps.geocoding.providers.chinese_levels import level_of

DIGITS = 6  # as many as AMap takes
# https://lbs.amap.com/api/webservice/guide/tools/info
NOTHING_FOUND = 30001  # ENGINE_RESPONSE_DATA_ERROR: its answer to an address nobody knows
QUOTA = {10003, 10004, 10010, 10014, 10015, 10019, 10020, 10021, 10029, 10044, 10045, 40000, 40002}
KEYS = range(10001, 10030)  # whatever else there is about keys, signatures and rights
QUESTIONS = range(20000, 20012)


class AMap(Geocoder):  # type: ignore[misc]
    """AMap's web service for addresses (`/v3/geocode`), for geopy. Coordinates are GCJ-02.

    Documentation at https://lbs.amap.com/api/webservice/guide/api/georegeo
    """

    geocode_path = "/v3/geocode/geo"
    reverse_path = "/v3/geocode/regeo"

    def __init__(self, api_key: str, *, domain: str = "restapi.amap.com", **common: Any) -> None:
        """`api_key` is one for web services (Web服务); the rest is geopy's."""
        super().__init__(**common)
        self.api_key = api_key
        self.domain = domain.strip("/")

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Any:
        """The location, or with `exactly_one=False` all of them, that an address means; None when
        there is none."""
        parse = partial(self._parse_json, exactly_one=exactly_one)
        url = self._url(self.geocode_path, address=query)
        return self._call_geocoder(url, parse, timeout=timeout)

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Any:
        """The address at a point, None where AMap has none."""
        point = query if isinstance(query, Point) else Point(query)
        place = f"{point.longitude:.{DIGITS}f},{point.latitude:.{DIGITS}f}"
        parse = partial(self._parse_reverse_json, point=point, exactly_one=exactly_one)
        url = self._url(self.reverse_path, location=place)
        return self._call_geocoder(url, parse, timeout=timeout)

    def _url(self, path: str, **params: str) -> str:
        query = urlencode({"key": self.api_key, "output": "JSON"} | params)
        return f"{self.scheme}://{self.domain}{path}?{query}"

    def _parse_json(self, page: dict[str, Any], exactly_one: bool) -> Any:
        if not self._has_found(page) or not page["geocodes"]:
            return None
        found = [self._location(one) for one in page["geocodes"]]
        return found[0] if exactly_one else found

    def _parse_reverse_json(self, page: dict[str, Any], point: Point, exactly_one: bool) -> Any:
        if not self._has_found(page) or not page["regeocode"].get("formatted_address"):
            return None
        raw = page["regeocode"]
        found = Location(raw["formatted_address"], (point.latitude, point.longitude), raw)
        return found if exactly_one else [found]

    def _location(self, raw: dict[str, Any]) -> Location:
        lon, lat = raw["location"].split(",")
        return Location(raw["formatted_address"], (float(lat), float(lon)), raw)

    def _has_found(self, page: dict[str, Any]) -> bool:
        """Whether the page is an answer; raises geopy's error for a refusal."""
        if str(page["status"]) == "1":
            return True
        code, words = int(page.get("infocode") or 0), str(page.get("info") or "")
        if code == NOTHING_FOUND:
            return False
        kind: type[Exception] = GeocoderServiceError
        if code in QUOTA:
            kind = GeocoderQuotaExceeded
        elif code in KEYS:
            kind = GeocoderAuthenticationFailure
        elif code in QUESTIONS:
            kind = GeocoderQueryError
        raise kind(f"{words} ({code})")


class AMapSpoken:
    """Asks for all matches; places are in GCJ-02."""

    def __init__(self, access: Access) -> None:
        self._geopy = AMap(access.key, domain=access.domain, **access.common)

    def search(self, address: str) -> list[Candidate]:
        """The places that an address may mean."""
        found = self._geopy.geocode(address, exactly_one=False)
        return [
            _candidate(one, one.raw, level_of(_word(one.raw.get("level")))) for one in found or ()
        ]

    def address_at(self, lat: float, lon: float) -> Candidate | None:
        """What is at a WGS-84 position."""
        found = self._geopy.reverse(Point(*convert_one(lat, lon, "WGS-84", "GCJ-02")))
        if found is None:
            return None
        return _candidate(found, found.raw.get("addressComponent") or {}, MatchLevel.STREET)


def _candidate(found: Location, parts: dict[str, Any], level: MatchLevel) -> Candidate:
    names = (_word(parts.get(name)) for name in ("city", "district", "province"))
    return Candidate(
        label=found.address,
        city=" ".join(filter(None, names)),
        level=level,
        said=_word(parts.get("level")),
        **placed(found.latitude, found.longitude, "GCJ-02"),
    )


def _word(value: object) -> str:
    """A text of AMap's, which writes an empty one as an empty list."""
    return value if isinstance(value, str) else ""
