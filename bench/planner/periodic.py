"""Periodic routes of several vehicles, without and with time windows, sixty CPU seconds each."""

from collections.abc import Iterator
from statistics import mean

from bench.figure import Figure, at_most
from bench.planner.runs import runs
from bench.planner.settings import Settings

CPU_S = 60.0
MEAN_GOAL_PCT = 0.7
WINDOWS_GOAL_PCT = 0.5
QUICK = frozenset({"p07"})
WITH_WINDOWS = frozenset({"pr01"})  # the one whose best value is known


def periodic(settings: Settings) -> Iterator[Figure]:
    """Mean gap over all instances and seeds, all of them feasible."""
    made = runs(settings, "pvrp", "pvrp", settings.files("pvrp", QUICK), CPU_S)
    gaps = [one.gap_pct for one in made]
    yield at_most("PVRP, violations", sum(one.violations for one in made), "1", 0)
    yield at_most("PVRP, mean gap", mean(gaps), "%", MEAN_GOAL_PCT)
    yield Figure(figure="PVRP, worst gap", value=max(gaps), unit="%")
    yield Figure(figure="PVRP, CPU, most", value=max(one.cpu_s for one in made), unit="s")


def periodic_with_windows(settings: Settings) -> Iterator[Figure]:
    """The worst gap of any seed."""
    files = [file for file in settings.files("pvrptw", WITH_WINDOWS) if file.stem in WITH_WINDOWS]
    made = runs(settings, "pvrp", "pvrptw", files, CPU_S)
    worst = max(one.gap_pct for one in made)
    yield at_most("PVRPTW pr01, violations", sum(one.violations for one in made), "1", 0)
    yield at_most("PVRPTW pr01, worst gap", worst, "%", WINDOWS_GOAL_PCT)
    yield Figure(figure="PVRPTW pr01, CPU, most", value=max(one.cpu_s for one in made), unit="s")
