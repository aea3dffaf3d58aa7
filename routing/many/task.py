"""One rep's, or one shared territory's, cycle as a pure task that any process can work on."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass

from routing.check import check
from routing.many.board import Board, Seat
from routing.many.outcome import NotStarted, Outcome, TaskFailed
from routing.problem import Problem
from routing.solve import solve
from routing.validate import InvalidProblem
from routing.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Task:
    """`number` is its entry on the board."""

    number: int
    problem: Problem
    seed: int
    work: int
    weights: Weights | None
    cpu_limit_s: float | None
    board: Board


def plan_one(task: Task) -> Outcome:
    """Plan and check. An error of the problem or the planner is part of the outcome, so that
    whatever a future raises comes from the executor. Raises MemoryError: that is the machine's
    doing, and alone on it the task may have room."""
    problem_id = task.problem.id
    began_s = time.process_time()
    with task.board.seat(task.number) as seat:
        if not seat.goes_on():
            return Outcome(problem_id=problem_id, error=NotStarted(problem_id))
        try:
            return _planned(task, seat, began_s)
        except MemoryError:
            raise
        except InvalidProblem as error:
            return Outcome(problem_id=problem_id, error=error)
        except Exception as error:
            failed = TaskFailed(problem_id, f"{type(error).__name__}: {error}")
            failed.add_note("".join(traceback.format_exception(error)))
            return Outcome(problem_id=problem_id, error=failed)


def _planned(task: Task, seat: Seat, began_s: float) -> Outcome:
    plan = solve(
        task.problem,
        seed=task.seed,
        work=task.work,
        weights=task.weights,
        progress=seat.report,
        cpu_limit_s=task.cpu_limit_s,
    )
    return Outcome(
        problem_id=task.problem.id,
        plan=plan,
        violations=check(task.problem, plan),
        cut_short=seat.cut_short,
        cpu_s=time.process_time() - began_s,
    )
