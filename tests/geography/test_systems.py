"""Coordinate systems of China: published pairs, another implementation, there and back."""

import numpy as np
import prcoords
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geography.mainland import in_mainland, near_the_outline
from geography.systems import convert, convert_one

CITIES = np.array([(36.6512, 117.1201), (39.9087, 116.3975), (31.2304, 121.4737), (43.8, 87.6)])
ELSEWHERE = np.array([(35.8989, 14.5146), (40.7, -74.0), (-33.9, 151.2), (0.0, 0.0)])
INSIDE = {
    "Luohu": (22.5483, 114.1310),
    "Shekou": (22.4797, 113.9121),
    "Gongbei": (22.2217, 113.5525),
    "Xiamen": (24.4798, 118.0894),
    "Haikou": (20.0440, 110.1999),
    "Qingdao": (36.0671, 120.3826),
    "Zhoushan": (30.0160, 122.1070),
}
OUTSIDE = {
    "Sheung Shui": (22.5013, 114.1278),
    "Macau": (22.1930, 113.5390),
    "Jinmen": (24.4367, 118.3180),
    "Taipei": (25.0330, 121.5654),
    "Seoul": (37.5665, 126.9780),
    "Valletta": (35.8989, 14.5146),
}
CENTIMETRE = 0.01


def metres(one, other):
    """Great-circle distances of two arrays of (lat, lon), shape (n,)."""
    (lat, lon), (to_lat, to_lon) = np.radians(one).T, np.radians(other).T
    half = np.sin((to_lat - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * 6_371_000 * np.arcsin(np.sqrt(half))


@pytest.mark.parametrize("place", INSIDE.values(), ids=INSIDE)
def test_mainland(place):
    assert in_mainland(np.array([place])).tolist() == [True]
    assert 100 < metres([place], [convert_one(*place, "WGS-84", "GCJ-02")])[0] < 900


@pytest.mark.parametrize("place", OUTSIDE.values(), ids=OUTSIDE)
def test_elsewhere(place):
    assert in_mainland(np.array([place])).tolist() == [False]
    assert convert_one(*place, "WGS-84", "GCJ-02") == place


def test_whoever_is_near_the_border_is_not_sure():
    near = near_the_outline(np.array([INSIDE["Luohu"], CITIES[0], ELSEWHERE[0]]))
    assert near.tolist() == [True, False, False]


def test_a_coast_without_neighbours_raises_no_doubt_for_who_is_on_land():
    yantai = (37.545, 121.39)
    near = near_the_outline(np.array([yantai, INSIDE["Qingdao"], INSIDE["Gongbei"]]))
    assert near.tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("source", "target", "lat", "lon"),
    [
        ("WGS-84", "GCJ-02", 39.91640428150164, 116.41024449916938),
        ("GCJ-02", "BD-09", 39.92133699351021, 116.41036949371029),
    ],
)
def test_published_pairs(source, target, lat, lon):
    """What the converters in common use document for this point in Beijing."""
    [found] = convert([(39.915, 116.404)], source, target)
    assert found == pytest.approx((lat, lon), abs=1e-9)


@given(st.floats(28, 40), st.floats(100, 115))
def test_another_implementation_says_the_same(lat, lon):
    assert in_mainland(np.array([(lat, lon)])).all()
    for target, theirs in (("GCJ-02", prcoords.wgs_gcj), ("BD-09", prcoords.wgs_bd)):
        found = convert([(lat, lon)], "WGS-84", target)
        expected = theirs((lat, lon))
        assert metres(found, [(expected[0], expected[1])])[0] < CENTIMETRE


@given(st.floats(28, 40), st.floats(100, 115), st.sampled_from(["GCJ-02", "BD-09"]))
def test_there_and_back_is_within_a_centimetre(lat, lon, system):
    there = convert([(lat, lon)], "WGS-84", system)
    assert metres(there, [(lat, lon)])[0] > 100
    assert metres(convert(there, system, "WGS-84"), [(lat, lon)])[0] < CENTIMETRE


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09"])
@pytest.mark.parametrize("place", INSIDE.values(), ids=INSIDE)
def test_places_at_the_edge_come_back_too(place, system):
    there = convert([place], "WGS-84", system)
    assert metres(convert(there, system, "WGS-84"), [place])[0] < CENTIMETRE


@pytest.mark.parametrize("source", ["WGS-84", "GCJ-02", "BD-09"])
@pytest.mark.parametrize("target", ["WGS-84", "GCJ-02", "BD-09"])
def test_outside_china_nothing_changes(source, target):
    assert np.array_equal(convert(ELSEWHERE, source, target), ELSEWHERE)


def test_no_points_stay_none():
    assert convert([], "WGS-84", "GCJ-02").shape == (0, 2)
