"""Runs the road engine on this machine, for this machine."""

import json
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crm.errors import Refused
from crm.text import N_
from field_api.roads.engine import Engine
from field_api.roads.road_data import FILES, RoadData

LOOPBACK = "127.0.0.1"
TABLE_PLACES = 2500  # a side of the largest matrix in one question
ROUTE_PLACES = 500
PATIENCE_S = 120  # until it answers: a country's data is read from the disk first
PAUSE_S = 0.05
END_S = 10


@dataclass(frozen=True, kw_only=True)
class Served:
    """An engine that answers: `url` without a slash at its end."""

    url: str
    data: RoadData
    process: subprocess.Popen[bytes]


@contextmanager
def served_roads(
    engine: Engine, data: RoadData, *, data_dir: Path, port: int = 0
) -> Iterator[Served]:
    """An engine that answers on loopback while the block runs; port 0: a free one.

    Raises Refused when the port is taken or the engine ends before it answers.
    """
    port = _free_port(port)
    url = f"http://{LOOPBACK}:{port}"
    command = [engine.program("osrm-routed"), "--algorithm", "mld", "--ip", LOOPBACK]
    command += ["--port", str(port), "--max-table-size", str(TABLE_PLACES)]
    command += ["--max-viaroute-size", str(ROUTE_PLACES)]
    command += [str(data.folder(data_dir).absolute() / FILES)]
    with tempfile.TemporaryFile() as log:  # a pipe that nobody reads would stop it
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
        try:
            if not _answers(url, data, process):
                log.seek(0)
                said = log.read().decode("utf-8", errors="replace").splitlines()
                raise Refused(
                    N_(
                        "The road engine for {name} does not answer: {cause}. "
                        "Build its roads again."
                    ),
                    name=f"{data.name}, {data.profile}",
                    cause=(said or ["it said nothing"])[-1],
                )
            yield Served(url=url, data=data, process=process)
        finally:
            _end(process)


def _free_port(port: int) -> int:
    """That port, or any free one for 0. The engine itself would share a port with another."""
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise Refused(
                N_("Port {port} is taken: {cause}. Name another with --port."),
                port=port,
                cause=error.strerror,
            ) from error
        chosen: int = probe.getsockname()[1]
        return chosen


def _answers(url: str, data: RoadData, process: subprocess.Popen[bytes]) -> bool:
    """Wait until this engine, and no other, answers; False when it ended or never does."""
    west, south, east, north = data.box
    place = f"{(west + east) / 2:.6f},{(south + north) / 2:.6f}"
    question = f"{url}/nearest/v1/driving/{place}"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < until:
        try:
            with direct.open(question, timeout=END_S) as answer:
                return bool(json.load(answer).get("data_version") == data.version)
        except (OSError, ValueError):
            time.sleep(PAUSE_S)
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
