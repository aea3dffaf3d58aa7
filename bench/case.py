"""A benchmark instance ready to be run: its problem, and how a plan of it is judged."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.evaluate.cycle import evaluate_cycle
from bench.evaluate.pvrp import evaluate_pvrp
from bench.evaluate.tsptw import evaluate_tsptw
from bench.evaluate.verdict import Verdict
from bench.read.cycle import read_cycle
from bench.read.pvrp import read_pvrp
from bench.read.tsptw import read_tsptw
from bench.translate.cycle import cycle_days, cycle_problem
from bench.translate.pvrp import pvrp_days, pvrp_problem
from bench.translate.tsptw import tsptw_problem, tsptw_route
from routing.plan import Plan
from routing.problem import Problem


@dataclass(frozen=True, kw_only=True)
class Case:
    """`solution` turns a plan into the benchmark's own form, `evaluate` judges that form alone."""

    name: str
    path: Path
    problem: Problem
    solution: Callable[[Plan], dict[str, Any]]
    evaluate: Callable[[dict[str, Any]], Verdict]


def cycle_case(path: Path) -> Case:
    """A call cycle; the solution is `{"days": [[ids...], ...]}`."""
    instance = read_cycle(path)
    return Case(
        name=path.stem,
        path=path,
        problem=cycle_problem(path.stem, instance),
        solution=lambda plan: {"days": cycle_days(instance, plan)},
        evaluate=lambda solution: evaluate_cycle(instance, solution["days"]),
    )


def pvrp_case(path: Path) -> Case:
    """Periodic routes; the solution is `{"days": [[[ids...] per vehicle] per day]}`."""
    instance = read_pvrp(path)
    return Case(
        name=path.stem,
        path=path,
        problem=pvrp_problem(path.stem, instance),
        solution=lambda plan: {"days": pvrp_days(instance, plan)},
        evaluate=lambda solution: evaluate_pvrp(instance, solution["days"]),
    )


def tsptw_case(path: Path) -> Case:
    """A tour with time windows; the solution is `{"route": [ids...]}`."""
    instance = read_tsptw(path)
    return Case(
        name=path.stem,
        path=path,
        problem=tsptw_problem(path.stem, instance),
        solution=lambda plan: {"route": tsptw_route(plan)},
        evaluate=lambda solution: evaluate_tsptw(instance, solution["route"]),
    )


KINDS: dict[str, Callable[[Path], Case]] = {
    "cycle": cycle_case,
    "pvrp": pvrp_case,
    "tsptw": tsptw_case,
}
