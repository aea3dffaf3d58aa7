"""The service on a small world, in this process or as a server of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx2
import pytest

from tests.field_api import planning_world as planning_worlds
from tests.field_api import world as worlds

PATIENCE_S = 60


@pytest.fixture
def world(database) -> worlds.World:
    return worlds.build(database)


@pytest.fixture
def server(database) -> Iterator[str]:
    """The `callcycle serve` process on the small world's database."""
    worlds.build(database)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "field_api.cli.main", "serve"]
    command += ["--db", database.url, "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        said = process.communicate(timeout=30)[0]
    assert "Traceback" not in said


def _wait(url, process):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(process.stdout.read())
        try:
            if httpx2.get(f"{url}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    pytest.fail("the server did not begin to answer")


@pytest.fixture
def planning(database) -> planning_worlds.PlanningWorld:
    return planning_worlds.build(database)
