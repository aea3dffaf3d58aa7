"""Call cycles of one rep, thirty CPU seconds each."""

from collections.abc import Iterator
from statistics import mean

from bench.figure import Figure, at_most
from bench.planner.runs import runs
from bench.planner.settings import Settings

CPU_S = 30.0
MEAN_GOAL_PCT = 0.5
WORST_GOAL_PCT = 1.5
QUICK = frozenset({"c120-1", "c250-2"})


def cycles(settings: Settings) -> Iterator[Figure]:
    """Mean and worst gap over all instances and seeds."""
    made = runs(settings, "cycle", "cycle", settings.files("cycle", QUICK), CPU_S)
    gaps = [one.gap_pct for one in made]
    yield at_most("cycle, violations", sum(one.violations for one in made), "1", 0)
    yield at_most("cycle, mean gap", mean(gaps), "%", MEAN_GOAL_PCT)
    yield at_most("cycle, worst gap", max(gaps), "%", WORST_GOAL_PCT)
    yield Figure(figure="cycle, CPU, most", value=max(one.cpu_s for one in made), unit="s")
