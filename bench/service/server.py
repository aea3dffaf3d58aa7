"""A `callcycle serve` of the bench's own, and its sudden end."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench.cpu import cpu_seconds_of_group
from bench.service.client import HOST, ask, request

PATIENCE_S = 60.0
PAUSE_S = 0.05
READY = 200


class Server:
    """The service on a database, as its own process (group), again and again on one port."""

    def __init__(
        self, url: str, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self._url, self._arguments = url, arguments
        self._log = folder / "serve.log"
        self._environment = os.environ | {
            "CALLCYCLE_SECRET": secrets.token_urlsafe(48),
            "CALLCYCLE_TIMEZONE": "UTC",
            "CALLCYCLE_DATA_DIR": str(folder),
            "CALLCYCLE_LOG_LEVEL": "warning",
            **(environment or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()

    def start(self) -> None:
        """Begin to answer; `RuntimeError` with what it said when it does not."""
        command = [sys.executable, "-m", "field_api.cli.main", "serve", "--db", self._url]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603  (our own command)
                [*command, "--port", str(self.port), *self._arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self._environment,
                start_new_session=True,
            )
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(PAUSE_S)
        raise RuntimeError(f"the server did not begin to answer:\n{self.said()}")

    def kill(self) -> None:
        """`kill -9`, with all the processes it started."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Let it end in good order."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_S)
            self._process = None

    def cpu_seconds(self) -> float:
        """What its processes spent so far (on Linux, to the microsecond)."""
        return 0.0 if self._process is None else cpu_seconds_of_group(self._process.pid)

    def said(self) -> str:
        """What the server wrote since it started."""
        return self._log.read_text("utf-8", errors="replace")

    def _answers(self) -> bool:
        try:
            return ask(self.port, request("ready", "GET", "/readyz")).status == READY
        except (ConnectionError, ValueError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
