"""Routing engines for tests: a small server that speaks OSRM's or Valhalla's protocol, and does
on request what a real one does only on its worst days."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

from routing.problem import Place
from routing.travel.polyline import encoded
from routing.travel.straight_line import great_circle_m

METRES_A_SECOND = 10
METRES_A_DEGREE = 111_195
NOWHERE_M = 100_000  # so far off no road stands for a place
SLOWER_EAST = 2  # seconds: what is not symmetric on a real road
Answer = tuple[int, object]


@dataclass
class FakeEngine:
    """A world of straight roads; from west to east takes two seconds longer. `off_m` by (lat, lon)
    is how far a place lies from its road, `unreachable` holds places that no road leads to.
    `mishaps` are answered first, one a request; `change` alters answers."""

    url: str = ""
    version: str = "2026-11-01"
    most: int = 100  # places a side of a table
    off_m: dict[tuple[float, float], float] = field(default_factory=dict)
    unreachable: set[tuple[float, float]] = field(default_factory=set)
    mishaps: list[Answer] = field(default_factory=list)
    change: Callable[[dict], object] | None = None
    slow_s: float = 0.0
    asked: list[str] = field(default_factory=list)

    def answered(self, target: str, body: dict | None) -> Answer:
        self.asked.append(target)
        if self.slow_s:
            time.sleep(self.slow_s)
        if self.mishaps:
            return self.mishaps.pop(0)
        parts = urlsplit(target)
        service = parts.path.split("/")[1]
        if service in ("sources_to_targets", "status", "locate") or (service == "route" and body):
            status, found = getattr(self, f"_valhalla_{service}")(body or {})
        else:
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, found = getattr(self, f"_osrm_{service}")(parts.path.split("/")[-1], asked)
        return status, self.change(found) if self.change and isinstance(found, dict) else found

    def legs(self, some: list, others: list) -> list[list[tuple[float, float] | None]]:
        """(seconds, metres) by row and column."""
        places = [Place(id=str(n), lat=at[0], lon=at[1]) for n, at in enumerate([*some, *others])]
        direct = great_circle_m(places)
        return [
            [
                None
                if start != end and {start, end} & self.unreachable
                else (
                    direct[row, len(some) + column] / METRES_A_SECOND
                    + SLOWER_EAST * (start[1] < end[1]),
                    direct[row, len(some) + column],
                )
                for column, end in enumerate(others)
            ]
            for row, start in enumerate(some)
        ]

    def _osrm_nearest(self, where: str, asked: dict) -> Answer:
        return 200, {"code": "Ok", "data_version": self.version, "waypoints": []}

    def _osrm_table(self, where: str, asked: dict) -> Answer:
        spots = _spots(where)
        some = [spots[int(n)] for n in asked["sources"].split(";")]
        others = [spots[int(n)] for n in asked["destinations"].split(";")]
        if len(some) * len(others) > self.most**2:
            return 400, {"code": "TooBig", "message": "Too many table coordinates"}
        legs = self.legs(some, others)
        return 200, {
            "code": "Ok",
            "durations": [[leg and leg[0] for leg in row] for row in legs],
            "distances": [[leg and leg[1] for leg in row] for row in legs],
            "sources": [{"distance": self.off_m.get(at, 1.5)} for at in some],
            "destinations": [{"distance": self.off_m.get(at, 1.5)} for at in others],
        }

    def _osrm_route(self, where: str, asked: dict) -> Answer:
        spots = _spots(where)
        if set(spots) & self.unreachable:
            return 400, {"code": "NoRoute", "message": "Impossible route between points"}
        legs = [
            {"steps": [{"geometry": encoded((a, _middle(a, b)))}, {"geometry": encoded((b, b))}]}
            for a, b in pairwise(spots)
        ]
        return 200, {"code": "Ok", "routes": [{"legs": legs}]}

    def _valhalla_status(self, body: dict) -> Answer:
        return 200, {"version": "3.5.1", "tileset_last_modified": self.version}

    def _valhalla_locate(self, body: dict) -> Answer:
        found = []
        for lat, lon in map(_spot, body["locations"]):
            off_m = self.off_m.get((lat, lon), 1.5)
            edges = [{"correlated_lat": lat + off_m / METRES_A_DEGREE, "correlated_lon": lon}]
            found.append({"edges": edges if off_m < NOWHERE_M else None, "nodes": None})
        return 200, found

    def _valhalla_sources_to_targets(self, body: dict) -> Answer:
        some, others = ([_spot(one) for one in body[name]] for name in ("sources", "targets"))
        if len(some) * len(others) > self.most**2:
            return 400, {"error_code": 150, "error": "Exceeded max locations: 2500"}
        if any(self.off_m.get(at, 0) >= NOWHERE_M for at in (*some, *others)):
            return 400, {"error_code": 171, "error": "No suitable edges near location"}
        cells = [
            [{"time": leg and round(leg[0]), "distance": leg and leg[1] / 1000} for leg in row]
            for row in self.legs(some, others)
        ]
        return 200, {"sources_to_targets": cells, "units": "kilometers"}

    def _valhalla_route(self, body: dict) -> Answer:
        spots = [_spot(one) for one in body["locations"]]
        if len(spots) > self.most:
            return 400, {"error_code": 150, "error": "Exceeded max locations: 20"}
        if set(spots) & self.unreachable:
            return 400, {"error_code": 442, "error": "No path could be found for input"}
        legs = [{"shape": encoded((a, _middle(a, b), b))} for a, b in pairwise(spots)]
        return 200, {"trip": {"legs": legs, "status": 0}}


def _spot(location: dict) -> tuple[float, float]:
    return location["lat"], location["lon"]


def _middle(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """A way turns one corner."""
    return a[0], b[1]


def _spots(where: str) -> list[tuple[float, float]]:
    return [
        (float(lat), float(lon)) for lon, _, lat in (one.partition(",") for one in where.split(";"))
    ]


@contextmanager
def fake_engine(**settings: object) -> Iterator[FakeEngine]:
    """A running server on loopback."""
    engine = FakeEngine(**settings)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(None)

        def do_POST(self):
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, body):
            status, found = engine.answered(self.path, body)
            content = found if isinstance(found, bytes) else json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a caller that did not wait for the answer
    engine.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield engine
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
