"""Instances of one kind at their seeds: gaps, violations and seconds, kept in the journal."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench.case import KINDS
from bench.instances import run_case
from bench.journal import Values
from bench.planner.settings import Settings, best_value


@dataclass(frozen=True, kw_only=True)
class Made:
    """One instance at one seed. `gap_pct`: per cent over the best value known."""

    instance: str
    cost: float
    best: float
    cpu_s: float
    violations: int

    @property
    def gap_pct(self) -> float:
        """Below zero for a new best."""
        return 100 * (self.cost / self.best - 1)


def runs(
    settings: Settings, reader: str, folder: str, files: Iterable[Path], cpu_seconds: float
) -> list[Made]:
    """Every file at every seed; `reader` is the bench's command, `folder` the kind of file."""
    made = []
    for path in files:
        best = best_value(folder, path)
        for seed in settings.seeds:
            key = f"{folder}/{path.stem} seed {seed} {cpu_seconds:g} s"
            measure = partial(_measure, reader, path, seed, cpu_seconds)
            values = settings.journal.once(key, measure)
            made.append(
                Made(
                    instance=path.stem,
                    best=best,
                    cost=values["cost"],
                    cpu_s=values["cpu_s"],
                    violations=values["violations"],
                )
            )
    return made


def _measure(reader: str, path: Path, seed: int, cpu_seconds: float) -> Values:
    result, _ = run_case(KINDS[reader](path), seed=seed, cpu_seconds=cpu_seconds)
    return asdict(result)
