"""Days of up to forty visits with windows and lunch, a tenth of a second each."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial

from bench.figure import Figure, at_most
from bench.journal import Values
from bench.planner.settings import Settings
from bench.read.cycle import CycleInstance

GOAL_PCT = 0.5
DAYS_OF_A_SIZE, QUICK_DAYS_OF_A_SIZE = 5, 1


def days(settings: Settings) -> Iterator[Figure]:
    """The worst gap to the best that any planner finds on the same day, the long runs included."""
    from bench.peers.methods import SHORT_OURS  # its packages are the bench's alone
    from bench.peers.report import made_up_days

    gaps, cpu_s = [], []
    count = QUICK_DAYS_OF_A_SIZE if settings.quick else DAYS_OF_A_SIZE
    for name, day in made_up_days(count):
        values = settings.journal.once(f"day of {name}", partial(_measure, name, day))[SHORT_OURS]
        gaps.append(values["gap_pct"])
        cpu_s.append(values["cpu_s"])
    feasible = [gap for gap in gaps if gap is not None]
    yield at_most("day of 10 to 40 visits, without a plan", len(gaps) - len(feasible), "1", 0)
    yield at_most("day of 10 to 40 visits, worst gap", max(feasible, default=0), "%", GOAL_PCT)
    yield Figure(figure="day of 10 to 40 visits, CPU, most", value=max(cpu_s), unit="s")


def _measure(name: str, day: CycleInstance) -> Values:
    """Each planner's outcome."""
    from bench.peers.compare import compare
    from bench.peers.methods import day_methods

    outcomes = compare([(name, day)], day_methods(lunch=True), seed=1)
    return {one.method: asdict(one) for one in outcomes}
