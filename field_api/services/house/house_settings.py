"""The settings that maps and travel times go by: their values, where each comes from, and whether
what they name answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.database import Database
from crm.errors import Refused
from crm.rules.access import RUNS_THE_HOUSE, Asker
from crm.store.travel import travel_legs
from crm.text import N_
from field_api.roads.engine import find_engine, roads_folder
from field_api.roads.road_data import RoadData, all_built
from field_api.services.people.roles import refuse_unless
from field_api.services.travel.travel_times import travel_by
from field_api.services.travel.travel_words import source_in_words
from field_api.settings import PREFIX, SECRETS, Settings
from field_api.wording import Language, say

NOT_YOURS = N_("Settings are shown to the general manager and the information admin.")
GROUPS = {
    N_("Tile server"): ("tile_url", "tile_attribution", "tile_system"),
    N_("Geocoder"): (
        "geocoder",
        "geocoder_url",
        "geocoder_key",
        "geocoder_pause_s",
        "geocoder_user_agent",
    ),
    N_("Travel times and roads"): (
        "travel",
        "osrm_url",
        "valhalla_url",
        "calibration",
        "barriers",
        "snap_limit_m",
        "travel_timeout_s",
        "data_dir",
    ),
}
ABOUT = {
    "tile_url": N_("Where maps take their background pictures; none: maps need no network"),
    "tile_attribution": N_("What the tile server's licence wants shown"),
    "tile_system": N_("The coordinate system its tiles are drawn in"),
    "geocoder": N_("Who finds places by addresses"),
    "geocoder_url": N_("A geocoder of one's own; none: the public one"),
    "geocoder_key": N_("The key for Baidu or AMap"),
    "geocoder_pause_s": N_("Seconds between two questions"),
    "geocoder_user_agent": N_("Who asks, for OpenStreetMap's own geocoder"),
    "travel": N_("Where travel times come from"),
    "osrm_url": N_("Where OSRM answers"),
    "valhalla_url": N_("Where Valhalla answers"),
    "calibration": N_("A file of speeds that fit the region's roads"),
    "barriers": N_("A file of water and crossings for the straight line"),
    "snap_limit_m": N_("A place farther from any road has none, in metres"),
    "travel_timeout_s": N_("How long an engine is waited for, in seconds"),
    "data_dir": N_("The folder of the service's own files, roads among them"),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A setting: `variable` is the environment variable that changes it; `given` whether somebody
    set it, here or there; secrets are never told."""

    variable: str
    about: str
    value: str
    given: bool
    secret: bool


@dataclass(frozen=True, kw_only=True)
class Roads:
    """The engine that was fetched and what was built of extracts."""

    folder: Path
    engine: str
    built: tuple[RoadData, ...]


@dataclass(frozen=True, kw_only=True)
class Travel:
    """Whether the source of travel times answers: its words, or why not, and of how many places
    the ways are remembered."""

    answers: bool
    words: str
    remembered: int


def groups(settings: Settings, asker: Asker) -> dict[str, list[Shown]]:
    """The settings by what they are about. Raises `Forbidden`."""
    refuse_unless(asker, RUNS_THE_HOUSE, NOT_YOURS)
    return {group: [_shown(settings, name) for name in names] for group, names in GROUPS.items()}


def roads(settings: Settings) -> Roads:
    """What there is of roads on this machine."""
    engine = find_engine(settings.data_dir)
    return Roads(
        folder=roads_folder(settings.data_dir).absolute(),
        engine=engine.version if engine else "",
        built=tuple(all_built(settings.data_dir)),
    )


def travel(settings: Settings, database: Database, asker: Asker, *, language: Language) -> Travel:
    """Ask the source of travel times whether it answers. Raises `Forbidden`."""
    refuse_unless(asker, RUNS_THE_HOUSE, NOT_YOURS)
    with database.reading() as session:
        remembered = sum(travel_legs.sources(session).values())
    try:
        words = source_in_words(language, travel_by(settings, database).source)
    except Refused as error:
        words = say(language, error.text, **error.params)
        return Travel(answers=False, words=words, remembered=remembered)
    return Travel(answers=True, words=words, remembered=remembered)


def _shown(settings: Settings, name: str) -> Shown:
    value: Any = getattr(settings, name)
    secret = name in SECRETS
    return Shown(
        variable=PREFIX + name.upper(),
        about=ABOUT[name],
        value="" if value is None or secret else str(value),
        given=name in settings.model_fields_set and value != "",
        secret=secret and value is not None,
    )
