"""The ways on the maps: drawn by who told the times, straight where nobody can be asked."""

from datetime import timedelta

import pytest

from crm.rules.access import OPERATOR
from field_api.services.pictures.drawn_ways import ways_of
from field_api.services.pictures.routes import all_routes, rep_routes
from field_api.services.plans.published import plans_in_force
from tests.field_api.planning_world import FIRST
from tests.field_api.travel.test_travel_times import by_osrm
from tests.support.engines import fake_engine

ROAD = "Travel times: by road, by OSRM (data 2026-11-01)."
STRAIGHT = "The ways are drawn as straight lines."


@pytest.fixture
def engine():
    with fake_engine() as running:
        yield running


def published(planning):
    with planning.database.reading() as session:
        return plans_in_force(session, OPERATOR, FIRST)


def test_each_leg_is_drawn_by_the_source_of_its_times(planning, engine):
    travel = by_osrm(engine, planning)
    planning.plan(travel=travel)
    one = published(planning)[0]
    ways = ways_of(one, travel)
    assert set(ways) == {route.date for route in one.plan.routes}
    view = rep_routes(one, "en", ways)
    assert view.notes == (ROAD,)
    for day in view.days:
        assert all(len(stop.path) >= 2 for stop in day.stops if stop.travel_m > 100)
        assert day.path_back


def test_one_day_alone(planning, engine):
    travel = by_osrm(engine, planning)
    planning.plan(travel=travel)
    one = published(planning)[0]
    day = one.plan.routes[1].date
    assert set(ways_of(one, travel, only=day)) == {day}
    assert ways_of(one, travel, only=FIRST - timedelta(days=1)) == {}


@pytest.mark.parametrize("why", ["away", "other data", "nobody asked"])
def test_straight_lines_and_a_note_where_nobody_can_be_asked(planning, engine, why):
    travel = by_osrm(engine, planning)
    planning.plan(travel=travel)
    one = published(planning)[0]
    if why == "away":
        engine.mishaps = [(503, b"")] * 99
    elif why == "other data":
        engine.version = "2027-01-01"
    ways = ways_of(one, None if why == "nobody asked" else travel)
    assert ways == {}
    view = all_routes([(one, ways)], "en")
    assert view.notes == (ROAD, STRAIGHT)
    assert all(stop.path == () for day in view.days for stop in day.stops)


def test_straight_line_times_need_no_note_on_the_lines(planning):
    planning.plan()
    one = published(planning)[0]
    assert rep_routes(one, "en").notes == (
        "Travel times: estimated from straight-line distance, not from roads.",
    )
