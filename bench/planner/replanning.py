"""Replanning in a warm process."""

from collections.abc import Iterator
from dataclasses import asdict

from bench import replanning as measured
from bench.figure import Figure, at_most
from bench.planner.settings import Settings

DAY_GOAL_MS = 200
CYCLE_GOAL_S = 5
CYCLE = "c250-2"
MILLISECONDS = 1000


def replanning(settings: Settings) -> Iterator[Figure]:
    """The slowest of several changes to a day and to a cycle."""
    day = settings.journal.once("replanning a day", lambda: asdict(measured.rest_of_a_day()))
    path = next(file for file in settings.files("cycle", frozenset({CYCLE})) if file.stem == CYCLE)
    cycle = settings.journal.once(
        "replanning a cycle", lambda: asdict(measured.rest_of_a_cycle(path))
    )
    violations = day["violations"] + cycle["violations"]
    yield at_most("replanning, violations", violations, "1", 0)
    yield at_most(
        "replanning the rest of a day of 40 stops", MILLISECONDS * day["s"], "ms", DAY_GOAL_MS
    )
    yield at_most("replanning the rest of a cycle", cycle["s"], "s", CYCLE_GOAL_S)
