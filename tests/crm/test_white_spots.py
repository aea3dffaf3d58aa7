"""How far a populated place reaches, and whether anybody was visited there."""

from math import cos, radians

import pytest

from crm.rules.white_spots import (
    METRES_A_DEGREE,
    Cell,
    by_place,
    reach_m,
    touched,
    unvisited_around,
    waiting,
)

LAT, LON = 35.905, 14.505  # the middle of a square


def a_cell(at, *, prospects=0, customers=0, visited=0, code=""):
    return Cell(at=at, prospects=prospects, customers=customers, visited=visited, code=code)


@pytest.mark.parametrize(
    ("population", "reach"), [(0, 1000), (500, 1000), (84_823, 3000), (50_000_000, 15_000)]
)
def test_a_place_reaches_as_far_as_its_people_fill_a_town(population, reach):
    assert reach_m(population) == pytest.approx(reach, abs=1)


@pytest.mark.parametrize("reach", [200, 1000, 3000])
def test_the_squares_touched_are_those_with_a_point_of_the_circle(reach):
    def gap(low, at):
        return max(low / 100 - at, at - (low + 1) / 100, 0)

    def away(row, column):
        north = gap(row, LAT) * METRES_A_DEGREE
        return (north**2 + (gap(column, LON) * METRES_A_DEGREE * cos(radians(LAT))) ** 2) ** 0.5

    every = {(row, column) for row in range(3580, 3602) for column in range(1440, 1462)}
    assert set(touched(LAT, LON, reach)) == {at for at in every if away(*at) <= reach}


def test_at_the_pole_it_ends():
    assert len(list(touched(90, 180, 15_000))) < 20_000


def test_one_visit_in_reach_is_enough():
    near, far = a_cell((3590, 1450), prospects=2, customers=1), a_cell((3599, 1450), visited=1)
    around = unvisited_around(LAT, LON, 900, by_place([near, far]))
    assert around is not None
    assert (around.prospects, around.customers) == (2, 1)
    beside = a_cell((3590, 1451), customers=1, visited=1)
    assert unvisited_around(LAT, LON, 900, by_place([near, beside])) is None


def test_where_nobody_is_known_people_live_unvisited():
    around = unvisited_around(LAT, LON, 900, {})
    assert around is not None
    assert (around.prospects, around.customers) == (0, 0)


def test_squares_with_most_prospects_come_first():
    cells = [
        a_cell((1, 1), prospects=1, code="B"),
        a_cell((1, 2), prospects=1, code="A"),
        a_cell((1, 3), prospects=5, code="C"),
        a_cell((1, 4), prospects=9, code="D", visited=1),
        a_cell((1, 5), customers=3),
    ]
    assert [cell.code for cell in waiting(cells)] == ["C", "A", "B"]
