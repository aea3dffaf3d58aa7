"""Problems solved by any executor, each plan checked before it is shown or kept."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from crm.errors import Refused
from crm.text import N_
from routing.check import check
from routing.plan import Plan
from routing.problem import Problem
from routing.solve import DEFAULT_WORK, solve
from routing.validate import InvalidProblem

OnPlanned = Callable[[str], None]  # called with a problem's id when its plan is made


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How a plan is searched for: same seed and work, same plan. `work` is in rounds of the
    search; without an executor, processes of this machine do it."""

    seed: int = 1
    work: int = DEFAULT_WORK
    executor: Executor | None = None


class PlanRefused(Refused):
    """The planner's result broke a hard rule, so it was neither shown nor kept."""

    def __init__(self, problem_id: str, violations: Sequence[str]) -> None:
        super().__init__(
            N_("The plan {plan} breaks a rule and was not kept: {violation}. Please report this."),
            plan=problem_id,
            violation=violations[0],
        )
        self.violations = tuple(violations)


class Unplannable(Refused):
    """What is known of a rep's cycle contradicts itself, so nothing was planned."""

    def __init__(self, error: InvalidProblem) -> None:
        super().__init__(
            N_("The cycle cannot be planned: {cause}. Correct it, import it again, then plan."),
            cause=error.errors[0],
        )


def solve_and_check(problem: Problem, seed: int, work: int) -> tuple[Plan, tuple[str, ...]]:
    """One task, picklable and pure: the plan and the sentences of the rules it breaks."""
    plan = solve(problem, seed=seed, work=work)
    return plan, tuple(violation.message for violation in check(problem, plan))


def plan_all(
    problems: Sequence[Problem],
    effort: Effort,
    on_planned: OnPlanned | None = None,
) -> list[Plan]:
    """The plans in the order of the problems.

    Raises `PlanRefused` when the checker finds a violation, `Unplannable` when a problem
    contradicts itself: then nothing is kept.
    """
    with _executor(effort.executor, len(problems)) as pool:
        futures = [
            pool.submit(solve_and_check, problem, effort.seed, effort.work) for problem in problems
        ]
        plans: dict[str, Plan] = {}
        for future in as_completed(futures):
            try:
                plan, violations = future.result()
            except InvalidProblem as error:
                raise Unplannable(error) from None
            if violations:
                raise PlanRefused(plan.problem_id, violations)
            plans[plan.problem_id] = plan
            if on_planned is not None:
                on_planned(plan.problem_id)
    return [plans[problem.id] for problem in problems]


@contextmanager
def _executor(given: Executor | None, tasks: int) -> Iterator[Executor]:
    if given is not None:
        yield given
        return
    workers = max(1, min(tasks, os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            yield pool
        except BaseException:  # Ctrl-C, too: nobody waits for plans that nobody will keep
            running = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            raise
