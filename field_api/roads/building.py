"""Makes an engine's data of an OpenStreetMap extract: extract, partition, customize (MLD)."""

import hashlib
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from crm.errors import Refused
from crm.text import N_
from field_api.roads.engine import Engine, Profile, roads_folder
from field_api.roads.road_data import FILES, RoadData, folder_of, read_manifest, write_manifest

SUFFIXES = (".osm.pbf", ".osm.bz2", ".osm", ".pbf")
NAME = re.compile(r"[^a-z0-9]+")
VERSION_DIGITS = 12  # of the extract's sha256 in the data's version
COORDINATES = "/common/nbn_data/coordinates"
DEGREES = 1e-6  # the engine's unit
DATE = re.compile(r"timestamp: (\S+)")
CAUSE = re.compile(r"what\(\):\s*(.+)|\[error\]\s*(.+)")
NO_ROADS = ("no snappable edges", "no edges", "There are no")
DISK_FULL = ("No space left", "ENOSPC")
KILLED = -9
Tell = Callable[[str], None]


def build_roads(
    engine: Engine, extract: Path, profile: Profile, *, data_dir: Path, tell: Tell = lambda _: None
) -> RoadData:
    """The data of an extract for a profile, built unless it is there already.

    It appears whole or not at all, and takes the place of what was built of an older extract of
    the same name. `tell` hears what begins. Raises Refused when the extract cannot be used.
    """
    sha256 = _sha256(extract)
    name = name_of(extract)
    version = f"osrm-{engine.version}-{profile}-{sha256[:VERSION_DIGITS]}"
    target = folder_of(data_dir, name, profile)
    built = read_manifest(target)
    if built and built.version == version:
        return built
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=roads_folder(data_dir), prefix=".part-") as part:
        fresh = Path(part) / "data"
        fresh.mkdir()
        files = str(fresh / FILES)
        common = [engine.profile(profile), "--data_version", version, "--output", files]
        tell(N_("Reading the roads"))
        said = _run(extract, [engine.program("osrm-extract"), str(extract), "--profile", *common])
        tell(N_("Dividing them into cells"))
        _run(extract, [engine.program("osrm-partition"), files])
        tell(N_("Reckoning the ways through each cell"))
        _run(extract, [engine.program("osrm-customize"), files])
        date = DATE.search(said)
        data = RoadData(
            name=name,
            profile=profile,
            version=version,
            engine=engine.version,
            extract=extract.name,
            sha256=sha256,
            date=date[1] if date else "",
            box=_box(fresh / f"{FILES}.nbg_nodes"),
        )
        write_manifest(fresh, data)
        _put(fresh, target, version, aside=Path(part) / "old")
    return data


def name_of(extract: Path) -> str:
    """What an extract is called: its file's name without suffix, in small letters and dashes."""
    stem = extract.name.lower()
    for suffix in SUFFIXES:
        stem = stem.removesuffix(suffix)
    return NAME.sub("-", stem).strip("-") or "extract"


def check_extract(extract: Path) -> None:
    """Raises Refused for what cannot be read, is empty, or does not even look like an extract."""
    try:
        with extract.open("rb") as file:
            something = file.read(1)
    except OSError as error:
        raise Refused(
            N_("The extract {path} cannot be read: {cause}."), path=extract, cause=error.strerror
        ) from error
    if not something:
        raise no_extract(extract, "the file is empty")
    if not extract.name.lower().endswith(SUFFIXES):
        raise no_extract(extract, f"its name ends with none of {', '.join(SUFFIXES)}")


def _sha256(extract: Path) -> str:
    check_extract(extract)
    with extract.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _run(extract: Path, command: list[str]) -> str:
    """What a program of the engine said. A Ctrl-C ends it with us."""
    done = subprocess.run(  # noqa: S603  (our own words)
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = done.stdout.decode("utf-8", errors="replace")
    if done.returncode == 0:
        return said
    causes = [first or second for first, second in CAUSE.findall(said)]
    cause = causes[-1].strip() if causes else (said.splitlines() or ["?"])[-1]
    if any(sign in said for sign in DISK_FULL):
        raise Refused(N_("The disk is full; make room, or name another place."))
    if any(sign in said for sign in NO_ROADS):
        raise Refused(
            N_("The extract {path} has no roads for this profile: {cause}."),
            path=extract,
            cause=cause,
        )
    if done.returncode == KILLED:
        raise Refused(
            N_(
                "Building the roads of {path} was killed; most likely the memory did not suffice "
                "(about ten times the extract's size). Take a smaller extract or more memory."
            ),
            path=extract,
        )
    raise no_extract(extract, cause)


def no_extract(path: Path, cause: str) -> Refused:
    """The refusal of a file that cannot be read as an extract to its end."""
    return Refused(
        N_(
            "{path} is no OpenStreetMap extract, or is cut off: {cause}. "
            "Download the .osm.pbf file again."
        ),
        path=path,
        cause=cause,
    )


def _box(nodes: Path) -> tuple[float, float, float, float]:
    """West, south, east, north of the roads' nodes, which the engine keeps as (lon, lat)."""
    with tarfile.open(nodes) as archive:
        member = archive.extractfile(COORDINATES)
        assert member is not None
        points = np.frombuffer(member.read(), dtype="<i4").reshape(-1, 2) * DEGREES
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return (
        round(float(west), 6),
        round(float(south), 6),
        round(float(east), 6),
        round(float(north), 6),
    )


def _put(fresh: Path, target: Path, version: str, *, aside: Path) -> None:
    """Let the fresh folder take the target's place, unless another process was first: what an
    engine reads from just now stays where it is."""
    there = read_manifest(target)
    if there and there.version == version:
        return
    if target.exists():
        target.rename(aside)
    fresh.rename(target)
