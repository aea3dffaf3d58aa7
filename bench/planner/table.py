"""All sections in order, told one by one and, for a full run, written into the README."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from bench.figure import Figure, tell
from bench.machine import provenance
from bench.planner.cycles import cycles
from bench.planner.days import days
from bench.planner.growth import growth
from bench.planner.periodic import periodic, periodic_with_windows
from bench.planner.replanning import replanning
from bench.planner.settings import Settings
from bench.planner.tours import tours
from bench.readme import table, write_between

SECTIONS: tuple[Callable[[Settings], Iterator[Figure]], ...] = (
    cycles,
    periodic,
    periodic_with_windows,
    tours,
    days,
    replanning,
    growth,
)
HEAD = ("figure", "value", "goal", "reached")
MARK = "planner"
PACKAGES = ("ortools", "numpy", "pyvroom")


def run_sections(settings: Settings) -> list[Figure]:
    """Every figure, printed as soon as it is known."""
    figures = []
    for section in SECTIONS:
        for figure in section(settings):
            tell(figure)
            figures.append(figure)
    return figures


def write(figures: Sequence[Figure], readme: Path, today: date) -> None:
    """The figures as a table between the README's marks."""
    rows = [
        (
            one.figure,
            f"{one.value:.4g}" + ("" if one.unit == "1" else f" {one.unit}"),
            one.goal or "",
            {True: "yes", False: "**no**", None: ""}[one.ok],
        )
        for one in figures
    ]
    write_between(readme, MARK, f"{table(HEAD, rows)}\n\n{provenance(today, PACKAGES)}")
