"""Several processes that answer on one socket, on machines with several cores."""

import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

AGAIN_AFTER_S = 1.0  # a worker that dies at once must not be begun a thousand times a second
WATCHED_EVERY_S = 0.2


def run_workers(count: int, work: Callable[[], None]) -> None:
    """Let `count` processes do the work until this one is told to end (SIGTERM, Ctrl-C); one that
    dies is begun again, and none outlives this process.

    Whatever is open before (sockets) is shared; threads and database connections must not be.
    """
    told = threading.Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, tell)
    alive, tied = os.pipe()  # reading from it ends when this process does, however it ends
    running = {_begin(work, alive, tied) for _ in range(count)}
    while not told.wait(WATCHED_EVERY_S):
        for dead in _ended(running):
            running.discard(dead)
            time.sleep(AGAIN_AFTER_S)
            running.add(_begin(work, alive, tied))
    for worker in running:
        os.kill(worker, signal.SIGTERM)
    for worker in running:
        os.waitpid(worker, 0)


def _begin(work: Callable[[], None], alive: int, tied: int) -> int:
    worker = os.fork()
    if worker:
        return worker
    os.close(tied)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.default_int_handler)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)  # what stands around the call belongs to the first process


def _end_with(alive: int) -> None:
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def _ended(running: set[int]) -> list[int]:
    found = []
    for worker in running:
        ended, _ = os.waitpid(worker, os.WNOHANG)
        if ended:
            found.append(ended)
    return found
