"""A server on this machine that speaks as Nominatim, Photon, Baidu and AMap do, and as they do on
their bad days."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from geography.systems import System, convert_one

Query = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place that the geocoders know, in WGS-84."""

    name: str
    town: str
    lat: float
    lon: float
    exact: bool = True
    country: str = "MT"


@dataclass
class FakeGeocoder:
    """`gazetteer` maps a part of an address to the spots that it may mean. `mishap`, if set, is
    answered instead: a status, headers and a body; `after` so many good answers."""

    gazetteer: dict[str, list[Spot]] = field(default_factory=dict)
    mishap: tuple[int, dict[str, str], bytes] | None = None
    after: int = 0
    delay: threading.Event | None = None  # answers wait for it
    prompt: int = 0  # so many of the first do not
    asked: list[tuple[str, Query]] = field(default_factory=list)
    user_agents: list[str] = field(default_factory=list)
    url: str = ""

    def known(self, address: str) -> list[Spot]:
        """The spots that an address may mean."""
        return next((s for part, s in self.gazetteer.items() if part in address), [])

    def nearest(self, lat: float, lon: float) -> Spot | None:
        """The spot at a WGS-84 place."""
        spots = [spot for found in self.gazetteer.values() for spot in found]
        return min(spots, key=lambda s: abs(s.lat - lat) + abs(s.lon - lon), default=None)

    def goes_wrong(self, status: int = 200, body: Any = b"", **headers: str) -> None:
        """Answer so from now on."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.mishap = (status, {k.replace("_", "-"): v for k, v in headers.items()}, sent)


@contextmanager
def running() -> Iterator[FakeGeocoder]:
    """The server, on a port of its own."""
    fake = FakeGeocoder()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            fake.asked.append((parts.path, query))
            fake.user_agents.append(self.headers.get("User-Agent", ""))
            if fake.delay is not None and len(fake.asked) > fake.prompt:
                fake.delay.wait(30)
            if fake.mishap is not None and len(fake.asked) > fake.after:
                status, headers, body = fake.mishap
            else:
                answer = ANSWERS[parts.path](fake, query)
                status, headers, body = 200, {}, json.dumps(answer).encode()
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # whoever asked did not wait

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield fake
    finally:
        if fake.delay is not None:
            fake.delay.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _shifted(spot: Spot, system: System) -> tuple[float, float]:
    return convert_one(spot.lat, spot.lon, "WGS-84", system)


def _nominatim_place(spot: Spot) -> dict[str, Any]:
    return {
        "lat": str(spot.lat),
        "lon": str(spot.lon),
        "display_name": f"{spot.name}, {spot.town}, Malta",
        "addresstype": "building" if spot.exact else "town",
        "place_rank": 30 if spot.exact else 16,
        "importance": 0.41,
        "address": {"road": spot.name, "town": spot.town, "country_code": "mt"},
    }


def _nominatim(fake: FakeGeocoder, query: Query) -> Any:
    return [_nominatim_place(spot) for spot in fake.known(query["q"])]


def _nominatim_reverse(fake: FakeGeocoder, query: Query) -> Any:
    spot = fake.nearest(float(query["lat"]), float(query["lon"]))
    return _nominatim_place(spot) if spot else {"error": "Unable to geocode"}


def _photon_places(spots: list[Spot]) -> Any:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [spot.lon, spot.lat]},
                "properties": {
                    "type": "house" if spot.exact else "city",
                    "name": spot.name if spot.exact else spot.town,
                    "city": spot.town,
                    "countrycode": spot.country,
                },
            }
            for spot in spots
        ],
    }


def _photon(fake: FakeGeocoder, query: Query) -> Any:
    return _photon_places(fake.known(query["q"]))


def _photon_reverse(fake: FakeGeocoder, query: Query) -> Any:
    spot = fake.nearest(float(query["lat"]), float(query["lon"]))
    return _photon_places([spot] if spot else [])


def _baidu(fake: FakeGeocoder, query: Query) -> Any:
    spots = fake.known(query["address"])
    if not spots:
        return {"status": 1, "msg": "Internal Service Error:无相关结果", "results": []}
    lat, lon = _shifted(spots[0], "BD-09")
    return {
        "status": 0,
        "result": {
            "location": {"lng": lon, "lat": lat},
            "precise": int(spots[0].exact),
            "confidence": 80 if spots[0].exact else 20,
            "comprehension": 100,
            "level": "门址" if spots[0].exact else "城市",
        },
    }


def _baidu_reverse(fake: FakeGeocoder, query: Query) -> Any:
    lat, lon = convert_one(*map(float, query["location"].split(",")), "BD-09", "WGS-84")
    spot = fake.nearest(lat, lon)
    assert spot is not None
    lat, lon = _shifted(spot, "BD-09")
    return {
        "status": 0,
        "result": {
            "location": {"lng": lon, "lat": lat},
            "formatted_address": f"{spot.town}{spot.name}",
            "addressComponent": {"city": spot.town, "street_number": "1号"},
        },
    }


def _amap(fake: FakeGeocoder, query: Query) -> Any:
    spots = fake.known(query["address"])
    codes = []
    for spot in spots:
        lat, lon = _shifted(spot, "GCJ-02")
        codes.append(
            {
                "formatted_address": f"山东省{spot.town}{spot.name}",
                "province": "山东省",
                "city": spot.town,
                "district": [],
                "location": f"{lon:.6f},{lat:.6f}",
                "level": "门牌号" if spot.exact else "市",
            }
        )
    return {
        "status": "1",
        "info": "OK",
        "infocode": "10000",
        "count": str(len(codes)),
        "geocodes": codes,
    }


def _amap_reverse(fake: FakeGeocoder, query: Query) -> Any:
    lon, lat = map(float, query["location"].split(","))
    spot = fake.nearest(*convert_one(lat, lon, "GCJ-02", "WGS-84"))
    name = f"山东省{spot.town}{spot.name}" if spot else []
    component = {"province": "山东省", "city": spot.town if spot else []}
    return {
        "status": "1",
        "infocode": "10000",
        "regeocode": {"formatted_address": name, "addressComponent": component},
    }


ANSWERS: dict[str, Callable[[FakeGeocoder, Query], Any]] = {
    "/search": _nominatim,
    "/reverse": _nominatim_reverse,
    "/api": _photon,
    "/photon/reverse": _photon_reverse,
    "/photon/api": _photon,
    "/geocoding/v3/": _baidu,
    "/reverse_geocoding/v3/": _baidu_reverse,
    "/v3/geocode/geo": _amap,
    "/v3/geocode/regeo": _amap_reverse,
}
