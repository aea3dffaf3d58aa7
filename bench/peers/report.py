"""The comparison with peers from end to end: run, told as JSON lines, written into the README."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from bench.days import SIZES, a_day, without_lunch
from bench.machine import provenance
from bench.peers.compare import Outcome, compare
from bench.peers.methods import cycle_methods, day_methods
from bench.peers.picture import as_svg
from bench.peers.summary import as_table, summaries
from bench.read.cycle import CycleInstance, read_cycle
from bench.readme import write_between

PACKAGES = ("ortools", "pyvroom", "pyvrp", "numpy")
WITH_LUNCH = "Days of 10 to 40 visits with windows and lunch"
NO_LUNCH = "The same days without lunch"
CYCLES = "Call cycles of four weeks"
MARK = "peers"
PICTURE = "peers.svg"

Groups = dict[str, list[Outcome]]
Named = Sequence[tuple[str, CycleInstance]]


def made_up_days(count: int) -> list[tuple[str, CycleInstance]]:
    """So many days of each size."""
    return [
        (f"{size} visits, {number}", a_day(size, number))
        for size in SIZES
        for number in range(1, count + 1)
    ]


def days_with_lunch(days: Named, *, seed: int) -> list[Outcome]:
    """All planners that know a lunch, told as they come."""
    return [one.told() for one in compare(days, day_methods(lunch=True), seed=seed)]


def run_peers(days: Named, cycles: Sequence[Path], *, cpu_seconds: float, seed: int) -> Groups:
    """Outcomes by group; `cpu_seconds` are for each planner and cycle."""
    plain = [(name, without_lunch(day)) for name, day in days]
    named = [(path.stem, read_cycle(path)) for path in cycles]
    return {
        WITH_LUNCH: days_with_lunch(days, seed=seed),
        NO_LUNCH: [one.told() for one in compare(plain, day_methods(lunch=False), seed=seed)],
        CYCLES: [one.told() for one in compare(named, cycle_methods(cpu_seconds), seed=seed)],
    }


def write(groups: Mapping[str, Sequence[Outcome]], readme: Path, today: date) -> None:
    """The tables into the README, the picture beside it."""
    lines = {title: summaries(outcomes) for title, outcomes in groups.items() if outcomes}
    counts = {title: len({one.instance for one in groups[title]}) for title in lines}
    parts = [f"![Per cent over the best of all planners]({PICTURE})"]
    for title, own in lines.items():
        parts += [f"**{title}** ({counts[title]} instances)", as_table(own)]
    parts.append(provenance(today, PACKAGES))
    write_between(readme, MARK, "\n\n".join(parts))
    (readme.parent / PICTURE).write_text(as_svg(lines), encoding="utf-8")
