import pytest
from shapely.geometry import Point, Polygon

from maps.areas import GeometryError, corners, outline, overlaps
from tests.maps.sample_views import a_square


def test_neighbours_that_share_a_border_do_not_overlap():
    west, east = a_square(35.9, 14.4), a_square(35.9, 14.45)
    assert list(overlaps([("W", west), ("E", east)])) == []


def test_an_overlap_is_the_shared_ground():
    west, east = a_square(35.9, 14.4), a_square(35.9, 14.44)
    [(one, other, rings)] = overlaps([("W", west), ("E", east)])
    assert (one, other) == ("W", "E")
    [[ring]] = rings
    assert Polygon(ring).bounds == pytest.approx((35.9, 14.44, 35.95, 14.45))


def test_the_label_stands_inside_the_largest_part_even_of_a_horseshoe():
    shoe = [[0, 0], [9, 0], [9, 9], [6, 9], [6, 2], [3, 2], [3, 9], [0, 9], [0, 0]]
    small = [[20, 0], [21, 0], [21, 1], [20, 1], [20, 0]]
    area = {"type": "MultiPolygon", "coordinates": [[shoe], [small]]}
    lat, lon = outline("T1", area)["label"]
    assert Polygon(shoe).contains(Point(lon, lat))


def test_holes_are_kept_and_coordinates_turned():
    hole = [[14.41, 35.91], [14.42, 35.91], [14.42, 35.92], [14.41, 35.91]]
    square = a_square(35.9, 14.4)
    square["coordinates"].append(hole)
    [[outer, inner]] = outline("T1", square)["rings"]
    assert (35.9, 14.4) in outer
    assert (35.91, 14.41) in inner
    assert corners("T1", square) == [(35.9, 14.4), (35.95, 14.45)]


@pytest.mark.parametrize(
    "geometry",
    [{}, {"type": "Point", "coordinates": [14, 35]}, {"type": "Polygon"}, {"type": "Round"}],
)
def test_what_is_no_area_is_refused_by_name(geometry):
    with pytest.raises(GeometryError, match="T7"):
        outline("T7", geometry)
