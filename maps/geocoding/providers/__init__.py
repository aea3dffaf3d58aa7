"""The geocoders that can be asked, by name: each is built for geopy and its answers are read."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from geopy.adapters import URLLibAdapter

from maps.geocoding.candidates import Candidate

Provider = Literal["nominatim", "photon", "baidu", "amap"]
PUBLIC = MappingProxyType(
    {
        "nominatim": "https://nominatim.openstreetmap.org",
        "photon": "https://photon.komoot.io",
        "baidu": "https://api.map.baidu.com",
        "amap": "https://restapi.amap.com",
    }
)


@dataclass(frozen=True, kw_only=True)
class Access:
    """How a geocoder is reached. `url` is its root, without a slash at its end; `country` (two
    letters, or empty) keeps the search there where the geocoder can."""

    url: str
    key: str = ""
    user_agent: str = "callcycle"
    timeout_s: float = 10.0
    country: str = ""

    @property
    def scheme(self) -> str:
        """`http` or `https`."""
        return urlsplit(self.url).scheme

    @property
    def domain(self) -> str:
        """Host, port and path: what geopy calls the domain."""
        parts = urlsplit(self.url)
        return parts.netloc + parts.path.rstrip("/")

    @property
    def common(self) -> dict[str, Any]:
        """What every geocoder of geopy is told. Where `requests` happens to be installed geopy
        would take it, which tries again by itself and sleeps as long as a server tells it to."""
        return {
            "scheme": self.scheme,
            "timeout": self.timeout_s,
            "user_agent": self.user_agent,
            "adapter_factory": URLLibAdapter,
        }


class Spoken(Protocol):
    """A geocoder in its own protocol. Both raise geopy's errors, and whatever reading an answer
    of the wrong shape raises."""

    def search(self, address: str) -> list[Candidate]:
        """The places that an address may mean, the likeliest first."""

    def address_at(self, lat: float, lon: float) -> Candidate | None:
        """What is at a WGS-84 position."""


def builders() -> dict[str, Callable[[Access], Spoken]]:
    """Who speaks to which geocoder."""
    from maps.geocoding.providers.amap import AMapSpoken
    from maps.geocoding.providers.baidu import BaiduSpoken
    from maps.geocoding.providers.nominatim import NominatimSpoken
    from maps.geocoding.providers.photon import PhotonSpoken

    return {
        "nominatim": NominatimSpoken,
        "photon": PhotonSpoken,
        "baidu": BaiduSpoken,
        "amap": AMapSpoken,
    }
