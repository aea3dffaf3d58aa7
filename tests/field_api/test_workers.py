"""Several processes on one port: they answer, a dead one is begun again, all end together."""

import os
import signal
import time
from pathlib import Path

import httpx2
import pytest

from tests.support.serving import serving

WORKERS = 2
PATIENCE_S = 180


def children(process: int) -> set[int]:
    tasks = Path(f"/proc/{process}/task")
    return {int(n) for task in tasks.iterdir() for n in (task / "children").read_text().split()}


def eventually(holds) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def ends(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] == "Z"
    except FileNotFoundError:
        return True


@pytest.fixture
def workers(database):
    """The first process and those that it began."""
    before = children(os.getpid())
    with serving("--db", database.url, "--workers", str(WORKERS)) as url:
        (parent,) = children(os.getpid()) - before
        yield url, parent


def test_a_worker_that_dies_is_begun_again(workers):
    url, parent = workers
    assert len(children(parent)) == WORKERS
    killed = min(children(parent))
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: len(children(parent) - {killed}) == WORKERS)
    for _ in range(10):
        assert httpx2.get(f"{url}/readyz").status_code == 200


@pytest.mark.one_database
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_the_first_process(workers, how):
    _, parent = workers
    began = children(parent)
    os.kill(parent, how)
    eventually(lambda: all(ends(worker) for worker in began))
