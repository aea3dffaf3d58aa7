"""Where travel times come from: the source by the settings, its errors in words for people."""

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from crm.database import Database
from crm.errors import Refused
from crm.text import N_
from crm.vocabulary import Transport
from field_api.errors import CODES
from field_api.sample import malta
from field_api.services.travel.remembered_travel import Remembered
from field_api.settings import Settings
from routing.problem import Matrix, Place
from routing.travel.asking import Patience
from routing.travel.barriers import BarrierError, Barriers, read_barriers
from routing.travel.calibration import CalibrationError, read_calibration
from routing.travel.interface import Path as Way
from routing.travel.interface import RoadTimes, TravelTimes
from routing.travel.osrm import Osrm
from routing.travel.profiles import Profile
from routing.travel.straight_line import StraightLine
from routing.travel.trouble import EngineAway, TravelError, UnknownTransport
from routing.travel.valhalla import Valhalla

Found = TypeVar("Found")
MALTA_BARRIERS = malta.EXTRACT.with_name("barriers.geojson")
MARK = 8  # hex digits that tell one file from another
ON_ROADS = (Transport.CAR, Transport.SCOOTER)  # what one server drives when no other is named


class EngineDown(Refused):
    """The routing engine of the settings gives no answer."""

    def __init__(self, error: TravelError) -> None:
        super().__init__(
            N_(
                "The routing engine at {url} does not answer: {cause}. Start it, correct its "
                "address, or set CALLCYCLE_TRAVEL=straight_line to plan without roads."
            ),
            url=error.url,
            cause=error.cause,
        )


class EngineUnusable(Refused):
    """The routing engine of the settings answers what cannot be used."""

    def __init__(self, error: TravelError) -> None:
        super().__init__(
            N_(
                "The routing engine at {url} cannot be used: {cause}. Check that its address is "
                "that of the engine that CALLCYCLE_TRAVEL names, and its data."
            ),
            url=error.url,
            cause=error.cause,
        )


class NoEngineFor(Refused):
    """No engine serves a rep's means of transport."""

    def __init__(self, error: UnknownTransport) -> None:
        super().__init__(
            N_(
                "The routing engine has no roads for {transport}, only for {known}; name a server "
                "for it in the engine's address, or change how the rep travels."
            ),
            transport=error.transport,
            known=", ".join(error.known),
        )


CODES |= {
    EngineDown: (503, "travel_engine_down"),
    EngineUnusable: (503, "travel_engine_unusable"),
    NoEngineFor: (422, "no_roads_for_transport"),
}


class Told:
    """A source whose errors are told to people, as `Refused`."""

    def __init__(self, travel: TravelTimes) -> None:
        self._travel = travel

    @property
    def source(self) -> str:
        """See `TravelTimes`."""
        return _told(lambda: self._travel.source)

    def matrices(self, places: Sequence[Place], transport: str) -> tuple[Matrix, Matrix]:
        """See `TravelTimes`."""
        return _told(lambda: self._travel.matrices(places, transport))

    def line(self, places: Sequence[Place], transport: str) -> tuple[Way, ...]:
        """See `TravelTimes`."""
        return _told(lambda: self._travel.line(places, transport))


class TravelFileUnusable(Refused):
    """A file of barriers or of a calibration cannot be used."""

    def __init__(self, path: str, cause: object) -> None:
        super().__init__(
            N_("{path} cannot be used for travel times: {cause}. Correct it, or name another."),
            path=path,
            cause=cause,
        )


CODES |= {TravelFileUnusable: (503, "travel_file_unusable")}


def travel_by(settings: Settings, database: Database) -> TravelTimes:
    """The source that the settings name; what an engine told is remembered in the database.
    Nothing is asked of an engine before it is used. Raises `TravelFileUnusable`."""
    if settings.travel == "straight_line":
        return straight_line(settings.calibration, settings.barriers)
    return Told(remembered(settings, database))


def remembered(settings: Settings, database: Database) -> Remembered:
    """The engine of the settings with what is remembered of it."""
    engine, address = engine_of(settings)
    told_by = f"{address} within {settings.snap_limit_m} m"
    return Remembered(engine, database, told_by=told_by)


@lru_cache(maxsize=8)
def straight_line(calibration: str, barriers: str) -> StraightLine:
    """The straight line with these files, each read once; none named, as it comes."""
    profiles: dict[str, Profile] = {}
    water = read_water(barriers)
    names = []
    if calibration:
        content = _content(calibration)
        try:
            profiles, fitted_to = read_calibration(content)
        except CalibrationError as error:
            raise TravelFileUnusable(calibration, error) from None
        names.append(f"fitted to {fitted_to} {_mark(content)}")
    if barriers:
        path = _barriers_path(barriers)
        names.append(f"water of {Path(barriers).stem} {_mark(_content(path))}")
    return StraightLine(profiles=profiles, water=water, data=", ".join(names))


@lru_cache(maxsize=8)
def read_water(barriers: str) -> Barriers | None:
    """The barriers of a setting, read once; None for none. Raises `TravelFileUnusable`."""
    if not barriers:
        return None
    path = _barriers_path(barriers)
    try:
        return read_barriers(_content(path))
    except BarrierError as error:
        raise TravelFileUnusable(path, error) from None


def _barriers_path(barriers: str) -> str:
    return str(MALTA_BARRIERS) if barriers == "malta" else barriers


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise TravelFileUnusable(path, error.strerror or error) from None


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:MARK]


def engine_of(settings: Settings) -> tuple[RoadTimes, str]:
    """The engine of the settings, and its address."""
    patience = Patience(timeout_s=settings.travel_timeout_s)
    limit_m = settings.snap_limit_m
    if settings.travel == "valhalla":
        url = settings.valhalla_url
        return Valhalla(url, snap_limit_m=limit_m, patience=patience), url
    urls = engine_urls(settings.osrm_url)
    return Osrm(urls, snap_limit_m=limit_m, patience=patience), settings.osrm_url


def engine_urls(value: str) -> dict[str, str]:
    """Addresses by means of transport out of `http://…` or `car=http://…,foot=http://…`."""
    found: dict[str, str] = {}
    for one in value.split(","):
        transport, named, url = one.strip().partition("=")
        found |= {transport: url} if named else dict.fromkeys(map(str, ON_ROADS), transport)
    return found


def _told(ask: Callable[[], Found]) -> Found:
    try:
        return ask()
    except UnknownTransport as error:
        raise NoEngineFor(error) from error
    except EngineAway as error:
        raise EngineDown(error) from error
    except TravelError as error:
        raise EngineUnusable(error) from error
