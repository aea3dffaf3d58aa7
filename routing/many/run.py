"""Many problems planned at once; each plan is the same whichever worker makes it, in any order."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable

from routing.many.board import Board, Entry, a_board
from routing.many.crew import Crew, Hands
from routing.many.dispatch import HEARTBEAT_S, Dispatch, Lost
from routing.many.outcome import NotStarted, Outcome, Standing, WorkerDied
from routing.many.task import Task, plan_one
from routing.problem import Problem
from routing.solve import DEFAULT_WORK
from routing.weights import Weights

OnStanding = Callable[[Standing], object]
Stop = Callable[[], bool]  # asked about every `HEARTBEAT_S`; True: end with what there is


def solve_many(
    problems: Iterable[Problem],
    *,
    executor: Hands,
    seed: int = 1,
    work: int = DEFAULT_WORK,
    weights: Weights | None = None,
    cpu_limit_s: float | None = None,
    retries: int = 2,
    at_once: int | None = None,
    progress: OnStanding | None = None,
    stop: Stop | None = None,
) -> Generator[Outcome, None, None]:
    """The outcome of every problem, as they come; problems are drawn as workers get free. `seed`,
    `work`, `weights` and `cpu_limit_s` are `solve`'s, for each problem.

    `executor` is any `Executor`, which stays the caller's, or what makes one, such as
    `processes()`: only then can a process pool be replaced that has lost a process. `at_once`
    problems are handed in at a time, by default one more than there are CPUs; for a cluster name
    a few more than its threads. A problem that was with a dead worker is tried again alone, up to
    `retries` times, then its outcome is `WorkerDied`.

    `progress` hears from running problems, `stop` is asked whether to end early: then running
    problems end with the best plan so far, those not begun with `NotStarted`. Both take effect
    between rounds of a search, where workers see this machine's folder for temporary files;
    elsewhere running problems are planned to their end. Closing the iterator early ends all work.
    """
    watch = _Watch(progress, stop)
    with a_board(watch.look) as board, Crew(executor) as crew:
        watch.board = board
        dispatch = Dispatch(
            crew,
            retries=retries,
            at_once=at_once or (os.cpu_count() or 1) + 1,
            stopped=watch.stopped,
        )
        tasks = (
            watch.begin(
                Task(
                    number=number,
                    problem=problem,
                    seed=seed,
                    work=work,
                    weights=weights,
                    cpu_limit_s=cpu_limit_s,
                    board=board,
                )
            )
            for number, problem in enumerate(problems)
        )
        try:
            for task, result in dispatch.run(tasks, plan_one):
                watch.end(task)
                yield _outcome(task.problem.id, result)
        except BaseException:
            board.stop()  # a thread cannot be ended, but told
            raise


def _outcome(problem_id: str, result: Outcome | Lost | None) -> Outcome:
    if isinstance(result, Outcome):
        return result
    if result is None:
        return Outcome(problem_id=problem_id, error=NotStarted(problem_id))
    died = WorkerDied(problem_id, result.tries, result.cause)
    return Outcome(problem_id=problem_id, error=died)


class _Watch:
    """Passes a stop request on to the board, and what the board says on to `progress`."""

    board: Board

    def __init__(self, progress: OnStanding | None, stop: Stop | None) -> None:
        self._progress, self._stop = progress, stop
        self._running: dict[int, str] = {}
        self._seen: dict[int, Entry] = {}
        self._asked_to_stop = False
        self._next_look_s = 0.0

    def begin(self, task: Task) -> Task:
        """From now on the task's entry is read."""
        self._running[task.number] = task.problem.id
        return task

    def end(self, task: Task) -> None:
        """The task is done."""
        del self._running[task.number]
        self._seen.pop(task.number, None)

    def stopped(self) -> bool:
        """Whether there was a stop request."""
        self.look()
        return self._asked_to_stop

    def look(self) -> None:
        """Ask and tell, but not more often than every heartbeat."""
        now_s = time.monotonic()
        if now_s < self._next_look_s:
            return
        self._next_look_s = now_s + HEARTBEAT_S
        if self._stop is not None and not self._asked_to_stop and self._stop():
            self._asked_to_stop = True
            self.board.stop()
        if self._progress is not None:
            self._tell(self._progress)

    def _tell(self, progress: OnStanding) -> None:
        for number, problem_id in self._running.items():
            entry = self.board.read(number)
            if entry is None or entry == self._seen.get(number):
                continue
            self._seen[number] = entry
            done, work, best_cost = entry
            progress(Standing(problem_id=problem_id, done=done, work=work, best_cost=best_cost))
