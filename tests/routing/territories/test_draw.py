from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.territories import Obstacle, UnusableDistrict, draw
from tests.routing.territories.builders import (
    a_customer,
    a_district,
    a_grid,
    a_rep,
    a_town,
    ground,
    two_islands,
)

REPS = [a_rep(f"R{n}") for n in range(3)]
A_FEW_SQUARE_METRES = 1e-9  # square degrees


def sound(district, rep_of, shapes):
    """No gaps, no overlaps, everybody inside the own one."""
    found = list(shapes.values())
    assert all(shape.is_valid for shape in found)
    assert shapely.coverage_is_valid(found)
    missing = shapely.symmetric_difference(shapely.union_all(found), district.area)
    assert missing.area < A_FEW_SQUARE_METRES
    for one in district.customers:
        holding = [rep for rep, shape in shapes.items()
                   if shape.covers(shapely.Point(one.lon, one.lat))]  # fmt: skip
        assert holding == [rep_of[one.id]]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), reps=st.integers(2, 3))
def test_however_customers_are_given_out_the_ground_is_covered_once(seed, reps):
    district = a_district(a_town(40, seed=seed), REPS[:reps])
    rep_of = {c.id: f"R{(n * 7 + seed) % reps}" for n, c in enumerate(district.customers)}
    sound(district, rep_of, draw(district, rep_of))


def test_the_border_between_two_halves_is_one_line():
    district = a_district(a_grid(6, 6), REPS[:2])
    rep_of = {c.id: "R0" if n < 18 else "R1" for n, c in enumerate(district.customers)}
    shapes = draw(district, rep_of)
    assert all(shapely.get_num_coordinates(one) <= 7 for one in shapes.values())


def test_a_bay_gives_no_piece_to_who_has_nobody_there():
    customers = [*a_grid(2, 1), *a_grid(2, 1, at=(4, 0)), a_customer(99, 2.2, 4)]
    bay = shapely.difference(ground(-1, -1, 6, 5), ground(1.5, -1, 3.5, 3))
    district = a_district(customers, REPS[:2], area=bay)
    rep_of = {c.id: "R0" if c.lon < 14.415 else "R1" for c in customers}
    shapes = draw(district, rep_of)
    sound(district, rep_of, shapes)
    assert {shape.geom_type for shape in shapes.values()} == {"Polygon"}


def test_an_island_without_customers_goes_to_the_nearest_one():
    district = two_islands(REPS[:2])
    left = [c for c in district.customers if c.lon < 14.5]
    district = replace(district, customers=tuple(left))
    rep_of = {c.id: "R0" if c.lon < 14.415 else "R1" for c in left}
    shapes = draw(district, rep_of)
    assert shapes["R1"].covers(shapely.Point(14.525, 35.905))


def test_borders_of_today_stay_where_nobody_moves():
    west, east = ground(-1, -1, 2.2, 6), ground(2.2, -1, 6, 6)
    customers = a_grid(6, 6, rep_of=lambda x, _: "R0" if x < 3 else "R1")
    customers = [replace(c, rep_id="R0" if c.lon < 14.422 else "R1") for c in customers]
    district = a_district(customers, REPS[:2], area=ground(-1, -1, 6, 6),
                          borders={"R0": west, "R1": east})  # fmt: skip
    today = {c.id: c.rep_id for c in customers}
    assert draw(district, today)["R0"].equals(west)
    mover = next(c for c in customers if c.rep_id == "R1")
    moved = draw(district, today | {mover.id: "R0"})
    sound(district, today | {mover.id: "R0"}, moved)
    assert moved["R0"].geom_type == "Polygon"
    changed = shapely.symmetric_difference(moved["R0"], west)
    assert changed.area < 0.02**2  # the surroundings of one customer


@pytest.mark.parametrize(
    ("rep_of", "area", "obstacle"),
    [
        (lambda n: "R0", None, Obstacle.NO_AREA),
        (lambda n: "R0" if n else "nobody", "around", Obstacle.CUSTOMER_WITHOUT_REP),
        (lambda n: f"R{n % 2}", "around", Obstacle.FIXED_TOGETHER),
    ],
)
def test_what_cannot_be_drawn_is_named(rep_of, area, obstacle):
    customers = [a_customer(n, n // 2, 0) for n in range(6)]
    district = a_district(customers, REPS, area=area)
    with pytest.raises(UnusableDistrict) as refused:
        draw(district, {c.id: rep_of(n) for n, c in enumerate(customers)})
    assert refused.value.obstacle is obstacle
