"""Planners side by side on the same instances, each with its seconds and its best."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from bench.cpu import cpu_seconds_spent
from bench.evaluate.cycle import evaluate_cycle
from bench.read.cycle import CycleInstance

Days = list[list[int]]  # customer ids in order, one list a day


@dataclass(frozen=True, kw_only=True)
class Method:
    """A planner with the CPU seconds it is given. `name` holds what tells it from the others."""

    name: str
    cpu_seconds: float
    plan: Callable[[CycleInstance, float, int], Days]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One planner on one instance. `gap_pct` is its cost over the best feasible one of all
    planners in per cent; None where it breaks a rule or leaves a visit out."""

    instance: str
    method: str
    cost: float
    cpu_s: float
    violations: int
    gap_pct: float | None = None

    def told(self) -> "Outcome":
        """Print the outcome as one JSON line and hand it on."""
        print(json.dumps(asdict(self), ensure_ascii=False), flush=True)
        return self


def compare(
    instances: Iterable[tuple[str, CycleInstance]], methods: Sequence[Method], *, seed: int
) -> Iterator[Outcome]:
    """Every planner on every instance; the best of an instance is known when all had their turn."""
    for name, instance in instances:
        outcomes = [_outcome(name, instance, method, seed) for method in methods]
        best = min((one.cost for one in outcomes if not one.violations), default=None)
        for one in outcomes:
            gap = None
            if best and not one.violations:
                gap = round(100 * (one.cost / best - 1), 3)
            yield Outcome(**{**asdict(one), "gap_pct": gap})


def _outcome(name: str, instance: CycleInstance, method: Method, seed: int) -> Outcome:
    began_s = cpu_seconds_spent()
    days = method.plan(instance, method.cpu_seconds, seed)
    spent_s = cpu_seconds_spent() - began_s
    verdict = evaluate_cycle(instance, days)
    return Outcome(
        instance=name,
        method=method.name,
        cost=verdict.cost,
        cpu_s=round(spent_s, 4),
        violations=len(verdict.violations),
    )
