"""The `callcycle serve` process, waited for and ended; what it says must hold no traceback."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx2
import pytest

CALLCYCLE = (sys.executable, "-m", "field_api.cli.main")
PATIENCE_S = 180


@contextmanager
def serving(
    *arguments: str,
    folder: Path | None = None,
    port: int = 0,
) -> Iterator[str]:
    """The address of a server with these arguments of `serve`, started in a folder, on a free
    port unless one is named."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+") as log:  # a pipe that nobody reads would stop the server
        process = subprocess.Popen(
            [*CALLCYCLE, "serve", *arguments, "--port", str(port)],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(url, process, log)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=120)
        assert "Traceback" not in _said(log)


def _said(log: IO[str]) -> str:
    log.seek(0)
    return log.read()


def _wait(url: str, process: subprocess.Popen[bytes], log: IO[str]) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(_said(log))
        try:
            if httpx2.get(f"{url}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    pytest.fail("the server did not begin to answer")
