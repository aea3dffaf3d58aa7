"""What was built of an extract for one way of travelling, and the manifest that tells of it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crm.errors import Refused
from crm.text import N_
from field_api.roads.engine import Profile, roads_folder

MANIFEST = "manifest.json"
FILES = "roads.osrm"  # what the engine's files begin with, whatever the extract's name
ATTRIBUTION = "© OpenStreetMap contributors, ODbL"


@dataclass(frozen=True, kw_only=True)
class RoadData:
    """Data that an engine answers from.

    `version` changes with whatever changes an answer: the engine, the extract's bytes, the
    profile. `date` is the extract's own (ISO), empty when it tells none. `box` holds its roads:
    west, south, east, north in degrees.
    """

    name: str
    profile: Profile
    version: str
    engine: str
    extract: str
    sha256: str
    date: str
    box: tuple[float, float, float, float]
    attribution: str = ATTRIBUTION

    def folder(self, data_dir: Path) -> Path:
        """Where it lies."""
        return folder_of(data_dir, self.name, self.profile)


def folder_of(data_dir: Path, name: str, profile: Profile) -> Path:
    """Where the data of an extract and profile lies."""
    return roads_folder(data_dir) / "data" / f"{name}-{profile}"


def write_manifest(folder: Path, data: RoadData) -> None:
    """Put the manifest beside the data."""
    text = json.dumps(asdict(data), ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", "utf-8")


def read_manifest(folder: Path) -> RoadData | None:
    """What lies in a folder; None: nothing that this version of Callcycle has built."""
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        return RoadData(**{**told, "box": tuple(told["box"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def all_built(data_dir: Path) -> list[RoadData]:
    """Everything that was built, by folder name."""
    folders = sorted((roads_folder(data_dir) / "data").glob("*-*"))
    return [data for data in map(read_manifest, folders) if data]


def the_built(data_dir: Path, profile: Profile, *, name: str | None = None) -> RoadData:
    """The data of that profile, and of that extract where there are several. Raises Refused."""
    fitting = [
        data
        for data in all_built(data_dir)
        if data.profile == profile and name in (None, data.name)
    ]
    if not fitting:
        raise Refused(
            N_(
                "No roads are built for {profile} in {folder}; run "
                "`callcycle roads build EXTRACT.osm.pbf --profile {profile}`."
            ),
            profile=profile if name is None else f"{name}, {profile}",
            folder=roads_folder(data_dir),
        )
    if len(fitting) > 1:
        names = ", ".join(data.name for data in fitting)
        raise Refused(N_("Roads are built of several extracts; name one of: {names}."), names=names)
    return fitting[0]
