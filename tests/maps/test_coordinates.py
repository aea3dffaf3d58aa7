import numpy as np
import pytest

from maps.coordinates import convert

CITIES = np.array([(36.6512, 117.1201), (39.9087, 116.3975), (31.2304, 121.4737), (43.8, 87.6)])
ELSEWHERE = np.array([(35.8989, 14.5146), (40.7, -74.0), (-33.9, 151.2), (0.0, 0.0)])


def metres(one, other):
    """Great-circle distances of two arrays of (lat, lon), shape (n,)."""
    (lat, lon), (to_lat, to_lon) = np.radians(one).T, np.radians(other).T
    half = np.sin((to_lat - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * 6_371_000 * np.arcsin(np.sqrt(half))


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


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09"])
def test_there_and_back_is_within_a_metre(system):
    there = convert(CITIES, "WGS-84", system)
    assert np.all(metres(CITIES, there) > 100)
    assert np.all(metres(CITIES, convert(there, system, "WGS-84")) < 1)


@pytest.mark.parametrize("source", ["WGS-84", "GCJ-02", "BD-09"])
@pytest.mark.parametrize("target", ["WGS-84", "GCJ-02", "BD-09"])
def test_outside_china_nothing_changes(source, target):
    assert np.array_equal(convert(ELSEWHERE, source, target), ELSEWHERE)


def test_no_points_stay_none():
    assert convert([], "WGS-84", "GCJ-02").shape == (0, 2)
