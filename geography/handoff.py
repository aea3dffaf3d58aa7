"""Links that hand a place over to the map application on a phone.

Each application is given the coordinates that it draws in: AMap GCJ-02; Baidu takes GCJ-02 when it
is told so; Apple's maps of mainland China are AMap's and take GCJ-02 there; Google's pins stand
right on its shifted road map of China with GCJ-02, and elsewhere all of them take WGS-84. A `geo:`
URI is WGS-84 by RFC 5870.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote, urlencode

from geography.systems import System, convert_one

DIGITS = 6  # a tenth of a metre
SOURCE = "callcycle"
PLACES_KEPT = 10_000


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where to go, in WGS-84 degrees, and what it is called."""

    name: str
    lat: float
    lon: float


@lru_cache(maxsize=PLACES_KEPT)  # a rep's day is asked for again and again
def links(place: Place, *, mode: str = "car") -> Mapping[str, str]:
    """The links by application: `amap`, `baidu`, `google`, `apple`, `geo`. `mode` is a means of
    transport: `foot`, `bicycle`, or else by car."""
    return MappingProxyType(
        {
            "amap": amap(place, mode=mode),
            "baidu": baidu(place, mode=mode),
            "google": google(place, mode=mode),
            "apple": apple(place, mode=mode),
            "geo": geo(place),
        }
    )


def amap(place: Place, *, mode: str = "car") -> str:
    """AMap 高德: the way to a place, by its web address, which opens the application."""
    lat, lon = _in("GCJ-02", place)
    modes = {"foot": "walk", "bicycle": "ride"}
    return "https://uri.amap.com/navigation?" + _query(
        to=f"{lon},{lat},{place.name}",
        mode=modes.get(mode, "car"),
        coordinate="gaode",
        callnative="1",
        src=SOURCE,
    )


def baidu(place: Place, *, mode: str = "car") -> str:
    """Baidu 百度: the way to a place."""
    lat, lon = _in("GCJ-02", place)
    modes = {"foot": "walking", "bicycle": "riding"}
    return "https://api.map.baidu.com/direction?" + _query(
        destination=f"latlng:{lat},{lon}|name:{place.name}",
        mode=modes.get(mode, "driving"),
        coord_type="gcj02",
        output="html",
        src=SOURCE,
    )


def google(place: Place, *, mode: str = "car") -> str:
    """Google: the way to a place."""
    lat, lon = _in("GCJ-02", place)
    modes = {"foot": "walking", "bicycle": "bicycling"}
    return "https://www.google.com/maps/dir/?" + _query(
        api="1", destination=f"{lat},{lon}", travelmode=modes.get(mode, "driving")
    )


def apple(place: Place, *, mode: str = "car") -> str:
    """Apple: the way to a place; it knows no bicycle here."""
    lat, lon = _in("GCJ-02", place)
    return "https://maps.apple.com/?" + _query(
        daddr=f"{lat},{lon}", q=place.name, dirflg="w" if mode == "foot" else "d"
    )


def geo(place: Place) -> str:
    """Whatever the phone opens: RFC 5870, with the name in the way that Android reads."""
    lat, lon = _in("WGS-84", place)
    return f"geo:{lat},{lon}?q={lat},{lon}({quote(place.name, safe='')})"


def _in(system: System, place: Place) -> tuple[str, str]:
    lat, lon = convert_one(place.lat, place.lon, "WGS-84", system)
    return f"{lat:.{DIGITS}f}", f"{lon:.{DIGITS}f}"


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote)
