import pytest
from shapely.geometry import box

from crm.rules.territories import (
    TerritoryShape,
    membership,
    nearest,
    overlaps,
)

WEST = TerritoryShape(id=1, code="T1", shape=box(14.0, 35.0, 14.1, 35.1))
EAST = TerritoryShape(id=2, code="T2", shape=box(14.1, 35.0, 14.2, 35.1))
ACROSS = TerritoryShape(id=3, code="T3", shape=box(14.05, 35.0, 14.15, 35.1))


def test_inside_outside_and_on_the_shared_border():
    found = membership(
        [(1, 35.05, 14.05), (2, 35.05, 14.15), (3, 35.05, 14.1), (4, 36, 14)], [EAST, WEST]
    )
    assert found.by_customer == {1: 1, 2: 2, 3: 1}  # the border is the first's by code
    assert found.in_none == [4]
    assert found.in_several == []


def test_inside_two_is_in_none_of_them():
    found = membership([(1, 35.05, 14.07)], [WEST, ACROSS])
    assert found.by_customer == {}
    assert found.in_several == [1]


def test_inside_one_and_on_the_border_of_an_earlier_one():
    found = membership([(1, 35.05, 14.1)], [WEST, ACROSS])
    assert found.by_customer == {1: 3}


def test_no_customers_or_no_territories():
    assert membership([], [WEST]).by_customer == {}
    assert membership([(1, 35, 14)], []).in_none == [1]


def test_neighbours_do_not_overlap_and_crossing_ones_do():
    assert overlaps([WEST, EAST]) == []
    pairs = overlaps([WEST, EAST, ACROSS])
    assert [(o.first, o.second) for o in pairs] == [("T1", "T3"), ("T2", "T3")]
    # 0.05 by 0.1 degrees at 35 degrees north: 4.55 km by 11.12 km
    assert pairs[0].area_km2 == pytest.approx(50.6, rel=0.01)


def test_a_sliver_is_no_overlap():
    drawn_again = TerritoryShape(id=9, code="T9", shape=box(14.1 - 1e-8, 35.0, 14.2, 35.1))
    assert overlaps([WEST, drawn_again]) == []


def test_nearest_by_distance_on_the_ground():
    code, km = nearest(35.05, 14.21, [WEST, EAST])
    assert code == "T2"
    assert km == pytest.approx(0.91, abs=0.01)
    assert nearest(35, 14, []) is None
