"""Executors of this machine: processes that end with their parent, and none at all."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import connection, get_context, parent_process
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def processes(workers: int | None = None) -> Callable[[], Executor]:
    """What makes pools of so many processes, by default one for each CPU.

    Spawned, not forked: a fork would inherit threads and locks in any state.
    """
    return partial(
        ProcessPoolExecutor,
        workers or os.cpu_count() or 1,
        mp_context=get_context("spawn"),
        initializer=_belong_to_parent,
    )


MANAGERS_LAST_S = 5.0  # ample for noticing that its processes are gone


class Synchronous(Executor):
    """Each task at once, in the process and thread that hands it in."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The future, done; what is no `Exception`, such as Ctrl-C, goes to the caller."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def end_at_once(executor: Executor, *, for_good: bool = False) -> None:
    """Nobody waits for what is still running; processes end, threads finish unheard.

    `for_good`, when this process ends as well: nothing of the pool is left afterwards. Not to be
    called from a future's callback then.
    """
    running, manager = [], None
    if isinstance(executor, ProcessPoolExecutor):
        # Without this, Python waits for the running tasks when it exits.
        running = list((executor._processes or {}).values())
        manager = getattr(executor, "_executor_manager_thread", None)
    executor.shutdown(wait=False)
    for process in running:
        process.terminate()
    if for_good and manager is not None:
        # Else Python, when it exits at the same moment, speaks to a pipe that this one closes.
        manager.join(MANAGERS_LAST_S)


def _belong_to_parent() -> None:
    """Ctrl-C reaches every process of a terminal: only the parent answers it. Even a parent that
    is killed leaves nobody behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
