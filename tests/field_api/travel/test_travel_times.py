"""Where travel times come from: by setting, told in the plan, and what an engine's bad day does."""

import pytest

from crm.models import Rep
from field_api.services.planning.problem import CutOff
from field_api.services.travel.travel_times import (
    EngineDown,
    EngineUnusable,
    NoEngineFor,
    engine_urls,
    travel_by,
)
from field_api.settings import Settings, SettingsError, load_settings
from routing.document import from_document
from routing.problem import NO_WAY, Place
from tests.field_api import world as worlds
from tests.field_api.planning_world import BEFORE, FIRST
from tests.support.engines import fake_engine


@pytest.fixture
def engine():
    with fake_engine() as running:
        yield running


def by_osrm(engine, planning, **changes):
    settings = {"travel": "osrm", "osrm_url": engine.url, "travel_timeout_s": 5} | changes
    return travel_by(Settings(**settings), planning.database)


def spot(world, code):
    """Where a customer lies, as engines are asked."""
    row = next(row for row in world.customers() if row.code == code)
    return round(row.lat, 5), round(row.lon, 5)


def test_a_plan_by_roads_says_so(planning, engine):
    planning.plan(travel=by_osrm(engine, planning))
    ((problem, plan),) = from_document(planning.plans()[0].document)
    assert problem.travel_source == plan.travel_source == "osrm:2026-11-01"
    assert (problem.travel_s["car"] != problem.travel_s["car"].T).any()


def test_a_customer_without_a_road_is_left_out_by_name_and_the_others_are_planned(planning, engine):
    engine.unreachable = {spot(planning, "W3")}
    outcome = planning.plan(travel=by_osrm(engine, planning), rep_codes=("R1",))
    (rep,) = outcome.reps
    missed = {(one.customer_id, one.code.value) for one in rep.plan.unserved}
    assert missed == {("W3", "no_road")}
    assert set(planning.days()) == {f"W{n}" for n in range(8) if n != 3}
    assert (rep.problem.travel_s["car"] == NO_WAY).any()


def test_a_customer_far_from_any_road_is_left_out_by_name(planning, engine):
    engine.off_m = {spot(planning, "W5"): 8_970_000.0}
    outcome = planning.plan(travel=by_osrm(engine, planning), rep_codes=("R1",))
    assert {one.customer_id for one in outcome.reps[0].plan.unserved} == {"W5"}


def test_a_rep_who_starts_off_the_map_is_named(planning, engine):
    planning.change(Rep, "R1", start_lat=36.5, start_lon=14.0)
    engine.off_m = {(36.5, 14.0): 5000.0}
    with pytest.raises(CutOff, match=r"starting point of rep R1 \(36\.5, 14\.0\)"):
        planning.plan(travel=by_osrm(engine, planning), rep_codes=("R1",))
    assert planning.plans() == []


def test_an_engine_that_is_away_keeps_everything_as_it_was(planning, engine):
    planning.plan()
    before = [plan.id for plan in planning.plans()]
    engine.mishaps = [(503, b"")] * 99
    with pytest.raises(EngineDown, match=engine.url):
        planning.plan(travel=by_osrm(engine, planning), first_day=FIRST)
    with pytest.raises(EngineDown, match="CALLCYCLE_TRAVEL=straight_line"):
        planning.replan(BEFORE, travel=by_osrm(engine, planning))
    assert [plan.id for plan in planning.plans()] == before


def test_another_service_at_the_address_is_told(planning, engine):
    engine.mishaps = [(200, b"<html>")]
    with pytest.raises(EngineUnusable, match="no JSON object but '<html>'"):
        planning.plan(travel=by_osrm(engine, planning))
    assert planning.plans() == []


def test_a_rep_on_foot_needs_an_engine_for_it(planning, engine):
    foot = by_osrm(engine, planning, osrm_url=f"car={engine.url}")
    with pytest.raises(NoEngineFor, match="no roads for foot, only for car"):
        foot.matrices(
            [Place(id="a", lat=35.9, lon=14.5), Place(id="b", lat=35.8, lon=14.5)], "foot"
        )


def test_a_replan_takes_the_source_of_its_day(planning, engine):
    planning.plan()
    planning.replan(BEFORE, travel=by_osrm(engine, planning))
    newest = planning.plans()[-1]
    ((problem, plan),) = from_document(newest.document)
    assert plan.travel_source == "osrm:2026-11-01"
    assert len(problem.customers) >= 8


def test_over_http_the_engine_is_named_and_nothing_begins(database, tmp_path, engine):
    engine.mishaps = [(503, b"")] * 99
    world = worlds.build(database, data_dir=str(tmp_path), travel="osrm", osrm_url=engine.url)
    asked = {"first_day": "2026-12-28", "weeks": 2, "purpose": "the next cycle", "work": 5}
    answer = world.client("malta").post(f"{worlds.API}/planning-runs", json=asked)
    assert answer.status_code == 503
    assert answer.json()["code"] == "travel_engine_down"
    assert engine.url in answer.json()["detail"]
    assert world.client("malta").get(f"{worlds.API}/planning-runs").json()["items"] == []


def test_one_address_is_for_cars_and_scooters():
    assert engine_urls("http://a:1") == {"car": "http://a:1", "scooter": "http://a:1"}
    several = engine_urls("http://a:1, foot=http://b:2,scooter=http://c:3")
    assert several == {"car": "http://a:1", "scooter": "http://c:3", "foot": "http://b:2"}


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("a:5000", "use one like http://127.0.0.1:5000"),
        ("", "nothing is no web address"),
        ("horse=http://a:1", "horse is none of car, scooter"),
        ("http://a b", "no web address"),
        ("file:///etc/passwd", "no web address"),
    ],
)
def test_what_is_no_address_of_an_engine_is_named(value, hint):
    with pytest.raises(SettingsError, match=hint):
        load_settings(osrm_url=value)
