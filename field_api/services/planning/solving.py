"""Problems solved by any executor, each plan checked before it is shown or kept."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass

from crm.errors import Refused
from crm.text import N_
from routing.checks.violation import Violation
from routing.many import Hands, NotStarted, Outcome, Standing, WorkerDied, processes, solve_many
from routing.plan import Plan
from routing.problem import Problem
from routing.solve import DEFAULT_WORK
from routing.validate import InvalidProblem
from routing.weights import Weights

OnProgress = Callable[[float], object]  # called with the plans made, running ones by their share


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How a plan is searched for: same seed and work, same plan. `work` is in rounds of the
    search. `weights` None: the planner's own. `executor` is any executor or what makes one;
    without it, processes of this machine do the work, one for each CPU."""

    seed: int = 1
    work: int = DEFAULT_WORK
    weights: Weights | None = None
    executor: Hands | None = None


class PlanRefused(Refused):
    """The planner's result broke a hard rule, so it was neither shown nor kept."""

    def __init__(self, problem_id: str, violations: Sequence[Violation]) -> None:
        self.violations = tuple(violation.message for violation in violations)
        super().__init__(
            N_("The plan {plan} breaks a rule and was not kept: {violation}. Please report this."),
            plan=problem_id,
            violation=self.violations[0],
        )


class Unplannable(Refused):
    """What is known of a rep's cycle contradicts itself, so nothing was planned."""

    def __init__(self, error: InvalidProblem) -> None:
        super().__init__(
            N_("The cycle cannot be planned: {cause}. Correct it, import it again, then plan."),
            cause=error.errors[0],
        )


class PlannerLost(Refused):
    """No process lived to make the plan, so nothing was kept; `tries` 0: there was none at all."""

    def __init__(self, error: WorkerDied) -> None:
        self.tries = error.tries
        super().__init__(
            N_(
                "The plan {plan} was not finished: its process was ended {tries} times "
                "({cause}), maybe for want of memory. Nothing was kept; plan again."
            ),
            plan=error.problem_id,
            tries=error.tries,
            cause=error.cause,
        )


def plan_all(
    problems: Sequence[Problem],
    effort: Effort,
    on_progress: OnProgress | None = None,
) -> list[Plan]:
    """The plans in the order of the problems.

    A process that dies costs time, not plans. Raises `PlanRefused` when the checker finds a
    violation, `Unplannable` when a problem contradicts itself, `PlannerLost` when a problem's
    processes die again and again: then the others end and nothing is kept; so do they on Ctrl-C.
    """
    plans: dict[str, Plan] = {}
    shares: dict[str, float] = {}

    def tell() -> None:
        if on_progress is not None:
            on_progress(len(plans) + sum(shares.values()))

    def hear(standing: Standing) -> None:
        shares[standing.problem_id] = standing.done / standing.work
        tell()

    outcomes = solve_many(
        problems,
        executor=effort.executor or processes(min(len(problems), os.cpu_count() or 1)),
        seed=effort.seed,
        work=effort.work,
        weights=effort.weights,
        progress=hear if on_progress is not None else None,
    )
    with closing(outcomes):  # nobody waits for plans that nobody will keep
        for outcome in outcomes:
            plans[outcome.problem_id] = _plan_of(outcome)
            shares.pop(outcome.problem_id, None)
            tell()
    return [plans[problem.id] for problem in problems]


def plan_one(
    problem: Problem,
    effort: Effort,
    *,
    workers: Executor,
    on_share: Callable[[float], object],
    stop: Callable[[], bool],
) -> Plan | None:
    """The plan of one problem by an executor that stays the caller's; None when `stop` said so.

    `on_share` hears how much of the work is done, 0 to 1. Raises as `plan_all` does; `PlannerLost`
    when the problem's process died once.
    """
    outcomes = solve_many(
        [problem],
        executor=workers,
        seed=effort.seed,
        work=effort.work,
        weights=effort.weights,
        retries=0,
        progress=lambda standing: on_share(standing.done / standing.work),
        stop=stop,
    )
    with closing(outcomes):
        (outcome,) = outcomes
    if outcome.cut_short or isinstance(outcome.error, NotStarted):
        return None
    return _plan_of(outcome)


def _plan_of(outcome: Outcome) -> Plan:
    if isinstance(outcome.error, InvalidProblem):
        raise Unplannable(outcome.error)
    if isinstance(outcome.error, WorkerDied):
        raise PlannerLost(outcome.error)
    if outcome.error is not None:
        raise outcome.error
    assert outcome.plan is not None
    if outcome.violations:
        raise PlanRefused(outcome.problem_id, outcome.violations)
    return outcome.plan
