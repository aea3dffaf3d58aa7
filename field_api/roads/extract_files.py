"""What else an extract is good for: a background for the maps, areas to make territories of."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crm.errors import Refused
from crm.text import N_
from field_api.roads.building import check_extract, name_of, no_extract
from field_api.roads.engine import backgrounds_folder
from maps.extracts.boundaries import administrative_areas, levels
from maps.extracts.ground import fitted_ground, read_ground
from maps.extracts.reading import NoExtract, NoReader


class NoMaps(Refused):
    """The extra `roads` is not installed, so an extract gives roads and nothing else."""


@dataclass(frozen=True, kw_only=True)
class Background:
    """A background as written; `size` in bytes."""

    path: Path
    size: int
    tolerance_m: float


@dataclass(frozen=True, kw_only=True)
class Areas:
    """How many areas were written, and the names of those that the extract cuts open."""

    count: int
    cut: list[str]


def draw_background(extract: Path, data_dir: Path) -> Background:
    """Write the background that the maps draw where they have no tiles, at most 2 MB of it.

    Raises Refused when the file is no extract, or when the extra `roads` is not installed.
    """
    with _read(extract):
        packed, tolerance_m = fitted_ground(read_ground(extract))
    path = backgrounds_folder(data_dir) / f"{name_of(extract)}.geojson"
    _write(path, packed)
    return Background(path=path, size=len(packed), tolerance_m=tolerance_m)


def write_areas(extract: Path, level: int, path: Path) -> Areas:
    """Write the administrative areas of a level as GeoJSON. Raises Refused, also when there are
    none of that level."""
    with _read(extract):
        collection, cut = administrative_areas(extract, level)
        count = len(collection["features"])
        if not count:
            told = ", ".join(f"{key} ({n})" for key, n in levels(extract).items())
            raise Refused(
                N_("{path} has no whole area of level {level}; it tells of levels: {levels}."),
                path=extract,
                level=level,
                levels=told or "-",
            )
    _write(path, json.dumps(collection, ensure_ascii=False).encode())
    return Areas(count=count, cut=cut)


@contextmanager
def _read(extract: Path) -> Iterator[None]:
    check_extract(extract)
    try:
        yield
    except NoReader as error:
        raise NoMaps(
            N_(
                "Maps and areas out of an extract need pyosmium, which is not installed: "
                "pip install 'callcycle[roads]'."
            )
        ) from error
    except NoExtract as error:
        raise no_extract(extract, str(error)) from error


def _write(path: Path, content: bytes) -> None:
    """The file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
