"""Problems for many workers, and executors whose workers die of chosen ones."""

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from routing.problem import Problem
from tests.routing.builders import a_problem, lunch, shop


def a_region(count: int, shops: int = 3) -> list[Problem]:
    """So many reps' problems `p0`, `p1`, ..., no two with the same roads."""
    return [
        replace(
            a_problem(
                *(shop(f"s{n}", grade="A") for n in range(shops)),
                rest=lunch(),
                drives={("home", "s0"): 5 + number},
            ),
            id=f"p{number}",
        )
        for number in range(count)
    ]


@dataclass(frozen=True)
class Deadly:
    """Runs tasks, but the process ends on the spot at one of `problem_ids` until it has killed
    `times` processes."""

    folder: Path
    problem_ids: frozenset[str]
    times: int

    def __call__(self, fn, task):
        if task.problem.id in self.problem_ids and self._kills_left(task.problem.id):
            os._exit(9)
        return fn(task)

    def deaths(self, problem_id: str) -> int:
        return len(list(self.folder.glob(f"{_file_name(problem_id)}-*")))

    def _kills_left(self, problem_id: str) -> bool:
        died = self.deaths(problem_id)
        if died < self.times:
            (self.folder / f"{_file_name(problem_id)}-{died}").touch()
        return died < self.times


def _file_name(problem_id: str) -> str:
    return problem_id.replace("/", "_")


class DeadlyPool(ProcessPoolExecutor):
    """Two spawned processes that run every task through `deadly`."""

    def __init__(self, deadly: Deadly) -> None:
        super().__init__(2, mp_context=get_context("spawn"))
        self._deadly = deadly

    def submit(self, fn, /, *args, **kwargs) -> Future:
        through = partial(self._deadly, fn) if args else fn
        return super().submit(through, *args, **kwargs)


class Through(Executor):
    """Any executor, its tasks run through `deadly`."""

    def __init__(self, inner: Executor, deadly: Deadly) -> None:
        self._inner, self._deadly = inner, deadly

    def submit(self, fn, /, *args, **kwargs) -> Future:
        return self._inner.submit(partial(self._deadly, fn), *args, **kwargs)


class Closing(Executor):
    """Takes one task, and does it just before it refuses the next."""

    def __init__(self) -> None:
        self._taken: tuple[Future, Callable] | None = None

    def submit(self, fn, /, *args, **kwargs) -> Future:
        if self._taken is None:
            self._taken = Future(), partial(fn, *args, **kwargs)
            return self._taken[0]
        future, do = self._taken
        if not future.done():
            future.set_result(do())
        raise RuntimeError("closing")


def refuse_to_live() -> None:
    """An initializer that no worker survives."""
    raise MemoryError
