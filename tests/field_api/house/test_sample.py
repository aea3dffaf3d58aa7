"""The sample is what its generator writes, hangs together, and loads its reps as intended."""

import csv
import json
from collections import Counter
from datetime import date, timedelta

import holidays
import pytest
import shapely
from shapely.geometry import Point, shape

from crm.database import Database
from crm.rules.opening_hours import problem_with
from crm.rules.unfit_times import read_unfit_times
from crm.vocabulary import ImportKind
from field_api.sample import malta as sample
from field_api.sample.malta import businesses, facts, generate, particulars, towns, workload
from field_api.services.imports import import_file

WRITTEN = (
    sample.REPS,
    sample.TERRITORIES,
    sample.CUSTOMERS,
    sample.VISITS,
    sample.SALES,
    sample.APPOINTMENTS,
    sample.PROMISES,
    sample.POPULATION,
)

IN_ORDER = (
    ImportKind.REPS,
    ImportKind.TERRITORIES,
    ImportKind.CUSTOMERS,
    ImportKind.VISITS,
    ImportKind.SALES,
    ImportKind.APPOINTMENTS,
    ImportKind.PROMISES,
    ImportKind.POPULATION,
)


def rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(path) -> int:
    if path == sample.TERRITORIES:
        return len(json.loads(path.read_text(encoding="utf-8"))["features"])
    return len(rows(path))


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """The sample written once more, and the loads that the generator tells."""
    folder = tmp_path_factory.mktemp("again")
    return folder, generate.generate(folder)


@pytest.fixture(scope="module")
def customers():
    return {row["code"]: row for row in rows(sample.CUSTOMERS)}


@pytest.fixture(scope="module")
def territories():
    features = json.loads(sample.TERRITORIES.read_text(encoding="utf-8"))["features"]
    return {f["properties"]["code"]: shape(f["geometry"]) for f in features}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_the_generator_writes_what_is_shipped(again, path):
    folder, _ = again
    assert (folder / path.name).read_bytes() == path.read_bytes()


def test_every_customer_lies_in_exactly_one_territory(customers, territories):
    for row in customers.values():
        place = Point(float(row["lon"]), float(row["lat"]))
        owners = [code for code, polygon in territories.items() if polygon.covers(place)]
        assert len(owners) == 1, row["name"]
        assert (owners == ["T8"]) == row["code"].startswith("GZ"), row["name"]


def test_territories_neither_overlap_nor_leave_a_gap(territories):
    polygons = list(territories.values())
    assert all(polygon.is_valid for polygon in polygons)
    whole = shapely.coverage_union_all(polygons)
    assert shapely.coverage_is_valid(polygons)  # neighbours share their corners exactly
    assert whole.geom_type == "MultiPolygon"
    assert [len(part.interiors) for part in whole.geoms] == [0, 0]
    assert all(polygon.exterior.is_ccw for polygon in polygons)


def test_every_town_is_in_one_patch():
    named = Counter(key for patch in workload.PATCHES for key in patch.towns)
    assert named == Counter(town.key for town in towns.towns() if not town.gozo)


def test_names_places_and_hours_are_openstreetmaps_own(customers):
    extract = rows(sample.OPENSTREETMAP)
    for code, row in customers.items():
        real = extract[int(code[2:]) - 1]
        if row["status"] == "blacklisted":
            assert row["name"] == f"Example {row['trade']} {code}"  # no real business is
            continue
        kept = ("name", "lat", "lon", "postcode", "opening_hours")
        assert [row[key] for key in kept] == [real[key] for key in kept]
        assert row["city"] == real["city"] or not real["city"]
        assert not row["contact_name"] + row["contact_phone"]


def test_all_statuses_occur_and_most_customers_are_active(customers):
    count = Counter(row["status"] for row in customers.values())
    assert count["active"] > 1800
    assert count["prospect"] == businesses.PROSPECTS
    assert count["struck_out"] == businesses.STRUCK_OUT
    assert count["blacklisted"] == businesses.BLACKLISTED


