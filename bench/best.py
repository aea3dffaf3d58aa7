"""The best value known for an instance, from a table beside its file."""

import csv
from pathlib import Path

TABLES = ("best_seen.csv", "best_known.csv")
COLUMNS = ("best_seen", "best_known")  # what a column of values begins with


def best_known(path: Path) -> float | None:
    """The value in the tables of the file's folder or the one above it; None without one.

    Tables name an instance by its file, with or without the last suffix.
    """
    for folder in (path.parent, path.parent.parent):
        for table in TABLES:
            if (folder / table).is_file():
                value = _value_in(folder / table, {path.name, path.stem})
                if value is not None:
                    return value
    return None


def _value_in(table: Path, names: set[str]) -> float | None:
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row.get("instance") in names:
                column = next((name for name in row if name and name.startswith(COLUMNS)), "")
                return float(row[column]) if row.get(column) else None
    return None
