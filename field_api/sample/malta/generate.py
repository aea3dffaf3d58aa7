"""The sample's files from the extract of OpenStreetMap. What is real in them and what is invented
stands in `README.md`."""

from pathlib import Path

from field_api.sample.malta import (
    APPOINTMENTS,
    CUSTOMERS,
    OPENSTREETMAP,
    OSM_PLACES,
    POPULATION,
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
from field_api.sample.malta.facts import gather
from field_api.sample.malta.territories import geojson
from field_api.sample.malta.workload import Load
from field_api.sample.rounds import last_visits
from field_api.sample.tables import write_json, write_table


def generate(folder: Path) -> list[Load]:
    """Writes the eight import files into a folder; gives each territory's load. Raises
    ValueError when a customer does not lie in exactly one territory."""
    facts = gather(OPENSTREETMAP)
    made = list(visits.visits(facts))
    booked = list(commitments.appointments(facts, last_visits(made)))
    promised = list(commitments.promises(facts, taken={row["customer_code"] for row in booked}))
    folder.mkdir(parents=True, exist_ok=True)
    write_table(folder / REPS.name, rows.reps(facts))
    write_json(folder / TERRITORIES.name, geojson(facts.polygons))
    write_table(folder / CUSTOMERS.name, rows.customers(facts))
    write_table(folder / VISITS.name, (visit.row() for visit in made))
    write_table(folder / SALES.name, rows.sales(facts.sales))
    write_table(folder / APPOINTMENTS.name, booked)
    write_table(folder / PROMISES.name, promised)
    write_table(folder / POPULATION.name, rows.population(OSM_PLACES))
    return workload.loads(facts, made)
