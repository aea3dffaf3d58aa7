"""`callcycle roads` as people call it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from field_api.cli import main as cli
from field_api.roads.building import build_roads
from field_api.roads.engine import roads_folder
from tests.support.osrm import LIECHTENSTEIN, SHANGHAI, the_engine

CALLCYCLE = (sys.executable, "-m", "field_api.cli.main")


@pytest.fixture
def call(monkeypatch, tmp_path, capsys):
    """Call the command in a folder of its own, where the engine is; (code, output, errors)."""
    monkeypatch.chdir(tmp_path)
    for name in ("CALLCYCLE_DATA_DIR", "CALLCYCLE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CALLCYCLE_LANG", "en")
    engine = the_engine()
    roads_folder(tmp_path).mkdir()
    (roads_folder(tmp_path) / engine.folder.name).symlink_to(engine.folder)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["callcycle", "roads", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run


def test_fetch_tells_where_the_engine_is(call):
    code, out, _ = call("fetch")
    assert (code, out[:15]) == (0, "The road engine")


def test_build_makes_roads_and_a_background(call, tmp_path):
    code, out, _ = call("build", LIECHTENSTEIN)
    assert code == 0
    assert re.search(r"Roads of liechtenstein-2015-07 for car: [\d.]+ MB in roads/data", out)
    background = tmp_path / "roads" / "backgrounds" / "liechtenstein-2015-07.geojson"
    assert json.loads(background.read_text("utf-8"))["features"]


def test_areas_are_written(call, tmp_path):
    code, out, _ = call("areas", LIECHTENSTEIN, "--level", "8", "--out", "areas.geojson")
    assert code == 0
    assert "11 areas of level 8" in out
    assert "Buchs (SG)" in out
    written = json.loads((tmp_path / "areas.geojson").read_text("utf-8"))
    assert len(written["features"]) == 11


def test_a_level_that_is_not_there_names_those_that_are(call, tmp_path):
    code, _, err = call("areas", LIECHTENSTEIN, "--level", "9", "--out", "areas.geojson")
    assert (code, "levels: 2 (6), 4 (3), 6 (8), 8 (22)" in err) == (3, True)
    assert not (tmp_path / "areas.geojson").exists()


@pytest.mark.parametrize("command", [["build"], ["areas", "--level", "8", "--out", "a.geojson"]])
def test_a_file_that_is_no_extract_is_refused(call, tmp_path, command):
    (tmp_path / "broken.osm.pbf").write_bytes(LIECHTENSTEIN.read_bytes()[:100_000])
    code, _, err = call(*command, "broken.osm.pbf")
    assert code == 3
    assert err.startswith("broken.osm.pbf is no OpenStreetMap extract, or is cut off")


def test_without_pyosmium_the_roads_are_built_and_the_rest_is_told(call, monkeypatch):
    monkeypatch.setitem(sys.modules, "osmium", None)
    code, out, err = call("build", SHANGHAI)
    assert code == 0
    assert "Roads of shanghai" in out
    assert "pip install 'callcycle[roads]'" in err
    code, _, err = call("areas", SHANGHAI, "--level", "8", "--out", "a.geojson")
    assert (code, "pip install 'callcycle[roads]'" in err) == (3, True)


def test_an_unknown_profile_is_a_wrong_call(call):
    code, _, err = call("build", SHANGHAI, "--profile", "tractor")
    assert (code, "tractor" in err) == (2, True)


def test_serve_asks_for_roads_first(call):
    code, _, err = call("serve")
    assert code == 3
    assert "callcycle roads build EXTRACT.osm.pbf --profile car" in err


def started(folder, *arguments):
    return subprocess.Popen(
        [*CALLCYCLE, "roads", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def pretend(call, tmp_path):
    """Put a script in the place of one of the engine's programs, beside the others."""
    real = roads_folder(tmp_path) / the_engine().folder.name
    real.unlink()
    (real / "bin").mkdir(parents=True)

    def put(name, script):
        program = real / "bin" / name
        program.write_text(f"#!{sys.executable}\n{script}", "utf-8")
        program.chmod(0o755)

    return put


ANSWERS_ONCE = """
import http.server, json, pathlib, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"data_version": VERSION}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
at = "127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])
VERSION = json.loads((pathlib.Path(sys.argv[-1]).parent / "manifest.json").read_text())["version"]
http.server.HTTPServer(at, Handler).handle_request()
sys.exit(7)
"""
LINGERS = """
import os, pathlib, time
pathlib.Path("child").write_text(str(os.getpid()))
time.sleep(600)
"""


def test_an_engine_that_ends_by_itself_is_told_of(pretend, call, tmp_path):
    build_roads(the_engine(), SHANGHAI, "car", data_dir=tmp_path)
    pretend("osrm-routed", ANSWERS_ONCE)
    code, out, err = call("serve", "--port", "0")
    assert (code, "answer on" in out) == (1, True)
    assert err == "The road engine ended by itself, with code 7.\n"


def test_a_stopped_build_leaves_nothing(pretend, tmp_path):
    """The engine's own process is not left behind either."""
    pretend("osrm-extract", LINGERS)
    with started(tmp_path, "build", SHANGHAI) as process:
        assert process.stdout.readline() == "Reading the roads …\n"
        child = tmp_path / "child"
        while not (child.is_file() and child.read_text()):
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)
    assert process.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.kill(int(child.read_text()), 0)
    engine = the_engine().folder.name
    assert sorted(path.name for path in roads_folder(tmp_path).iterdir()) == ["data", engine]
    assert list((roads_folder(tmp_path) / "data").iterdir()) == []


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_until_it_is_stopped(call, tmp_path, ending):
    assert call("build", SHANGHAI)[0] == 0
    with started(tmp_path, "serve", "--port", "0") as process:
        said = process.stdout.readline()
        found = re.search(r"answer on (http://127\.0\.0\.1:(\d+))", said)
        assert found, said + process.stdout.read()
        url, port = found[1], int(found[2])
        with urllib.request.urlopen(f"{url}/nearest/v1/driving/121.47,31.23", timeout=10) as answer:
            assert json.load(answer)["code"] == "Ok"
        process.send_signal(ending)
        rest = process.communicate(timeout=120)[0]
    assert (process.returncode, rest) == (0, "")
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
