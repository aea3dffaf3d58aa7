"""What becomes of one problem among many: a plan, or by name why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field

from routing.checks.violation import Violation
from routing.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Either a `plan`, with the `violations` that the checker found in it, or an `error`:
    `InvalidProblem`, `TaskFailed`, `WorkerDied` or `NotStarted`.

    `cut_short`: a stop request came in between; the plan is the best until then, is sound, and
    is not repeated by its seed and work. `cpu_s`: seconds that the working process computed.
    """

    problem_id: str
    plan: Plan | None = None
    violations: tuple[Violation, ...] = ()
    error: Exception | None = None
    cut_short: bool = False
    cpu_s: float = field(default=0.0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a running task is: work done of all its `work`, and the cost of its best plan."""

    problem_id: str
    done: int
    work: int
    best_cost: int


class TaskFailed(Exception):
    """The planner failed on this problem; trying again would fail again. A note has the trace."""

    def __init__(self, problem_id: str, cause: str) -> None:
        super().__init__(problem_id, cause)
        self.problem_id, self.cause = problem_id, cause

    def __str__(self) -> str:
        """`R1/2026-11-30: ZeroDivisionError: division by zero`"""
        return f"{self.problem_id}: {self.cause}"


class WorkerDied(Exception):
    """No worker lived to finish the problem in so many tries; `cause` is how the last one ended.
    `tries` 0: the executor had broken down before its turn."""

    def __init__(self, problem_id: str, tries: int, cause: str) -> None:
        super().__init__(problem_id, tries, cause)
        self.problem_id, self.tries, self.cause = problem_id, tries, cause

    def __str__(self) -> str:
        """`R1/2026-11-30: not finished by any worker in 3 tries: BrokenProcessPool: ...`"""
        return f"{self.problem_id}: not finished by any worker in {self.tries} tries: {self.cause}"


class NotStarted(Exception):
    """A stop request came before the problem's turn."""
