"""The sample's files. What is real in them and what is made up stands in `README.md`."""

from datetime import timedelta
from pathlib import Path

from crm.vocabulary import ImportKind as K
from field_api.sample.dice import dice
from field_api.sample.rounds import NEVER, Rounds, Visit, last_visits
from field_api.sample.shandong import SHANDONG, commitments, rows
from field_api.sample.shandong.facts import Facts, gather
from field_api.sample.shandong.territories import geojson
from field_api.sample.tables import write_json, write_table

ENCODING = "gbk"  # what a Chinese Excel writes as CSV
RECORDS_FROM = SHANDONG.first_day - timedelta(weeks=13)  # beyond only a last visit
NEVER_VISITED, OVERDUE = 0.02, 0.04  # shares of the customers
LATE_BY_DAYS = range(4, 22)


def generate(folder: Path) -> list[str]:
    """Writes the eight import files into a folder; gives a line on the customers. Raises
    ValueError when a customer does not lie in exactly one territory."""
    facts = gather()
    made = _visits(facts)
    booked = list(commitments.appointments(facts, last_visits(made)))
    promised = list(commitments.promises(facts, taken={row["客户编码"] for row in booked}))
    names = {file.kind: folder / file.path.name for file in SHANDONG.files}
    folder.mkdir(parents=True, exist_ok=True)
    write_json(names[K.TERRITORIES], geojson(facts.polygons))
    for kind, table in (
        (K.REPS, rows.reps()),
        (K.CUSTOMERS, rows.customers(facts)),
        (K.VISITS, rows.visits(made)),
        (K.SALES, rows.sales(facts.sales)),
        (K.APPOINTMENTS, booked),
        (K.PROMISES, promised),
        (K.POPULATION, rows.population()),
    ):
        write_table(names[kind], table, encoding=ENCODING)
    return [f"{len(facts.customers)} customers, {len(facts.active)} of them active"]


def _visits(facts: Facts) -> list[Visit]:
    groups: dict[tuple[str, int], list[str]] = {}
    for one in facts.active:
        key = (one.patch.rep_code, facts.interval_days(one.code))
        groups.setdefault(key, []).append(one.code)
    rounds = Rounds(sample=SHANDONG, since=RECORDS_FROM, days_late=_days_late)
    return rounds.visits(groups)


def _days_late(code: str, _interval: int) -> int | None:
    chance = dice("last visit", code)
    if chance.random() < NEVER_VISITED:
        return NEVER
    return chance.choice(LATE_BY_DAYS) if chance.random() < OVERDUE else None
