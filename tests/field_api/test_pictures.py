"""The plans in force as views for the maps."""

from datetime import timedelta

import pytest

from crm.models import Customer
from crm.rules.access import OPERATOR
from field_api.ground import ground_by
from field_api.services.pictures import customers, draw_maps, routes, territories
from field_api.services.plans.published import plans_in_force
from field_api.settings import load_settings
from tests.field_api.planning_world import FIRST

THURSDAY = FIRST + timedelta(days=3)


def views(planning, asker=OPERATOR):
    with planning.database.reading() as session:
        found = plans_in_force(session, asker, FIRST)
        points = customers.customer_points(session, asker, found, "en")
        known = (session, asker, found, points, "en")
        return (
            found,
            points,
            territories.territories_view(*known),
            territories.coverage_view(*known),
        )


def weeks(published):
    return {
        day.date: day.cycle_week for one in published for day in routes.rep_routes(one, "en").days
    }


@pytest.mark.parametrize("first_day", [FIRST, FIRST + timedelta(days=2)])
def test_a_week_of_the_cycle_is_monday_to_sunday(planning, first_day):
    planning.plan(first_day=first_day)
    found, *_ = views(planning)
    assert {week for day, week in weeks(found).items() if day < FIRST + timedelta(days=7)} == {1}
    assert weeks(found)[FIRST + timedelta(days=7)] == 2


def test_after_a_replan_the_weeks_stay_as_they_were(planning):
    planning.plan()
    before = weeks(views(planning)[0])
    planning.replan(FIRST + timedelta(days=1))
    after = weeks(views(planning)[0])
    assert after
    assert {day: before[day] for day in after} == after


def test_states_and_sums_are_those_of_the_plans(planning):
    planning.change(Customer, "W0", opening_hours="Mo-Su 22:00-23:00")
    planning.plan()
    found, points, areas, coverage = views(planning)
    states = {point.code: point.state for point in points}
    assert (states["W0"], states["W1"]) == ("unserved", "planned")
    assert [point.code for point in coverage.missed] == ["W0"]
    assert (areas.outside, areas.shared) == ((), ())
    for area, one in zip(coverage.territories, found, strict=True):
        assert (area.required, area.planned) == (one.figures["required"], one.figures["planned"])
    assert sum(area.customers for area in areas.territories) == len(points) == 14


def test_a_manager_gets_the_own_district(planning):
    planning.plan()
    found, points, areas, _ = views(planning, planning.asker("R2"))
    assert [one.rep.code for one in found] == ["R2"]
    assert {point.code for point in points} == {"G1", "G2"}
    assert [area.code for area in areas.territories] == ["T2"]


def test_all_files_of_a_run(planning, tmp_path):
    planning.plan()
    drawn = draw_maps(planning.database, OPERATOR, tmp_path / "out", on=FIRST, language="zh")
    assert {path.name for path in drawn.files} == {p.name for p in (tmp_path / "out").iterdir()}
    assert len(drawn.files) == 7


def test_tiles_are_those_of_the_settings(monkeypatch):
    assert ground_by(load_settings(tile_url="")) is None
    monkeypatch.setenv("CALLCYCLE_TILE_SYSTEM", "GCJ-02")
    tiles = ground_by(load_settings(tile_url="https://t.example/{z}/{x}/{y}.png"))
    assert (tiles.system, tiles.url) == ("GCJ-02", "https://t.example/{z}/{x}/{y}.png")
