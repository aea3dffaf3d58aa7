"""Travel by road from OSRM over HTTP: one server a means of transport.

OSRM takes any place to the nearest road, however far that is, and says so only in passing
(`distance`, metres); where it finds no way it answers null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from routing.problem import Matrix, Place
from routing.travel.asking import Engine, Patience
from routing.travel.blocks import Block, Numbers, at_home, gather
from routing.travel.interface import Path
from routing.travel.polyline import decoded
from routing.travel.trouble import EngineWrong, TooMuch, UnknownTransport

SIDE = 100  # places a side of a block: what `osrm-routed` takes when nobody says otherwise
LINE_PLACES = 100  # of one drawn way
SNAP_LIMIT_M = 1000.0


class Osrm:
    """The provider `osrm`. `urls` by transport, such as {"car": "http://127.0.0.1:5000"}."""

    name = "osrm"

    def __init__(
        self,
        urls: Mapping[str, str],
        *,
        snap_limit_m: float = SNAP_LIMIT_M,
        side: int = SIDE,
        patience: Patience | None = None,
    ) -> None:
        self._engines = {t: Engine(url, patience or Patience()) for t, url in urls.items()}
        self._snap_limit_m = snap_limit_m
        self._side = side

    @property
    def source(self) -> str:
        """`osrm:` and the data's version, where `osrm-extract` was given one; of each server."""
        versions = dict.fromkeys(self._version(engine) for engine in self._engines.values())
        known = [version for version in versions if version]
        return f"{self.name}:{' '.join(known)}" if known else self.name

    def matrices(self, places: Sequence[Place], transport: str) -> tuple[Matrix, Matrix]:
        """See `TravelTimes`."""
        return at_home(self.legs(places, places, transport))

    def legs(
        self, some: Sequence[Place], others: Sequence[Place], transport: str
    ) -> tuple[Matrix, Matrix]:
        """See `RoadTimes`."""
        engine = self._engine(transport)
        found, self._side = gather(some, others, self._side, lambda a, b: _table(engine, a, b))
        return found.matrices(limit_m=self._snap_limit_m)

    def line(self, places: Sequence[Place], transport: str) -> tuple[Path, ...]:
        """See `TravelTimes`; a leg without a way is a straight line."""
        engine = self._engine(transport)
        paths: list[Path] = []
        for first in range(0, len(places) - 1, LINE_PLACES - 1):
            paths += _paths(engine, places[first : first + LINE_PLACES])
        return tuple(paths)

    def _engine(self, transport: str) -> Engine:
        try:
            return self._engines[transport]
        except KeyError:
            raise UnknownTransport(transport, tuple(self._engines)) from None

    @staticmethod
    def _version(engine: Engine) -> str:
        answer = engine.get("/nearest/v1/driving/0,0?number=1&generate_hints=false")
        if answer.get("code") not in ("Ok", "NoSegment"):
            raise engine.wrong(f"no OSRM is there; it answered {_said(answer)}")
        return str(answer.get("data_version") or "")


def _table(engine: Engine, some: Sequence[Place], others: Sequence[Place]) -> Block:
    places = [*some, *others]
    numbers = range(len(some)), range(len(some), len(places))
    sources, destinations = (";".join(map(str, part)) for part in numbers)
    answer = engine.get(
        f"/table/v1/driving/{_coordinates(places)}?annotations=duration,distance"
        f"&generate_hints=false&sources={sources}&destinations={destinations}"
    )
    _require_ok(engine, answer)
    shape = (len(some), len(others))
    return Block(
        seconds=_numbers(engine, answer, "durations", shape),
        metres=_numbers(engine, answer, "distances", shape),
        from_off_m=_off_m(engine, answer, "sources", len(some)),
        to_off_m=_off_m(engine, answer, "destinations", len(others)),
    )


def _paths(engine: Engine, places: Sequence[Place]) -> list[Path]:
    answer = engine.get(
        f"/route/v1/driving/{_coordinates(places)}?overview=false&steps=true"
        "&geometries=polyline6&generate_hints=false&continue_straight=false"
    )
    ends = [(place.lat, place.lon) for place in places]
    if answer.get("code") == "NoRoute":
        if len(places) == 2:
            return [tuple(ends)]
        return [path for pair in pairwise(places) for path in _paths(engine, pair)]
    _require_ok(engine, answer)
    try:
        legs = answer["routes"][0]["legs"]
        paths = [
            tuple(point for step in leg["steps"] for point in decoded(step["geometry"]))
            for leg in legs
        ]
    except (LookupError, TypeError, ValueError) as error:
        raise engine.wrong(f"a way without its line: {error!r}") from None
    if len(paths) != len(places) - 1:
        raise engine.wrong(f"a way of {len(paths)} legs; {len(places) - 1} were asked for")
    return paths


def _coordinates(places: Sequence[Place]) -> str:
    return ";".join(f"{place.lon:.6f},{place.lat:.6f}" for place in places)


def _require_ok(engine: Engine, answer: Mapping[str, Any]) -> None:
    code = answer.get("code")
    if code == "TooBig":
        raise TooMuch(engine.shown, _said(answer))
    if code != "Ok":
        raise engine.wrong(f"it answered {_said(answer)}")


def _said(answer: Mapping[str, Any]) -> str:
    return f"{answer.get('code', 'nothing known')!s:.40}: {answer.get('message', '')!s:.200}"


def _numbers(
    engine: Engine, answer: Mapping[str, Any], name: str, shape: tuple[int, int]
) -> Numbers:
    try:
        found = np.array(answer[name], dtype=np.float64)  # null becomes nan
    except (KeyError, TypeError, ValueError):
        raise engine.wrong(f"its {name} are no table of numbers") from None
    if found.shape != shape:
        raise engine.wrong(f"its {name} are {found.shape}; {shape} were asked for")
    return found


def _off_m(engine: Engine, answer: Mapping[str, Any], name: str, count: int) -> Numbers:
    """How far each place was taken to the road; a place that it left out counts as lost."""
    found = answer.get(name)
    if not isinstance(found, list) or len(found) != count:
        raise engine.wrong(f"its {name} are not the {count} places that it was asked for")
    try:
        return np.array([np.inf if one is None else one["distance"] for one in found], np.float64)
    except (KeyError, TypeError, ValueError) as error:
        raise EngineWrong(engine.shown, f"its {name} have no distance: {error!r}") from None
