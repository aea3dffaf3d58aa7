"""Tasks to workers that may die: a bounded number at a time, and suspects alone.

Tasks never raise; so what a future raises is the executor's: a process that died, a worker that a
cluster gave up, a result that could not travel. Whoever was at work when a pool broke is suspected.
Suspects are tried again when all others are done, one at a time: then only the culprit can be to
blame, and a task that needed too much memory has the machine for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

from routing.many.crew import Crew, Job, NoWorkers, describe

HEARTBEAT_S = 0.1  # how often the waiting thread looks at progress and stop requests

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Lost:
    """No worker finished the task in so many tries; 0: there was no worker left to try."""

    tries: int
    cause: str


class Suspect(Generic[A]):
    """A task that was at work when a worker was lost, and what was said of that."""

    def __init__(self, task: A, cause: str) -> None:
        self.task, self.cause = task, cause


class Dispatch:
    """`retries`: how often a suspect is tried alone. `at_once`: tasks handed in at a time.
    `stopped` is asked at every heartbeat; from the first True on, nothing more is begun."""

    def __init__(
        self, crew: Crew, *, retries: int, at_once: int, stopped: Callable[[], bool]
    ) -> None:
        self._crew, self._retries = crew, retries
        self._at_once, self._stopped = at_once, stopped

    def run(self, tasks: Iterable[A], do: Callable[[A], R]) -> Iterator[tuple[A, R | Lost | None]]:
        """Each task with its result as it comes, with `Lost`, or with None: not begun."""
        waiting = iter(tasks)
        running: dict[Future[R], Job[A, R]] = {}
        suspects: list[Suspect[A]] = []
        try:
            yield from self._together(waiting, do, running, suspects)
            while suspects:
                suspect = suspects.pop(0)
                yield suspect.task, None if self._stopped() else self._alone(suspect, do)
        except NoWorkers as error:
            done = [job for future, job in running.items() if future.done()]
            for job in done:
                if _error_of(job.future) is None:
                    del running[job.future]
                    yield job.task, job.future.result()
            left = [job.task for job in running.values()]
            for task in (*(suspect.task for suspect in suspects), *left, *waiting):
                yield task, Lost(tries=0, cause=str(error))
        finally:
            for future in running:
                future.cancel()

    def _together(
        self,
        waiting: Iterator[A],
        do: Callable[[A], R],
        running: dict[Future[R], Job[A, R]],
        suspects: list[Suspect[A]],
    ) -> Iterator[tuple[A, R | None]]:
        while True:
            self._fill(waiting, do, running, suspects)
            if not running:
                break
            done, _ = wait(running, timeout=HEARTBEAT_S, return_when=FIRST_COMPLETED)
            lost = []
            for future in done:
                job = running.pop(future)
                error = _error_of(future)
                if error is None:
                    yield job.task, future.result()
                else:
                    suspects.append(Suspect(job.task, describe(error)))
                    lost.append((job, error))
            for job, error in lost:
                self._crew.heal(job, error)
        for task in waiting:
            yield task, None

    def _fill(
        self,
        waiting: Iterator[A],
        do: Callable[[A], R],
        running: dict[Future[R], Job[A, R]],
        suspects: list[Suspect[A]],
    ) -> None:
        while not self._stopped() and len(running) < self._at_once:
            task = next(waiting, None)
            if task is None:
                return
            # it must not be forgotten if there is nobody to take it
            suspects.append(Suspect(task, ""))
            job = self._crew.submit(do, task)
            suspects.pop()
            running[job.future] = job
            if job.future.done():
                return

    def _alone(self, suspect: Suspect[A], do: Callable[[A], R]) -> R | Lost:
        cause = suspect.cause
        for tries in range(1, self._retries + 1):
            try:
                job = self._crew.submit(do, suspect.task)
                while not wait([job.future], timeout=HEARTBEAT_S).done:
                    self._stopped()  # the request reaches the running task
                error = _error_of(job.future)
                if error is None:
                    return job.future.result()
                cause = describe(error)
                self._crew.heal(job, error)
            except NoWorkers as gone:
                return Lost(tries=tries, cause=str(gone))
        return Lost(tries=1 + self._retries, cause=cause)


def _error_of(future: Future[R]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:
        return error
