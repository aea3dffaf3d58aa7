"""Travel by straight lines: the curve's values, and that it behaves like a distance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.problem import Place
from routing.travel.straight_line import PROFILES, StraightLine, great_circle_m
from routing.travel.trouble import UnknownTransport

METRES_A_DEGREE = 6_371_008.8 * np.pi / 180
spots = st.lists(
    st.tuples(st.floats(35.5, 36.5), st.floats(14.0, 15.0)), min_size=2, max_size=6
).map(lambda found: [Place(id=str(n), lat=lat, lon=lon) for n, (lat, lon) in enumerate(found)])


def north(metres: float) -> list[Place]:
    """Two places so far apart on one meridian."""
    return [
        Place(id="a", lat=36.0, lon=14.4),
        Place(id="b", lat=36.0 + metres / METRES_A_DEGREE, lon=14.4),
    ]


@pytest.mark.parametrize(
    ("transport", "metres", "seconds", "driven"),
    [
        ("car", 0, 20, 0),  # next door: getting going
        ("car", 250, 66, 345),  # half of what 500 m take beyond the start
        ("car", 500, 112, 690),  # 20 s, then 500 m at 19.5 km/h
        ("car", 2000, 292, 2760),  # 20 s, then 2 km at 26.5 km/h
        ("car", 5000, 549, 6900),  # 20 s, then 5 km at 34 km/h
        ("car", 20_000, 2138, 27_600),  # and 34 km/h for each kilometre beyond
        ("scooter", 2000, 342, 2720),
        ("bicycle", 500, 186, 665),
        ("foot", 500, 500, 650),
        ("foot", 1000, 1000, 1300),
    ],
)
def test_the_curve(transport, metres, seconds, driven):
    travel_s, travel_m = StraightLine().matrices(north(metres), transport)
    assert travel_s[0, 1] == seconds
    assert travel_m[0, 1] == driven


def test_great_circles():
    found = great_circle_m([Place(id="a", lat=35.8989, lon=14.5146), *north(1000)])
    assert found[1, 2] == pytest.approx(1000)
    around = [Place(id="w", lat=0.0, lon=-179.5), Place(id="e", lat=0.0, lon=179.5)]
    assert great_circle_m(around)[0, 1] == pytest.approx(METRES_A_DEGREE)
    poles = [Place(id="n", lat=90.0, lon=0.0), Place(id="s", lat=-90.0, lon=77.0)]
    assert great_circle_m(poles)[0, 1] == pytest.approx(180 * METRES_A_DEGREE)


@pytest.mark.parametrize("transport", PROFILES)
@given(places=spots)
def test_symmetric_whole_and_nothing_on_the_diagonal(transport, places):
    for matrix in StraightLine().matrices(places, transport):
        assert matrix.shape == (len(places), len(places))
        assert matrix.dtype == np.int32
        assert (matrix == matrix.T).all()
        assert (np.diag(matrix) == 0).all()
        assert (matrix >= 0).all()


@pytest.mark.parametrize("transport", PROFILES)
@given(places=spots)
def test_no_detour_is_shorter(transport, places):
    """Within the second that rounding to whole ones may cost."""
    seconds, _ = StraightLine().matrices(places, transport)
    for middle in range(len(places)):
        through = seconds[:, middle, None] + seconds[None, middle, :]
        assert (seconds <= through + 1).all()


@pytest.mark.parametrize("transport", PROFILES)
def test_farther_takes_longer(transport):
    row = [Place(id=str(n), lat=36 + n / 2000, lon=14.4) for n in range(400)]
    seconds, metres = StraightLine().matrices(row, transport)
    assert (np.diff(seconds[0]) >= 0).all()
    assert (np.diff(metres[0]) > 0).all()


def test_an_unknown_transport_is_named_with_the_known_ones():
    with pytest.raises(UnknownTransport, match=r"'horse'; known are car, scooter"):
        StraightLine().matrices(north(1), "horse")


def test_no_place_no_travel():
    for matrix in StraightLine().matrices([], "car"):
        assert matrix.shape == (0, 0)
