"""Benchmark instances through the planner: one JSON line an instance and seed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.best import best_known
from bench.case import KINDS, Case
from bench.run import run
from routing.check import check


@dataclass(frozen=True, kw_only=True)
class Result:
    """A line of the benchmark. `violations` counts what the checker and the benchmark's own
    evaluator found; `gap_pct` is the cost over the best known one, in per cent."""

    instance: str
    seed: int
    cost: float
    cpu_s: float
    wall_s: float
    violations: int
    best_known: float | None
    gap_pct: float | None


def run_case(
    case: Case, *, seed: int, cpu_seconds: float, out: Path | None = None
) -> tuple[Result, tuple[str, ...]]:
    """The line, and what is wrong with the plan in words. The solution is written to `out`."""
    made = run(case.problem, seed=seed, cpu_seconds=cpu_seconds)
    solution = case.solution(made.plan)
    verdict = case.evaluate(solution)
    wrong = (*(item.message for item in check(case.problem, made.plan)), *verdict.violations)
    best = best_known(case.path)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(solution)
        (out / f"{case.name}.{seed}.json").write_text(text + "\n", encoding="utf-8")
    result = Result(
        instance=case.name,
        seed=seed,
        cost=round(verdict.cost, 6),
        cpu_s=round(made.cpu_s, 3),
        wall_s=round(made.wall_s, 3),
        violations=len(wrong),
        best_known=best,
        gap_pct=round(100 * (verdict.cost / best - 1), 4) if best else None,
    )
    return result, wrong


def cases(kind: str, files: Iterable[Path]) -> list[Case]:
    """The instances of a kind. Raises `BadInstance` or OSError before anything is run."""
    return [KINDS[kind](path) for path in files]
