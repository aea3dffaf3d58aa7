"""One plan of one problem by the product's own `solve`, with the seconds that it took."""

import time
from dataclasses import dataclass

from bench.cpu import cpu_seconds_spent
from bench.translate.common import travel_alone
from routing.plan import Plan
from routing.problem import Problem
from routing.solve import solve

WORK_A_CPU_SECOND = 440  # rounds of the search; the limit of CPU seconds is the bound that counts


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
    plan = solve(problem, seed=seed, work=work_for(cpu_seconds), weights=weights)
    return Run(
        plan=plan,
        cpu_s=cpu_seconds_spent() - cpu_s,
        wall_s=time.perf_counter() - wall_s,
    )


def work_for(cpu_seconds: float) -> int:
    """The work that takes about so many CPU seconds."""
    return max(1, round(cpu_seconds * WORK_A_CPU_SECOND))
