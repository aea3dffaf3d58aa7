"""What all sections of the planner's bench are told: how thorough, on which instances."""

from dataclasses import dataclass
from pathlib import Path

from bench.best import best_known
from bench.journal import Journal

SHIPPED = Path(__file__).parent.parent / "data"
SUFFIXES = frozenset({".json", ".txt", ".tw"})
ALL_SEEDS = (1, 2, 3, 4, 5)
QUICK_SEEDS = (1, 2)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`data` is laid out like `bench/data`; a kind that it lacks is taken from there."""

    quick: bool
    data: Path
    journal: Journal

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of each instance."""
        return QUICK_SEEDS if self.quick else ALL_SEEDS

    def files(self, kind: str, quick: frozenset[str]) -> list[Path]:
        """The instances of a kind in order of name; `quick` names those of a quick run."""
        for folder in (self.data / kind, SHIPPED / kind):
            found = sorted(file for file in folder.rglob("*") if file.suffix in SUFFIXES)
            chosen = [file for file in found if not self.quick or file.stem in quick]
            if chosen:
                return chosen
        return []


def best_value(kind: str, path: Path) -> float:
    """The best value known, from a table beside the file or the project's own.

    Raises ValueError where neither has it: a gap is then no figure.
    """
    value = best_known(path) or best_known(SHIPPED / kind / path.name)
    if value is None:
        raise ValueError(f"{path}: no best known value; add it to a best_known.csv beside it")
    return value
