"""Administrative areas taken for a territory."""

import pytest
from shapely.geometry import Point, box

from crm.rules.adopting import (
    ENOUGH_VERTICES,
    Area,
    AreaAmbiguous,
    AreaNotFound,
    as_one,
    chosen,
    clipped,
)
from crm.rules.boundaries import vertices_of
from crm.rules.redrawing import NothingLeft
from crm.rules.territories import TerritoryShape


def area(west, east, **properties):
    return Area(properties=properties, shape=box(west, 0, east, 1))


AREAS = [
    area(0, 1, code="A1", name="Mosta"),
    area(1, 2, ref="A2", name="Naxxar"),
    area(5, 6, id=3, name="Naxxar"),
]


def test_by_code_name_or_number():
    assert [one.names[0] for one in chosen(AREAS, ["Mosta", "A2", "3"])] == ["A1", "A2", "3"]


def test_who_is_not_there_or_there_twice():
    with pytest.raises(AreaNotFound, match="A1"):
        chosen(AREAS, ["A11"])
    with pytest.raises(AreaAmbiguous, match="A2, 3"):
        chosen(AREAS, ["Naxxar"])


def test_what_cannot_be_written_is_no_name():
    odd = Area(properties={"code": "\ud800", "id": 10**5000, "name": [1]}, shape=box(0, 0, 1, 1))
    assert odd.names == ["?"]


def test_several_are_one_and_islands_stay_apart():
    assert as_one(AREAS[:2]).equals(box(0, 0, 2, 1))
    assert as_one(AREAS).geom_type == "MultiPolygon"


def test_a_fine_coast_is_simplified():
    coast = Area(properties={"name": "x"}, shape=Point(14, 35).buffer(1, quad_segs=10_000))
    whole = as_one([coast])
    assert vertices_of(whole) <= ENOUGH_VERTICES
    assert whole.area == pytest.approx(coast.shape.area, rel=1e-3)


def test_what_others_have_is_left_to_them():
    other = TerritoryShape(id=1, code="T1", shape=box(0.5, 0, 3, 1))
    assert clipped("T9", AREAS[0].shape, [other]).equals(box(0, 0, 0.5, 1))
    with pytest.raises(NothingLeft):
        clipped("T9", AREAS[1].shape, [other])
