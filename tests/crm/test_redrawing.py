"""What a boundary drawn anew would do to neighbours and customers."""

import pytest
from shapely.geometry import box

from crm.rules.redrawing import NEW, NothingLeft, effects, overlapped, without
from crm.rules.territories import TerritoryShape


def square(number, west, east, south=0.0, north=1.0):
    return TerritoryShape(id=number, code=f"T{number}", shape=box(west, south, east, north))


WEST, EAST = square(1, 0, 1), square(2, 1, 2)
CUSTOMERS = [(10, 0.5, 0.2), (11, 0.5, 0.8), (12, 0.5, 1.5), (13, 0.5, 3.0)]


def test_a_boundary_that_changes_nobody():
    found = effects(CUSTOMERS, [WEST, EAST], [square(1, 0, 0.95)])
    assert (found.moved, found.unsettling) == ({}, False)


def test_shrinking_strands_customers():
    found = effects(CUSTOMERS, [WEST, EAST], [square(1, 0, 0.5)])
    assert (found.stranded, found.moved, found.unsettling) == ((11,), {11: (1, None)}, True)


def test_growing_into_a_neighbour_overlaps_and_doubles():
    found = effects(CUSTOMERS, [WEST, EAST], [square(1, 0, 1.6)])
    assert [(o.first, o.second) for o in found.overlaps] == [("T1", "T2")]
    assert found.doubled == (12,)
    assert found.moved == {12: (2, None)}


def test_cutting_the_neighbour_moves_its_customer():
    drawn = square(1, 0, 1.6)
    (neighbour,) = overlapped(drawn, [WEST, EAST])
    assert neighbour.code == "T2"
    found = effects(CUSTOMERS, [WEST, EAST], [drawn, without(neighbour, drawn)])
    assert (found.moved, found.unsettling) == ({12: (2, 1)}, False)


def test_a_new_territory_takes_in_whom_nobody_had():
    new = square(NEW, 2.5, 3.5)
    found = effects(CUSTOMERS, [WEST, EAST], [new])
    assert (found.moved, found.unsettling) == ({13: (None, NEW)}, False)


def test_a_border_drawn_twice_is_no_overlap():
    assert overlapped(square(1, 0, 1 + 1e-9), [WEST, EAST]) == []


def test_a_neighbour_cut_in_two_stays_whole_enough_and_one_swallowed_is_refused():
    middle = square(NEW, 1.4, 1.6)
    assert without(EAST, middle).shape.geom_type == "MultiPolygon"
    with pytest.raises(NothingLeft, match="T2"):
        without(EAST, square(NEW, 0.9, 2.1))


def test_whoever_lay_in_none_before_is_not_stranded_by_this():
    found = effects(CUSTOMERS, [WEST, EAST], [square(2, 1, 1.9)])
    assert found.stranded == ()
