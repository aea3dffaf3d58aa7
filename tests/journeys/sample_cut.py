"""Two territories of the sample with some hundred customers, brought in by the real steps."""

import csv
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from shapely.geometry import Point, shape

from crm.database import Database
from crm.rules.access import OPERATOR
from crm.vocabulary import ImportKind
from field_api.sample import malta as sample
from field_api.services.grades.grading import grade_customers
from field_api.services.imports import import_file
from field_api.services.planning import CycleRequest, Effort, PlanningOutcome, plan_cycle

REPS = ("R1", "R2")
CUSTOMERS = 240


def brought_in(database: Database, folder: Path) -> None:
    """Import and grade the cut."""
    for file in sample.FILES:
        path = folder / file.path.name
        CUTS[file.kind](file.path, path, folder)
        outcome = import_file(database, path, file.kind, today=sample.TODAY)
        assert not outcome.refused, outcome.rejected
    grade_customers(database, today=sample.TODAY, now=datetime.now(UTC))


def planned(database: Database, effort: Effort) -> PlanningOutcome:
    request = CycleRequest(
        first_day=sample.FIRST_DAY, weeks=sample.CYCLE_WEEKS, country=sample.COUNTRY
    )
    return plan_cycle(database, OPERATOR, request, effort=effort)


def _territories(source: Path, target: Path, _: Path) -> None:
    document = json.loads(source.read_text(encoding="utf-8"))
    document["features"] = [
        feature for feature in document["features"] if feature["properties"]["rep_code"] in REPS
    ]
    target.write_text(json.dumps(document), encoding="utf-8")


def _customers(source: Path, target: Path, folder: Path) -> None:
    document = json.loads((folder / sample.TERRITORIES.name).read_text(encoding="utf-8"))
    areas = [shape(feature["geometry"]) for feature in document["features"]]
    left = CUSTOMERS

    def inside(row: dict[str, str]) -> bool:
        nonlocal left
        place = Point(float(row["lon"]), float(row["lat"]))
        found = left > 0 and any(area.covers(place) for area in areas)
        left -= found
        return found

    _rows(source, target, inside)


def _of_customers(source: Path, target: Path, folder: Path) -> None:
    with (folder / sample.CUSTOMERS.name).open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    _rows(source, target, lambda row: row["customer_code"] in codes)


def _reps(source: Path, target: Path, _: Path) -> None:
    _rows(source, target, lambda row: row["code"] in REPS)


def _rows(source: Path, target: Path, wanted: Callable[[dict[str, str]], bool]) -> None:
    with source.open(encoding="utf-8", newline="") as given:
        reader = csv.DictReader(given)
        rows = [row for row in reader if wanted(row)]
        headings = reader.fieldnames or []
    with target.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, headings)
        writer.writeheader()
        writer.writerows(rows)


CUTS: dict[ImportKind, Callable[[Path, Path, Path], None]] = {
    ImportKind.REPS: _reps,
    ImportKind.TERRITORIES: _territories,
    ImportKind.CUSTOMERS: _customers,
    ImportKind.VISITS: _of_customers,
    ImportKind.SALES: _of_customers,
    ImportKind.APPOINTMENTS: _of_customers,
    ImportKind.PROMISES: _of_customers,
    ImportKind.POPULATION: lambda source, target, _: shutil.copy(source, target),
}
