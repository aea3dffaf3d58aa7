"""The road engine comes from a package registry, with its hash; whole, or not at all."""

import hashlib
import sys
import zipfile

import pytest

from field_api.roads.engine import PROGRAMS, NoEngine, find_engine, pinned_version, roads_folder
from field_api.roads.fetching import fetch_engine
from tests.support.osrm import the_engine

NAME = "osrm_bindings-1.0.0-py3-none-any.whl"
METADATA = "Metadata-Version: 2.1\nName: osrm-bindings\nVersion: 1.0.0\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


class Registry:
    """A folder of wheels, in the place of all registries."""

    def __init__(self, folder):
        self.folder = folder
        self.pins = folder / "engine.txt"

    def offer(self, program, *, hashed=None):
        """A wheel whose programs are that script; pinned with its hash, or with another."""
        path = self.folder / NAME
        with zipfile.ZipFile(path, "w") as wheel:
            info = "osrm_bindings-1.0.0.dist-info"
            wheel.writestr(f"{info}/METADATA", METADATA)
            wheel.writestr(f"{info}/WHEEL", WHEEL)
            wheel.writestr(f"{info}/licenses/LICENSE.TXT", "free")
            wheel.writestr("osrm/osrm_ext.abi3.so", "not wanted")
            for name in PROGRAMS:
                wheel.writestr(f"osrm/bin/{name}", f"#!{sys.executable}\n{program}\n")
            wheel.writestr("osrm/share/profiles/car.lua", "")
            wheel.writestr("osrm/share/profiles/lib/set.lua", "")
        self.pin(hashed or hashlib.sha256(path.read_bytes()).hexdigest())

    def pin(self, sha256):
        self.pins.write_text(f"osrm-bindings==1.0.0 \\\n    --hash=sha256:{sha256}\n", "utf-8")


@pytest.fixture
def registry(tmp_path, monkeypatch):
    folder = tmp_path / "registry"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return Registry(folder)


def there(data_dir):
    return sorted(path.name for path in roads_folder(data_dir).iterdir())


def test_the_engine_is_unpacked_and_runs(registry, tmp_path):
    registry.offer("print('v1')")
    engine = fetch_engine(tmp_path, pins=registry.pins)
    assert engine == find_engine(tmp_path, pins=registry.pins)
    files = {str(p.relative_to(engine.folder)) for p in engine.folder.rglob("*") if p.is_file()}
    assert files == {f"bin/{name}" for name in PROGRAMS} | {
        "profiles/car.lua",
        "profiles/lib/set.lua",
        "LICENSE.TXT",
    }
    assert there(tmp_path) == ["engine-1.0.0"]


def test_it_is_fetched_once(registry, tmp_path):
    registry.offer("print('v1')")
    engine = fetch_engine(tmp_path, pins=registry.pins)
    (registry.folder / NAME).unlink()
    assert fetch_engine(tmp_path, pins=registry.pins) == engine


def test_a_wheel_that_is_another_than_pinned_is_refused(registry, tmp_path):
    registry.offer("print('v1')", hashed="0" * 64)
    with pytest.raises(NoEngine, match=r"1\.0\.0 cannot be had for this machine"):
        fetch_engine(tmp_path, pins=registry.pins)
    assert there(tmp_path) == []


def test_a_registry_that_lacks_it_is_told_of(registry, tmp_path):
    registry.pin("0" * 64)
    with pytest.raises(NoEngine, match=r"No matching distribution.*osrm-bindings==1\.0\.0"):
        fetch_engine(tmp_path, pins=registry.pins)
    assert there(tmp_path) == []


def test_programs_that_do_not_run_here_are_told_of(registry, tmp_path):
    registry.offer("raise SystemExit('libc.so.6: version GLIBC_2.38 not found')")
    with pytest.raises(NoEngine, match=r"osrm-extract does not run on this machine: libc"):
        fetch_engine(tmp_path, pins=registry.pins)
    assert there(tmp_path) == []


def test_the_real_engine_is_the_pinned_one():
    assert the_engine().version == pinned_version()
