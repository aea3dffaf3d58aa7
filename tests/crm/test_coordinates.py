import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.rules.coordinates import Doubt, doubt_about, readings, to_gcj02, to_wgs84
from crm.rules.places import metres_between
from crm.vocabulary import CoordinateSystem

JINAN = (36.6512, 117.1201)


@given(st.floats(20, 50), st.floats(76, 134))
def test_there_and_back_is_the_same_place(lat, lon):
    back = to_wgs84(*to_gcj02(lat, lon), CoordinateSystem.GCJ02)
    assert metres_between(lat, lon, *back) == 0


def test_the_shift_in_china_is_hundreds_of_metres():
    assert 300 < metres_between(*JINAN, *to_gcj02(*JINAN)) < 900


@pytest.mark.parametrize("system", CoordinateSystem)
def test_outside_china_nothing_is_shifted(system):
    assert to_wgs84(35.8989, 14.5146, system) == (35.8989, 14.5146)


def test_baidu_is_a_further_shift():
    # Tiananmen as Baidu's maps and as GPS have it, to the metres that the published
    # constants are good for.
    found = to_wgs84(39.915119, 116.403963, CoordinateSystem.BD09)
    assert metres_between(*found, 39.907400, 116.391350) < 30


LUOHU, JINAN_CITY, HONG_KONG = (22.5310, 114.1130), (36.65, 117.12), (22.30, 114.17)
VALLETTA = (35.8989, 14.5146)


@pytest.mark.parametrize(
    ("place", "stated", "doubt"),
    [
        (JINAN_CITY, None, Doubt.NOT_STATED),
        (JINAN_CITY, "GCJ-02", None),
        (JINAN_CITY, "WGS-84", None),
        (LUOHU, None, Doubt.NEAR_THE_BORDER),
        (LUOHU, "GCJ-02", Doubt.NEAR_THE_BORDER),
        (LUOHU, "WGS-84", None),
        (HONG_KONG, None, None),
        (VALLETTA, None, None),
        (VALLETTA, "BD-09", None),
    ],
)
def test_what_is_asked_about_coordinates(place, stated, doubt):
    assert doubt_about(*place, stated and CoordinateSystem(stated)) is doubt


def test_the_readings_of_one_pair_of_numbers_are_some_hundred_metres_apart():
    found = readings(*JINAN)
    assert found[CoordinateSystem.WGS84] == JINAN
    assert 300 < metres_between(*JINAN, *found[CoordinateSystem.GCJ02]) < 900
    assert metres_between(*JINAN, *found[CoordinateSystem.BD09]) > 900
    assert set(readings(*VALLETTA).values()) == {VALLETTA}
