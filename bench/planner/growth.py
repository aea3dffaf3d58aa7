"""Many reps one after the other in one worker."""

from collections.abc import Iterator
from dataclasses import asdict

from bench import growth as measured
from bench.figure import Figure, at_most
from bench.planner.settings import Settings

REPS, CPU_S = 500, 0.2
QUICK_REPS, QUICK_CPU_S = 60, 0.25
RATIO_GOAL = 1.1
MEMORY_GOAL_MIB = 16
CYCLE = "c120-1"


def growth(settings: Settings) -> Iterator[Figure]:
    """CPU seconds a rep against those of one alone, and what the worker's memory grew by."""
    reps, cpu_s = (QUICK_REPS, QUICK_CPU_S) if settings.quick else (REPS, CPU_S)
    path = next(file for file in settings.files("cycle", frozenset({CYCLE})) if file.stem == CYCLE)
    values = settings.journal.once(
        f"growth to {reps} reps of {cpu_s:g} s",
        lambda: asdict(measured.growth(path, reps=reps, cpu_seconds=cpu_s)),
    )
    yield at_most("growth, reps without a sound plan", values["errors"], "1", 0)
    name = f"growth, CPU a rep with {reps} reps over that of one"
    yield at_most(name, values["cpu_ratio"], "1", RATIO_GOAL)
    name = f"growth, memory of a worker over {reps} reps"
    yield at_most(name, values["memory_mib"], "MiB", MEMORY_GOAL_MIB)
