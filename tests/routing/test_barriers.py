"""Water that straight lines go around, or over by a crossing."""

import json

import numpy as np
import pytest

from routing.problem import NO_WAY, Place
from routing.travel.barriers import BarrierError, read_barriers
from routing.travel.straight_line import StraightLine

KM = 1 / 111.195  # degrees at the equator
BAY = [[0, 0], [9, 0], [9, 9], [5.5, 9], [5.5, 1], [3.5, 1], [3.5, 9], [0, 9], [0, 0]]  # a U
ISLAND = [[20, 0], [25, 0], [25, 5], [20, 5], [20, 0]]
FERRY = {"kind": "crossing", "name": "ferry", "minutes": 45}


def scaled(points):
    return [[x * KM, y * KM] for x, y in points]


def a_file(*features) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def area(points, kind="land"):
    shape = {"type": "Polygon", "coordinates": [scaled(points)]}
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": shape}


def crossing(*points, **said):
    shape = {"type": "LineString", "coordinates": scaled(points)}
    return {"type": "Feature", "properties": FERRY | said, "geometry": shape}


def at(x: float, y: float) -> Place:
    return Place(id=f"{x} {y}", lat=y * KM, lon=x * KM)


def travel(*features) -> StraightLine:
    return StraightLine(water=read_barriers(a_file(*features)))


WEST, EAST, NORTH, ISLE = at(2, 8), at(7, 8), at(1, 1), at(22, 2)


def test_a_leg_over_a_bay_goes_around_it():
    seconds, metres = travel(area(BAY)).matrices([WEST, EAST, NORTH], "car")
    straight_s, straight_m = StraightLine().matrices([WEST, EAST, NORTH], "car")
    around_m = 2 * np.hypot(1.5, 7) * 1000 + 2000  # by the two corners at the head of the bay
    assert metres[0, 1] == pytest.approx(around_m * 1.38, rel=0.02)
    assert seconds[0, 1] > 2 * straight_s[0, 1]
    assert metres[0, 1] == metres[1, 0]
    assert metres[0, 2] == pytest.approx(straight_m[0, 2], rel=0.02)
    assert (np.diag(seconds) == 0).all()


def test_the_line_is_drawn_around_it():
    (path,) = travel(area(BAY)).line([WEST, EAST], "car")
    assert (path[0], path[-1]) == ((WEST.lat, WEST.lon), (EAST.lat, EAST.lon))
    turns = [(round(lon / KM, 1), round(lat / KM, 1)) for lat, lon in path[1:-1]]
    assert turns == [(3.6, 1.1), (5.4, 1.1)]
    (straight,) = travel(area(BAY)).line([WEST, NORTH], "car")
    assert len(straight) == 2


def test_no_way_leads_to_an_island_without_a_crossing():
    seconds, metres = travel(area(BAY), area(ISLAND)).matrices([WEST, ISLE], "car")
    assert seconds[0, 1] == metres[1, 0] == NO_WAY
    (path,) = travel(area(BAY), area(ISLAND)).line([WEST, ISLE], "car")
    assert len(path) == 2


def test_a_ferry_takes_its_own_minutes():
    one = travel(area(BAY), area(ISLAND), crossing([9, 2], [20, 2]))
    seconds, metres = one.matrices([EAST, ISLE], "car")
    land_m = (np.hypot(2, 6) + 2) * 1000
    assert metres[0, 1] == pytest.approx(land_m * 1.38, rel=0.02)
    dry = StraightLine().matrices([at(0, 0), at(land_m / 1000, 0)], "car")[0][0, 1]
    assert seconds[0, 1] == seconds[1, 0] == pytest.approx(dry + 45 * 60, rel=0.02)
    (path,) = one.line([EAST, ISLE], "car")
    assert (2 * KM, 9 * KM) in path
    assert (2 * KM, 20 * KM) in path


def test_a_bridge_is_taken_where_it_is_quicker():
    slow = travel(area(BAY), crossing([3.5, 8], [5.5, 8], minutes=60))
    quick = travel(area(BAY), crossing([3.5, 8], [5.5, 8], minutes=2, name="bridge"))
    pair = [WEST, EAST]
    assert slow.matrices(pair, "car")[0][0, 1] == travel(area(BAY)).matrices(pair, "car")[0][0, 1]
    assert quick.matrices(pair, "car")[0][0, 1] < slow.matrices(pair, "car")[0][0, 1]
    assert len(quick.line(pair, "car")[0]) == 4


def test_water_alone_is_cut_out_of_the_land():
    lake = area([[3, -5], [4, -5], [4, 5], [3, 5], [3, -5]], "water")
    pair = [at(1, 0), at(6, 0)]
    around = travel(lake).matrices(pair, "car")[1][0, 1]
    assert around > 2 * StraightLine().matrices(pair, "car")[1][0, 1]


def test_a_place_just_off_shore_belongs_to_the_shore_and_one_at_sea_to_nothing():
    quay, sea = at(-1, 5), at(-30, 5)
    seconds, _ = travel(area(BAY)).matrices([WEST, quay, sea], "car")
    assert seconds[0, 1] < NO_WAY
    assert seconds[0, 2] == seconds[2, 1] == NO_WAY


def test_no_place_and_one():
    one = travel(area(BAY))
    assert one.matrices([], "car")[0].shape == (0, 0)
    assert one.matrices([WEST], "car")[0].tolist() == [[0]]
    assert one.line([WEST], "car") == ()


def test_around_is_never_shorter_than_straight():
    spots = np.random.default_rng(3).uniform(0, 9, (40, 2)).tolist()
    places = [at(x, y) for x, y in spots if not 3.5 < x < 5.5]
    around, straight = (t.matrices(places, "car")[1] for t in (travel(area(BAY)), StraightLine()))
    assert (around >= straight - 2).all()
    assert (around == around.T).all()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no GeoJSON"),
        (b"{}", "no GeoJSON"),
        (a_file({"type": "Feature", "properties": None, "geometry": None}), "no GeoJSON"),
        (a_file(), "neither land nor water"),
        (a_file(area(BAY, "lava")), "kind is lava"),
        (a_file(area([[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]])), "no sound polygon"),
        (a_file(area(BAY), crossing([9, 2], [20, 2], minutes="long")), "ferry takes 'long'"),
        (a_file(area(BAY), crossing([9, 2], [20, 2], minutes=-1)), "ferry takes -1 minutes"),
        (a_file(area(BAY), crossing([9, 2], [9, 3], [20, 2])), "no line of two points"),
    ],
)
def test_what_cannot_be_used_is_named(content, told):
    with pytest.raises(BarrierError, match=told):
        read_barriers(content)


def test_a_shore_of_too_many_turns_is_refused():
    teeth = [[n, n % 2 * 5] for n in range(1500)] + [[1500, -5], [0, -5], [0, 0]]
    with pytest.raises(BarrierError, match="600 are the most"):
        read_barriers(a_file(area(teeth)))