def test_the_reps_of_malta_can_do_it_and_gozos_cannot(again):
    _, found = again
    *malta, gozo = found
    assert all(0.75 <= load.share <= 0.95 for load in malta), [load.share for load in malta]
    assert all(10 <= load.visits / load.days <= 13 for load in malta)
    assert 1.2 <= gozo.share <= 1.4
    assert {load.days for load in found} == {18}


def test_a_tenth_of_the_customers_is_in_each_better_grade(again):
    _, found = again
    count = sum((load.customers for load in found), Counter())
    whole = count.total()
    assert [round(100 * count[grade] / whole) for grade in "ABCDE"] == [10, 10, 10, 10, 60]


def test_holidays_are_those_of_the_country():
    first = date(2026, 8, 31)
    official = holidays.country_holidays(sample.COUNTRY, years=2026)
    free = {day for day in official if first <= day <= sample.LAST_DAY and day.weekday() < 5}
    assert free == sample.HOLIDAYS
    assert timedelta(weeks=sample.CYCLE_WEEKS, days=-1) == sample.LAST_DAY - sample.FIRST_DAY


def test_visits_were_made_on_working_days_before_today(customers):
    made = rows(sample.VISITS)
    days = {date.fromisoformat(row["date"]) for row in made}
    assert max(days) == sample.TODAY
    assert all(day.weekday() < 5 and day not in sample.HOLIDAYS for day in days)
    never = {c for c, row in customers.items() if row["status"] == "active"}
    never -= {row["customer_code"] for row in made}
    assert 20 <= len(never) <= 60


def test_some_open_only_when_no_rep_works_and_are_overdue():
    known = facts.gather(sample.OPENSTREETMAP)
    evening = [b.code for b in known.active if particulars.closed_at_work(b)]
    assert 4 <= len(evening) <= 12
    last = {row["customer_code"]: date.fromisoformat(row["date"]) for row in rows(sample.VISITS)}
    for code in evening:
        assert last[code] + timedelta(days=known.interval_days(code)) < sample.TODAY


def test_opening_hours_are_kept_as_they_are_also_where_they_cannot_be_read(customers):
    texts = [row["opening_hours"] for row in customers.values() if row["opening_hours"]]
    unreadable = [text for text in texts if problem_with(text)]
    assert len(texts) > 100
    assert "noon to late" in unreadable


def test_unfit_times_can_be_read_and_stand_on_some_cards(customers):
    texts = [row["unfit_times"] for row in customers.values() if row["unfit_times"]]
    assert 0.05 * len(customers) < len(texts) < 0.12 * len(customers)
    assert all(read_unfit_times(text) for text in texts)


def test_appointments_fit_their_customers(customers):
    booked = rows(sample.APPOINTMENTS)
    assert len(booked) == 12
    for row in booked:
        card = customers[row["customer_code"]]
        day = date.fromisoformat(row["date"])
        assert card["status"] == "active"
        assert not card["opening_hours"] + card["unfit_times"]
        assert sample.FIRST_DAY <= day <= sample.LAST_DAY
        assert day.weekday() < 5
        assert day not in sample.HOLIDAYS
        assert "08:30" <= row["time"] <= "16:30"


def test_two_promises_are_late_and_some_are_due_in_the_first_week(customers):
    made = rows(sample.PROMISES)
    due = [date.fromisoformat(row["due"]) for row in made]
    first_week = [d for d in due if sample.FIRST_DAY <= d < sample.FIRST_DAY + timedelta(weeks=1)]
    assert len(made) == 15
    assert sum(day < sample.TODAY for day in due) == 2
    assert len(first_week) >= 3
    assert all(date.fromisoformat(row["made_on"]) < sample.TODAY for row in made)
    assert all(customers[row["customer_code"]]["status"] == "active" for row in made)


def test_the_import_takes_every_file_and_a_second_time_changes_nothing(database: Database):
    kinds = dict(zip(IN_ORDER, WRITTEN, strict=True))
    for kind, path in kinds.items():
        outcome = import_file(database, path, kind, today=sample.TODAY)
        assert not outcome.rejected, outcome.rejected[:3]
        assert outcome.added == lines(path), kind
    for kind, path in kinds.items():
        outcome = import_file(database, path, kind, today=sample.TODAY)
        assert (outcome.added, outcome.changed) == (0, 0), kind
