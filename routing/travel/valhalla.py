"""Travel by road from Valhalla over HTTP: one server for all means of transport.

Valhalla does not say in a matrix how far it took a place to the road, and refuses the whole of it
for one place without any: so places are looked up first, and only those with a road are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from routing.problem import Matrix, Place
from routing.travel.asking import Engine, Patience
from routing.travel.blocks import Block, Numbers, at_home, gather
from routing.travel.interface import Path
from routing.travel.polyline import decoded
from routing.travel.straight_line import great_circle_m
from routing.travel.trouble import TooMuch, UnknownTransport

COSTINGS = {
    "car": "auto",
    "scooter": "motor_scooter",
    "bicycle": "bicycle",
    "foot": "pedestrian",
}
SIDE = 50  # places a side of a block: 2,500 pairs, as the server comes
LINE_PLACES = 20  # of one drawn way, as the server comes
LOOKED_UP = 50  # places at once
SNAP_LIMIT_M = 1000.0
M_A_KM = 1000
TOO_MANY, NO_PATH, NO_EDGES = 150, 442, 171  # its own error codes


class Valhalla:
    """The provider `valhalla`."""

    name = "valhalla"

    def __init__(
        self,
        url: str,
        *,
        snap_limit_m: float = SNAP_LIMIT_M,
        side: int = SIDE,
        patience: Patience | None = None,
    ) -> None:
        self._engine = Engine(url, patience or Patience())
        self._snap_limit_m = snap_limit_m
        self._side = side

    @property
    def source(self) -> str:
        """`valhalla:` and when its tiles were made, seconds since 1970."""
        answer = self._engine.get("/status")
        if "version" not in answer:
            raise self._engine.wrong(f"no Valhalla is there; it answered {_said(answer)}")
        made = answer.get("tileset_last_modified")
        return f"{self.name}:{made}" if made else self.name

    def matrices(self, places: Sequence[Place], transport: str) -> tuple[Matrix, Matrix]:
        """See `TravelTimes`."""
        return at_home(self.legs(places, places, transport))

    def legs(
        self, some: Sequence[Place], others: Sequence[Place], transport: str
    ) -> tuple[Matrix, Matrix]:
        """See `RoadTimes`."""
        costing = _costing(transport)
        every = list(dict.fromkeys((*some, *others)))
        off_m = dict(zip(every, self._off_m(every, costing), strict=True))

        def ask(rows: Sequence[Place], columns: Sequence[Place]) -> Block:
            return self._block(rows, columns, off_m, costing)

        found, self._side = gather(some, others, self._side, ask)
        return found.matrices(limit_m=self._snap_limit_m)

    def line(self, places: Sequence[Place], transport: str) -> tuple[Path, ...]:
        """See `TravelTimes`; a leg without a way is a straight line."""
        costing = _costing(transport)
        paths: list[Path] = []
        for first in range(0, len(places) - 1, LINE_PLACES - 1):
            paths += self._paths(places[first : first + LINE_PLACES], costing)
        return tuple(paths)

    def _off_m(self, places: Sequence[Place], costing: str) -> list[float]:
        """Metres from each place to the road that stands for it; infinite where there is none."""
        found: list[float] = []
        for first in range(0, len(places), LOOKED_UP):
            part = places[first : first + LOOKED_UP]
            body = {"locations": [_at(place) for place in part], "costing": costing}
            answer = self._engine.post_for_list("/locate", body)
            if len(answer) != len(part):
                raise self._engine.wrong(
                    f"it looked up {len(answer)} places; {len(part)} were asked for"
                )
            found += [self._nearest_m(place, one) for place, one in zip(part, answer, strict=True)]
        return found

    def _nearest_m(self, place: Place, answer: Any) -> float:
        try:
            roads = [*(answer.get("edges") or ()), *(answer.get("nodes") or ())]
            spots = [
                Place(
                    id="",
                    lat=float(road.get("correlated_lat", road.get("lat"))),
                    lon=float(road.get("correlated_lon", road.get("lon"))),
                )
                for road in roads
            ]
        except (AttributeError, TypeError, ValueError) as error:
            raise self._engine.wrong(f"a place looked up without its road: {error!r}") from None
        return float(great_circle_m([place, *spots])[0, 1:].min()) if spots else np.inf

    def _block(
        self,
        some: Sequence[Place],
        others: Sequence[Place],
        off_m: Mapping[Place, float],
        costing: str,
    ) -> Block:
        from_off_m, to_off_m = (np.array([off_m[p] for p in part]) for part in (some, others))
        rows = np.flatnonzero(from_off_m <= self._snap_limit_m)
        columns = np.flatnonzero(to_off_m <= self._snap_limit_m)
        seconds = np.full((len(some), len(others)), np.nan)
        metres = seconds.copy()
        if len(rows) and len(columns):
            near = [some[int(n)] for n in rows], [others[int(n)] for n in columns]
            cells = np.ix_(rows, columns)
            seconds[cells], metres[cells] = self._table(*near, costing)
        return Block(seconds=seconds, metres=metres, from_off_m=from_off_m, to_off_m=to_off_m)

    def _table(
        self, some: Sequence[Place], others: Sequence[Place], costing: str
    ) -> tuple[Numbers, Numbers]:
        body = {
            "sources": [_at(place) for place in some],
            "targets": [_at(place) for place in others],
            "costing": costing,
            "units": "kilometers",
            "verbose": True,
        }
        answer = self._engine.post("/sources_to_targets", body)
        if answer.get("error_code") == TOO_MANY:
            raise TooMuch(self._engine.shown, _said(answer))
        if "sources_to_targets" not in answer:
            raise self._engine.wrong(f"it answered {_said(answer)}")
        shape = (len(some), len(others))
        try:
            cells = [
                [(cell["time"], cell["distance"]) for cell in row]
                for row in answer["sources_to_targets"]
            ]
            found = np.array(cells, dtype=np.float64)  # null becomes nan
        except (KeyError, TypeError, ValueError):
            raise self._engine.wrong("its sources_to_targets are no table of legs") from None
        if found.shape != (*shape, 2):
            raise self._engine.wrong(
                f"its sources_to_targets are {found.shape[:2]}; {shape} were asked for"
            )
        return found[..., 0], found[..., 1] * M_A_KM

    def _paths(self, places: Sequence[Place], costing: str) -> list[Path]:
        body = {
            "locations": [_at(place) for place in places],
            "costing": costing,
            "directions_type": "none",
            "shape_format": "polyline6",
        }
        answer = self._engine.post("/route", body)
        if answer.get("error_code") in (NO_PATH, NO_EDGES):
            if len(places) == 2:
                return [tuple((place.lat, place.lon) for place in places)]
            return [
                path
                for n in range(len(places) - 1)
                for path in self._paths(places[n : n + 2], costing)
            ]
        try:
            paths = [decoded(leg["shape"]) for leg in answer["trip"]["legs"]]
        except (LookupError, TypeError, ValueError):
            raise self._engine.wrong(f"a way without its line: {_said(answer)}") from None
        if len(paths) != len(places) - 1:
            raise self._engine.wrong(
                f"a way of {len(paths)} legs; {len(places) - 1} were asked for"
            )
        return paths


def _costing(transport: str) -> str:
    try:
        return COSTINGS[transport]
    except KeyError:
        raise UnknownTransport(transport, tuple(COSTINGS)) from None


def _at(place: Place) -> dict[str, float]:
    return {"lat": round(place.lat, 6), "lon": round(place.lon, 6)}


def _said(answer: Mapping[str, Any]) -> str:
    return f"{answer.get('error_code', 'nothing known')!s:.40}: {answer.get('error', '')!s:.200}"
