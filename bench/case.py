"""A benchmark instance ready to be run: its problem, and how a plan of it is judged."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.evaluate.cycle import evaluate_cycle
from bench.evaluate.verdict import Verdict
from bench.read.cycle import read_cycle
from bench.translate.cycle import cycle_days, cycle_problem
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


KINDS: dict[str, Callable[[Path], Case]] = {"cycle": cycle_case}
