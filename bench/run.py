"""One plan of one problem by the product's own `solve`, with the seconds that it took."""

import time
from dataclasses import dataclass

from bench.cpu import cpu_seconds_spent
from bench.translate.common import travel_alone
from routing.plan import Plan
from routing.problem import Problem
from routing.solve import solve

# A unit of work for one visit takes about so long; where it takes longer (several vehicles, limits
# on a route), the limit of CPU seconds ends the search.
A_CYCLE_S = 4.4e-6
SEVERAL_REPS_S = 2.4e-6
ONE_DAY_S = 2.8e-6


@dataclass(frozen=True, kw_only=True)
class Run:
    """`cpu_s` includes the processes that were started for it."""

    plan: Plan
    cpu_s: float
    wall_s: float


def run(problem: Problem, *, seed: int, cpu_seconds: float) -> Run:
    """Plan for travel alone with every visit made, in about `cpu_seconds`."""
    weights = travel_alone(problem)
    cpu_s, wall_s = cpu_seconds_spent(), time.perf_counter()
    plan = solve(
        problem,
        seed=seed,
        work=work_for(problem, cpu_seconds),
        weights=weights,
        cpu_limit_s=cpu_seconds,
    )
    return Run(
        plan=plan,
        cpu_s=cpu_seconds_spent() - cpu_s,
        wall_s=time.perf_counter() - wall_s,
    )


def work_for(problem: Problem, cpu_seconds: float) -> int:
    """The work that takes about so many CPU seconds."""
    unit_s = SEVERAL_REPS_S if len(problem.reps) > 1 else A_CYCLE_S
    if problem.first_day == problem.last_day:
        unit_s = ONE_DAY_S
    return max(1, round(cpu_seconds / (unit_s * max(1, len(problem.visits)))))
