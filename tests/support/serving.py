"""The `callcycle serve` process, waited for and ended; what it says must hold no traceback."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

CALLCYCLE = (sys.executable, "-m", "field_api.cli.main")
PATIENCE_S = 60


@contextmanager
def serving(*arguments: str, folder: Path | None = None) -> Iterator[str]:
    """The address of a server with these arguments of `serve`, started in a folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*CALLCYCLE, "serve", *arguments, "--port", str(port)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        said = process.communicate(timeout=30)[0]
    assert "Traceback" not in said


def _wait(url: str, process: subprocess.Popen) -> None:
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
