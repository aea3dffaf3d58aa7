"""What engines told is asked for once: by place pair, source and means of transport."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest

from crm.store.travel import travel_legs
from field_api.services.travel.remembered_travel import Remembered
from routing.problem import NO_WAY, Place
from routing.travel.osrm import Osrm
from tests.support.engines import fake_engine


@pytest.fixture
def engine():
    with fake_engine() as running:
        yield running


def remembered(engine, database, told_by="here"):
    return Remembered(Osrm({"car": engine.url, "foot": engine.url}), database, told_by=told_by)


def row(*numbers: int) -> list[Place]:
    return [Place(id=f"P{n}", lat=35.9 + n % 3 / 100, lon=14.3 + n / 100) for n in numbers]


def tables(engine) -> list[str]:
    """What was asked since the last time."""
    asked = [path for path in engine.asked if path.startswith("/table")]
    engine.asked.clear()
    return asked


def test_nothing_is_asked_for_twice(engine, database):
    first = remembered(engine, database).matrices(row(0, 1, 2), "car")
    assert len(tables(engine)) == 1
    again = remembered(engine, database).matrices(row(0, 1, 2), "car")
    assert tables(engine) == []
    direct = Osrm({"car": engine.url}).matrices(row(0, 1, 2), "car")
    for one, two, three in zip(first, again, direct, strict=True):
        assert one.dtype == np.int32
        assert (one == two).all()
        assert (one == three).all()


def test_only_what_is_missing_is_asked_for(engine, database):
    travel = remembered(engine, database)
    travel.matrices(row(*range(6)), "car")
    tables(engine)
    more = travel.matrices(row(*range(7)), "car")
    first, second = tables(engine)
    assert first.count(";") == 7 - 1 + 1 + 6  # the new one to all: places, and their numbers
    assert "sources=0&" in first
    assert "sources=0;1;2;3;4;5&destinations=6" in second
    assert (more[0] == Osrm({"car": engine.url}).matrices(row(*range(7)), "car")[0]).all()
    tables(engine)
    travel.matrices(row(6, 2, 0), "car")
    assert tables(engine) == []


def test_parts_known_apart_come_together(engine, database):
    travel = remembered(engine, database)
    for part in pairwise(range(5)):
        travel.matrices(row(*part), "car")
    whole = travel.matrices(row(*range(5)), "car")
    assert (whole[0] == Osrm({"car": engine.url}).matrices(row(*range(5)), "car")[0]).all()
    tables(engine)
    travel.matrices(row(*range(5)), "car")
    assert tables(engine) == []


@pytest.mark.parametrize("change", ["version", "told_by", "transport"])
def test_another_source_is_asked_anew(engine, database, change):
    remembered(engine, database).matrices(row(0, 1), "car")
    tables(engine)
    if change == "version":
        engine.version = "2026-12-01"
    told_by = "there" if change == "told_by" else "here"
    transport = "foot" if change == "transport" else "car"
    remembered(engine, database, told_by).matrices(row(0, 1), transport)
    assert len(tables(engine)) == 1


def test_that_no_way_leads_is_remembered_too(engine, database):
    lost = row(1)[0]
    engine.unreachable = {(round(lost.lat, 6), round(lost.lon, 6))}
    travel = remembered(engine, database)
    for _ in range(2):
        seconds, metres = travel.matrices(row(0, 1, 2), "car")
        assert (seconds[1] == [NO_WAY, 0, NO_WAY]).all()
        assert (metres[:, 1] == [NO_WAY, 0, NO_WAY]).all()
    assert len(tables(engine)) == 1


def test_two_customers_at_one_address_are_one_place(engine, database):
    twins = [*row(0, 1), *row(0)]
    seconds, _ = remembered(engine, database).matrices(twins, "car")
    assert seconds[0, 2] == seconds[2, 0] == 0
    assert (seconds[:, 0] == seconds[:, 2]).all()
    (asked,) = tables(engine)
    assert asked.count(",") == 2 * 2 + 1


def test_no_places_and_one_place(engine, database):
    travel = remembered(engine, database)
    assert travel.matrices([], "car")[0].shape == (0, 0)
    assert travel.matrices(row(3), "car")[0].tolist() == [[0]]
    assert tables(engine) == []


def test_the_ends_of_the_earth(engine, database):
    corners = [
        Place(id=f"{lat} {lon}", lat=lat, lon=lon)
        for lat in (-90.0, 90.0)
        for lon in (-180.0, 180.0)
    ]
    travel = remembered(engine, database)
    first = travel.matrices(corners, "car")
    assert (travel.matrices(corners[::-1], "car")[0] == first[0][::-1, ::-1]).all()
    asked = "".join(tables(engine))
    assert "-180.000000,-90.000000" in asked
    assert "180.000000,90.000000" in asked


def test_two_who_ask_at_once_both_have_their_answer(engine, database):
    parts = [row(0, 1, 2), row(1, 2, 3), row(2, 3, 4), row(0, 3, 4)]

    def ask(part):
        return remembered(engine, database).matrices(part, "car")[0]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, parts))
    for part, seconds in zip(parts, found, strict=True):
        assert (seconds == Osrm({"car": engine.url}).matrices(part, "car")[0]).all()


def test_what_other_data_told_is_forgotten(engine, database):
    remembered(engine, database).matrices(row(0, 1), "car")
    engine.version = "2026-12-01"
    newest = remembered(engine, database)
    newest.matrices(row(0, 1, 2), "car")
    with database.writing() as session:
        assert len(travel_legs.sources(session)) == 2
        assert travel_legs.forget(session, but=newest.key) == 2
        assert travel_legs.sources(session) == {newest.key: 3}
        assert travel_legs.forget(session) == 3
