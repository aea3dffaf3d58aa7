"""An extract becomes an engine's data: whole, or not at all and told why."""

import dataclasses
import shutil
import subprocess
import sys

import pytest

from crm.errors import Refused
from field_api.roads.building import build_roads, name_of
from field_api.roads.engine import roads_folder
from field_api.roads.road_data import FILES, all_built, read_manifest, the_built
from tests.support.osrm import LIECHTENSTEIN, SHANGHAI, the_engine

BOX = (121.461, 31.220, 121.486, 31.241)


@pytest.fixture
def engine():
    return the_engine()


def leftovers(data_dir):
    return sorted(path.name for path in roads_folder(data_dir).glob(".*"))


def build(engine, extract, data_dir, profile="car", **more):
    return build_roads(engine, extract, profile, data_dir=data_dir, **more)


def test_the_manifest_tells_what_was_built(engine, tmp_path):
    told = []
    data = build(engine, SHANGHAI, tmp_path, tell=told.append)
    assert (data.name, data.profile) == ("shanghai-huangpu-drive-2026-07", "car")
    assert data.version == f"osrm-{engine.version}-car-{data.sha256[:12]}"
    assert data.box == pytest.approx(BOX, abs=0.005)
    assert data.attribution == "© OpenStreetMap contributors, ODbL"
    assert read_manifest(data.folder(tmp_path)) == data
    assert len(told) == 3
    assert leftovers(tmp_path) == []


def test_what_is_built_is_not_built_again(engine, tmp_path):
    data = build(engine, SHANGHAI, tmp_path)
    told = []
    assert build(engine, SHANGHAI, tmp_path, tell=told.append) == data
    assert told == []


def test_a_newer_extract_of_the_name_takes_the_place_of_the_older(engine, tmp_path):
    extract = tmp_path / "here.osm.pbf"
    shutil.copy(SHANGHAI, extract)
    older = build(engine, extract, tmp_path)
    shutil.copy(LIECHTENSTEIN, extract)
    newer = build(engine, extract, tmp_path)
    assert newer.version != older.version
    assert newer.date == "2015-07-27T21:14:01Z"
    assert all_built(tmp_path) == [newer]
    assert leftovers(tmp_path) == []


def test_what_another_process_built_meanwhile_stays(engine, tmp_path):
    """An engine may be reading it already."""
    others = []

    def meanwhile(_):
        if not others:
            others.append(None)
            data = build(engine, SHANGHAI, tmp_path)
            others[0] = data.folder(tmp_path).stat().st_ino

    data = build(engine, SHANGHAI, tmp_path, tell=meanwhile)
    assert data.folder(tmp_path).stat().st_ino == others[0]
    assert leftovers(tmp_path) == []


def test_each_profile_is_data_of_its_own(engine, tmp_path):
    by_car, on_foot = (build(engine, SHANGHAI, tmp_path, profile=p) for p in ("car", "foot"))
    assert by_car.version != on_foot.version
    assert the_built(tmp_path, "foot") == on_foot
    with pytest.raises(Refused, match="No roads are built for bicycle"):
        the_built(tmp_path, "bicycle")


def test_of_several_extracts_one_is_named(engine, tmp_path):
    shutil.copy(SHANGHAI, tmp_path / "other.osm.pbf")
    one, other = (build(engine, e, tmp_path) for e in (SHANGHAI, tmp_path / "other.osm.pbf"))
    with pytest.raises(Refused, match="name one of: other, shanghai-huangpu-drive-2026-07"):
        the_built(tmp_path, "car")
    assert the_built(tmp_path, "car", name="other") == other
    assert other.sha256 == one.sha256


def content_of(case):
    whole = LIECHTENSTEIN.read_bytes()
    return {
        "empty": b"",
        "noise": bytes(range(256)) * 8,
        "a page": b"<!doctype html><title>404 Not Found</title>",
        "cut off": whole[: len(whole) // 2],
        "damaged": whole[:5000] + bytes(5000) + whole[10_000:],
    }[case]


@pytest.mark.parametrize("case", ["empty", "noise", "a page", "cut off", "damaged"])
def test_what_is_no_extract_is_named_with_the_remedy(engine, tmp_path, case):
    extract = tmp_path / "broken.osm.pbf"
    extract.write_bytes(content_of(case))
    with pytest.raises(Refused, match=r"broken\.osm\.pbf is no OpenStreetMap extract.* again"):
        build(engine, extract, tmp_path)
    assert all_built(tmp_path) == []
    assert not roads_folder(tmp_path).exists() or leftovers(tmp_path) == []


def test_what_stood_stays_when_the_next_extract_is_broken(engine, tmp_path):
    extract = tmp_path / "here.osm.pbf"
    shutil.copy(SHANGHAI, extract)
    older = build(engine, extract, tmp_path)
    extract.write_bytes(content_of("cut off"))
    with pytest.raises(Refused):
        build(engine, extract, tmp_path)
    assert all_built(tmp_path) == [older]
    assert (older.folder(tmp_path) / f"{FILES}.mldgr").is_file()


def test_an_extract_without_roads_is_told_from_a_broken_one(engine, tmp_path):
    extract = tmp_path / "sea.osm"
    extract.write_text(
        '<osm version="0.6"><node id="1" version="1" lat="35.9" lon="14.5"/></osm>', "utf-8"
    )
    with pytest.raises(Refused, match=r"sea\.osm has no roads for this profile"):
        build(engine, extract, tmp_path)
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.osm.pbf", "cannot be read: No such file"), (".", "cannot be read: Is a directory")],
)
def test_what_cannot_be_read_is_named(engine, tmp_path, name, message):
    with pytest.raises(Refused, match=message):
        build(engine, tmp_path / name, tmp_path)


def a_program(folder, name, lines):
    path = folder / "bin" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{lines}\n", "utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("raise SystemExit('what():  No space left on device')", "The disk is full"),
        ("import os; os.kill(os.getpid(), 9)", "the memory did not suffice"),
    ],
)
def test_a_machine_that_is_too_small_is_told_of(engine, tmp_path, lines, message):
    a_program(tmp_path / "engine", "osrm-extract", lines)
    small = dataclasses.replace(engine, folder=tmp_path / "engine")
    with pytest.raises(Refused, match=message):
        build(small, SHANGHAI, tmp_path)
    assert leftovers(tmp_path) == []


def test_an_interrupted_build_leaves_nothing(engine, tmp_path, monkeypatch):
    """As by Ctrl-C while the second program runs."""
    real = subprocess.run

    def run(command, **options):
        if "osrm-partition" in command[0]:
            raise KeyboardInterrupt
        return real(command, **options)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(KeyboardInterrupt):
        build(engine, SHANGHAI, tmp_path)
    assert (all_built(tmp_path), leftovers(tmp_path)) == ([], [])


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("shandong-latest.osm.pbf", "shandong-latest"),
        ("Île de France.osm.bz2", "le-de-france"),
        ("山东.osm.pbf", "extract"),
        ("../x.PBF", "x"),
    ],
)
def test_an_extracts_name_is_safe_in_a_path(tmp_path, file, name):
    assert name_of(tmp_path / file) == name


def test_a_manifest_of_other_times_is_no_data(tmp_path):
    folder = tmp_path / "roads" / "data" / "old-car"
    folder.mkdir(parents=True)
    for text in ("", "[]", '{"name": "old"}', '{"box": 3}'):
        (folder / "manifest.json").write_text(text, "utf-8")
        assert all_built(tmp_path) == []
