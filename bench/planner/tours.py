"""One tour with time windows, one CPU second each."""

from collections.abc import Iterator
from statistics import mean

from bench.figure import Figure, at_least, at_most
from bench.planner.runs import runs
from bench.planner.settings import Settings

CPU_S = 1.0
SHARE_GOAL = 0.95
PRINTED = 0.005  # the tables have two decimals: half of the last one is no difference
QUICK = frozenset({"n60w80.001", "rc_204.1"})


def tours(settings: Settings) -> Iterator[Figure]:
    """How many of all runs reach the best value known."""
    made = runs(settings, "tsptw", "tsptw", settings.files("tsptw", QUICK), CPU_S)
    reached = mean(not one.violations and one.cost <= one.best + PRINTED for one in made)
    yield at_most("TSPTW, violations", sum(one.violations for one in made), "1", 0)
    yield at_least("TSPTW, share at the best value known", reached, "1", SHARE_GOAL)
    yield Figure(figure="TSPTW, CPU, most", value=max(one.cpu_s for one in made), unit="s")
