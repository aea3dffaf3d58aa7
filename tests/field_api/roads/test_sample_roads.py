"""The demo plans by road where an engine was fetched, and says so either way."""

import dataclasses
import json
import urllib.request

import pytest

from field_api.cli.sample_roads import sample_roads
from field_api.roads.engine import roads_folder
from field_api.sample import MALTA, SHANDONG
from field_api.settings import load_settings
from tests.support.osrm import SHANGHAI, the_engine

SMALL = dataclasses.replace(MALTA, extract=SHANGHAI)


@pytest.fixture
def told():
    return []


@pytest.fixture
def tell(told, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("TRAVEL", "OSRM_URL", "DATA_DIR"):
        monkeypatch.delenv(f"CALLCYCLE_{name}", raising=False)
    return lambda text, **params: told.append(text.format(**params))


@pytest.fixture
def fetched(tmp_path):
    """The engine, in the data folder."""
    engine = the_engine()
    roads_folder(tmp_path).mkdir()
    (roads_folder(tmp_path) / engine.folder.name).symlink_to(engine.folder)


def test_the_settings_name_the_engine_while_it_runs(tell, told, fetched):
    with sample_roads(SMALL, tell):
        settings = load_settings()
        assert settings.travel == "osrm"
        url = f"{settings.osrm_url}/nearest/v1/driving/121.47,31.23"
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert json.load(answer)["code"] == "Ok"
    assert load_settings().travel == "straight_line"
    (line,) = told
    assert line.startswith("Travel times: by road, OSRM")
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(url, timeout=10)


def test_the_malta_sample_has_its_map():
    assert MALTA.extract.stat().st_size < 4_000_000


def test_without_an_engine_it_is_the_straight_line(tell, told):
    with sample_roads(SMALL, tell):
        assert load_settings().travel == "straight_line"
    assert told == ["Travel times: by straight line; `callcycle roads fetch` brings an engine."]


def test_a_sample_without_a_map_has_no_roads(tell, told, fetched):
    with sample_roads(SHANDONG, tell):
        assert load_settings().travel == "straight_line"
    assert told == ["Travel times: by straight line; this sample has no road map."]


def test_a_map_that_is_damaged_stops_nothing(tell, told, fetched, tmp_path):
    (tmp_path / "map.osm.pbf").write_bytes(SHANGHAI.read_bytes()[:9000])
    damaged = dataclasses.replace(MALTA, extract=tmp_path / "map.osm.pbf")
    with sample_roads(damaged, tell):
        assert load_settings().travel == "straight_line"
    assert "cut off" in told[0]
    assert told[1:] == ["Travel times: by straight line."]


def test_what_a_person_set_stands(tell, told, fetched, monkeypatch):
    monkeypatch.setenv("CALLCYCLE_TRAVEL", "straight_line")
    with sample_roads(SMALL, tell):
        assert load_settings().travel == "straight_line"
    assert told == ["Travel times: straight_line, as the settings say."]


def test_the_engine_ends_with_what_failed_on_it(tell, told, fetched):
    with pytest.raises(ZeroDivisionError), sample_roads(SMALL, tell):
        raise ZeroDivisionError
    assert load_settings().travel == "straight_line"
