"""A real road engine for tests: OSRM on the extract of Malta, and on a piece of Shanghai.

`make install` (or `callcycle roads fetch`) brings the engine; without it these tests fail. The
data is built once for all test processes, under the repository's `roads/`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from field_api.roads.building import build_roads
from field_api.roads.engine import Engine, find_engine
from field_api.roads.serving import Served, served_roads
from field_api.sample.malta import EXTRACT

ROOT = Path(__file__).parents[2]
OSM = ROOT / "tests" / "data" / "osm"
MALTA = EXTRACT
SHANGHAI = OSM / "shanghai-huangpu-drive-2026-07.osm.pbf"
LIECHTENSTEIN = OSM / "liechtenstein-2015-07.osm.pbf"


def the_engine() -> Engine:
    engine = find_engine(ROOT)
    if engine is None:
        pytest.fail(f"There is no road engine in {ROOT}/roads; run `callcycle roads fetch` there.")
    return engine


@pytest.fixture(scope="session")
def osrm() -> Iterator[Served]:
    """OSRM for cars on Malta, 2018: `osrm.url`, and `osrm.data` with version and box."""
    yield from _serving(MALTA)


@pytest.fixture(scope="session")
def osrm_shanghai() -> Iterator[Served]:
    """OSRM for cars on 2.4 km square of Shanghai; most pairs of places have no way."""
    yield from _serving(SHANGHAI)


def _serving(extract: Path) -> Iterator[Served]:
    engine = the_engine()
    data = build_roads(engine, extract, "car", data_dir=ROOT)
    with served_roads(engine, data, data_dir=ROOT) as served:
        yield served
