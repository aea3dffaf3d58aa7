"""Who does the work: an executor of the caller's, or one made here, renewed when it breaks."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Generic, TypeVar

from routing.many.executors import end_at_once

A = TypeVar("A")
R = TypeVar("R")

Hands = Executor | Callable[[], Executor]


class NoWorkers(Exception):
    """The executor cannot work any more."""


class Job(Generic[A, R]):
    """A task handed in: its future, and the executor that holds it."""

    def __init__(self, task: A, future: Future[R], executor: Executor) -> None:
        self.task, self.future, self.executor = task, future, executor


class Crew:
    """Hands out tasks. A process pool is broken for good when one of its processes dies, so a
    maker of executors is better than an executor: what it made is renewed, and ended with the
    crew. An executor that was given stays the caller's."""

    def __init__(self, hands: Hands) -> None:
        self._make = None if isinstance(hands, Executor) else hands
        self._executor = hands if isinstance(hands, Executor) else hands()

    def __enter__(self) -> Crew:
        """The crew itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End what was made here; at once if the work was given up."""
        if self._make is None:
            return
        if kind is None:
            self._executor.shutdown()
        else:
            end_at_once(self._executor)

    def submit(self, do: Callable[[A], R], task: A) -> Job[A, R]:
        """Hand a task in. Raises `NoWorkers`."""
        try:
            try:
                future = self._executor.submit(do, task)
            except BrokenExecutor as error:
                self._renew(error)
                future = self._executor.submit(do, task)
        except NoWorkers:
            raise
        except Exception as error:  # shut down, or its cluster is gone
            raise NoWorkers(describe(error)) from error
        return Job(task, future, self._executor)

    def heal(self, job: Job[A, R], error: BaseException) -> None:
        """After a task was lost: work on with a new executor if its own one is broken. Raises
        `NoWorkers`."""
        if isinstance(error, BrokenExecutor) and job.executor is self._executor:
            self._renew(error)

    def _renew(self, error: BaseException) -> None:
        if self._make is None:
            raise NoWorkers(f"{describe(error)} (an executor's maker could have made a new one)")
        end_at_once(self._executor)
        self._executor = self._make()
        try:
            # A new one that dies of nothing would cost every task its retries.
            self._executor.submit(os.getpid).result()
        except BrokenExecutor as again:
            raise NoWorkers(describe(again)) from again


def describe(error: BaseException) -> str:
    """`BrokenProcessPool: A process ...`, the kind of error and its first line."""
    first = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
