"""The tour in docs/api.md is run as it stands, and its list of codes is complete."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import field_api
from field_api.errors import CODES, CODES_OF_STATUS
from tests.field_api.world import PASSWORD

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="needs curl, bash")
def test_the_tour_runs(server):
    parts = re.findall(r"^```sh\n(.*?)^```\n\n(.*?)$", DOCUMENT.read_text("utf-8"), re.S | re.M)
    expected = [code for _, after in parts for code in re.findall(r"`(\d{3})`", after)]
    people = ["USERNAME=rep1", "MANAGER=malta", "GENERAL=general", f"PASSWORD='{PASSWORD}'"]
    given = [f"URL={server}/api/v1", *people, "DAY=2026-11-30"]
    script = "\n".join(["set -eu", *given, *(part for part, _ in parts)])
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.split() == expected
    assert len(expected) >= 12


def test_every_code_is_in_the_tour():
    listed = set(re.findall(r"`(\w+)`", "".join(_rows())))
    source = "".join(p.read_text("utf-8") for p in Path(field_api.__file__).parent.rglob("*.py"))
    codes = {code for _, code in CODES.values()} | set(CODES_OF_STATUS.values())
    codes |= set(re.findall(r'^    code = "(\w+)"$', source, re.M)) - {"bad_request"}
    codes |= set(re.findall(r'Conflict\(\s*"(\w+)"', source))
    codes |= set(re.findall(r'problem\(request, \d+, "(\w+)"', source))
    assert len(codes) > 20
    assert codes <= listed


def _rows():
    return [line for line in DOCUMENT.read_text("utf-8").splitlines() if line.startswith("| `")]
