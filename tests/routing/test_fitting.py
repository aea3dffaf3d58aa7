"""The straight line fitted to an engine: nearer on legs it has not seen, the same each time."""

import json

import numpy as np
import pytest

from routing.problem import NO_WAY, Place
from routing.travel.calibration import CalibrationError, read_calibration, written
from routing.travel.fitting import TooFewLegs, fit
from routing.travel.straight_line import StraightLine, great_circle_m


def scattered(count: int) -> list[Place]:
    spots = np.random.default_rng(7).uniform((35.80, 14.20), (36.0, 14.55), (count, 2))
    return [Place(id=str(n), lat=lat, lon=lon) for n, (lat, lon) in enumerate(spots.tolist())]


class Roads:
    """60 s to get going, then 10 m/s as the crow flies, on roads twice as long."""

    source = "roads"

    def __init__(self, lost=()):
        self.lost = list(lost)

    def matrices(self, places, transport):
        direct_m = great_circle_m(places)
        seconds = np.rint(60 + direct_m / 10).astype(np.int32)
        np.fill_diagonal(seconds, 0)
        metres = np.rint(direct_m * 2).astype(np.int32)
        for matrix in (seconds, metres):
            matrix[self.lost] = matrix[:, self.lost] = NO_WAY
        return seconds, metres

    def line(self, places, transport):
        return ()


def test_the_curve_is_found_and_errors_shrink():
    found = fit(scattered(80), Roads(), "car")
    assert found.after.median < 0.01
    assert found.before.median > 0.02
    assert found.after.near_mean < found.before.near_mean
    assert found.profile.detour == pytest.approx(2, abs=0.01)
    assert found.profile.far_kmh == pytest.approx(36, rel=0.05)
    assert found.profile.seconds(np.array([5000.0]))[0] == pytest.approx(560, rel=0.02)


def test_the_same_legs_give_the_same_file():
    texts = {
        written({"car": fit(scattered(60), Roads(), "car").profile}, "roads") for _ in range(2)
    }
    assert len(texts) == 1


def test_places_without_a_road_are_left_out():
    assert fit(scattered(60), Roads(lost=[0, 3, 9]), "car").after.median < 0.01


@pytest.mark.parametrize("count", [0, 1, 5])
def test_too_few_places(count):
    with pytest.raises(TooFewLegs):
        fit(scattered(count), Roads(), "car")


def test_no_roads_at_all():
    with pytest.raises(TooFewLegs, match="0 legs by road"):
        fit(scattered(20), Roads(lost=range(20)), "car")


def test_a_calibration_is_read_back_and_plans():
    profile = fit(scattered(80), Roads(), "car").profile
    profiles, fitted_to = read_calibration(written({"car": profile}, "osrm:x").encode())
    assert fitted_to == "osrm:x"
    travel = StraightLine(profiles=profiles, data="osrm:x 1234")
    assert travel.source == "straight_line:osrm:x 1234"
    places = scattered(30)
    off = np.abs(travel.matrices(places, "car")[0] - Roads().matrices(places, "car")[0])
    assert off.max() < 60
    assert (travel.matrices(places, "foot")[0] == StraightLine().matrices(places, "foot")[0]).all()


GOOD = {"knots_m": [0, 500], "knots_s": [20, 100], "far_kmh": 40, "detour": 1.4}


@pytest.mark.parametrize(
    ("profiles", "told"),
    [
        ({"horse": GOOD}, "horse is none of car"),
        ({"car": GOOD | {"knots_m": [0, 0]}}, "do not rise"),
        ({"car": GOOD | {"knots_s": [20, 10]}}, "do not rise"),
        ({"car": GOOD | {"knots_s": [20]}}, "do not rise"),
        ({"car": GOOD | {"far_kmh": 0}}, "far_kmh of car is 0"),
        ({"car": GOOD | {"detour": 0.5}}, "detour of car is 0.5"),
        ({"car": GOOD | {"detour": "long"}}, "no calibration"),
        ({"car": 7}, "no calibration"),
    ],
)
def test_what_cannot_be_used_is_named(profiles, told):
    document = {"format": "callcycle-calibration", "version": 1, "fitted_to": "x"}
    with pytest.raises(CalibrationError, match=told):
        read_calibration(json.dumps(document | {"profiles": profiles}).encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"format": "x", "version": 1}'])
def test_what_is_no_calibration(content):
    with pytest.raises(CalibrationError):
        read_calibration(content)
