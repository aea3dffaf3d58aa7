"""Writes the sample again: `python -m field_api.sample.generate [FOLDER]`.

Deterministic: the same extract gives the same bytes. What is real in it and what is invented
stands in `malta/README.md`.
"""

import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from field_api.sample import (
    APPOINTMENTS,
    CUSTOMERS,
    MALTA,
    OPENSTREETMAP,
    PROMISES,
    REPS,
    SALES,
    TERRITORIES,
    VISITS,
    commitments,
    rows,
    visits,
    workload,
)
from field_api.sample.facts import gather
from field_api.sample.rows import Row
from field_api.sample.territories import geojson
from field_api.sample.workload import Load


def generate(folder: Path) -> list[Load]:
    """Writes the seven import files into a folder; gives each territory's load. Raises
    ValueError when a customer does not lie in exactly one territory."""
    facts = gather(OPENSTREETMAP)
    made = list(visits.visits(facts))
    booked = list(commitments.appointments(facts, visits.last_visits(made)))
    promised = list(commitments.promises(facts, taken={row["customer_code"] for row in booked}))
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / REPS.name, rows.reps(facts))
    territories = json.dumps(geojson(facts.polygons), ensure_ascii=False, separators=(",", ":"))
    (folder / TERRITORIES.name).write_text(territories + "\n", encoding="utf-8", newline="\n")
    _write(folder / CUSTOMERS.name, rows.customers(facts))
    _write(folder / VISITS.name, (visit.row() for visit in made))
    _write(folder / SALES.name, rows.sales(facts.sales))
    _write(folder / APPOINTMENTS.name, booked)
    _write(folder / PROMISES.name, promised)
    return workload.loads(facts, made)


def _write(path: Path, table: Iterable[Row]) -> None:
    lines = list(table)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else MALTA
    print(*generate(target), sep="\n")
