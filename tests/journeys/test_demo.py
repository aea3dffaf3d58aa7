"""`callcycle demo` from an empty folder to maps and checked plans, and its sample's story."""

import os
import re
import subprocess

import pytest

from tests.support.osrm import the_engine
from tests.support.serving import CALLCYCLE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The folder and the output of a demo by road, with a short search."""
    folder = tmp_path_factory.mktemp("demo")
    engine = the_engine()
    (folder / "roads").mkdir()
    (folder / "roads" / engine.folder.name).symlink_to(engine.folder)
    (folder / "demo").mkdir()
    (folder / "demo" / "callcycle.db").write_text("left over from before")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CALLCYCLE_")}
    done = subprocess.run(
        [*CALLCYCLE, "demo", "--work", "40", "--lang", "en"],
        cwd=folder,
        env=kept | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return folder, done.stdout


def test_every_step_is_done_and_timed(demo):
    _, said = demo
    for step in ("Import", "Grade", "Territories", "Roads", "Plan", "Check", "Maps", "Export"):
        assert re.search(rf"^{step} ─", said, re.MULTILINE), step
    assert "Travel times: by road, OSRM" in said
    assert "every plan passed the checker" in said
    assert said.count(" 0 violations.") == 8


def test_gozos_shortage_is_told_before_the_search_and_in_the_plan(demo):
    _, said = demo
    hours = said[: said.index("every plan passed the checker")]
    (short,) = [line for line in hours.splitlines() if "short by" in line]
    assert short.startswith("R8 ")
    assert float(re.search(r"short by ([\d.]+) h", short)[1]) > 20
    assert "(hours_short)" in said
    shares = re.findall(r"^(R\d) .* ([\d.]+) % .* h .* %$", said, re.MULTILINE)
    attainment = {rep: float(share) for rep, share in shares}
    assert len(attainment) == 8
    assert attainment.pop("R8") < 85
    assert min(attainment.values()) > 95


def test_maps_table_and_plan_are_written(demo):
    folder, said = demo
    made = {path.name for path in (folder / "demo").iterdir()}
    assert {"index.html", "routes.html", "coverage.html", "territories.html"} <= made
    assert {"customers.html", "visit-table.xlsx", "plan.json", "callcycle.db"} <= made
    assert sum(name.startswith("routes-") for name in made) == 8
    assert f"Open {os.path.join('demo', 'index.html')} in a browser" in said
    assert all(
        (folder / "demo" / name).stat().st_size > 1000
        for name in made
        if "." in name and "db-" not in name
    )


def test_the_exported_plans_pass_the_checker_again(demo):
    folder, _ = demo
    done = subprocess.run(
        [*CALLCYCLE, "check", os.path.join("demo", "plan.json"), "--lang", "en"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" 0 violations.") == 8
