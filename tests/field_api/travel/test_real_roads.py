"""Travel times from a real OSRM, on Malta's roads and on a piece of Shanghai's."""

import json

import numpy as np
import pytest

from field_api.services.travel.travel_times import MALTA_BARRIERS, travel_by
from field_api.settings import Settings
from routing.problem import NO_WAY, Place
from routing.travel.osrm import Osrm
from routing.travel.straight_line import StraightLine
from tests.builders import MDINA, SLIEMA, VALLETTA, VICTORIA_GOZO

BEIJING = (39.9042, 116.4074)
SHANGHAI_BOX = (31.2215, 121.4625), (31.2395, 121.4845)


def places(*spots):
    return [Place(id=str(n), lat=lat, lon=lon) for n, (lat, lon) in enumerate(spots)]


def scattered(count, low, high):
    return places(*np.random.default_rng(5).uniform(low, high, (count, 2)).tolist())


@pytest.fixture(scope="module")
def malta(osrm):
    return Osrm({"car": osrm.url})


def test_roads_are_longer_than_straight_lines_and_not_symmetric(malta):
    spots = places(VALLETTA, MDINA, SLIEMA)
    seconds, metres = malta.matrices(spots, "car")
    _, straight_m = StraightLine().matrices(spots, "car")
    off = ~np.eye(3, dtype=bool)
    assert (metres[off] > straight_m[off] / 1.38).all()
    assert (seconds != seconds.T).any()
    assert seconds.max() < 2 * 3600


def test_the_ferry_to_gozo_is_a_way(malta):
    seconds, _ = malta.matrices(places(VALLETTA, VICTORIA_GOZO), "car")
    assert 3600 < seconds[0, 1] < 3 * 3600


def test_a_place_on_another_continent_has_no_way(malta):
    seconds, _ = malta.matrices(places(VALLETTA, MDINA, BEIJING), "car")
    assert (seconds == NO_WAY).tolist() == [
        [False, False, True],
        [False, False, True],
        [True, True, False],
    ]


def test_blocks_are_what_one_question_is(malta, osrm):
    spots = scattered(60, (35.85, 14.40), (35.92, 14.52))
    for whole, parts in zip(
        malta.matrices(spots, "car"),
        Osrm({"car": osrm.url}, side=17).matrices(spots, "car"),
        strict=True,
    ):
        assert (whole == parts).all()


def test_the_line_follows_the_road(malta):
    spots = places(VALLETTA, SLIEMA, VALLETTA)
    out, back = malta.line(spots, "car")
    assert len(out) > 20 < len(back)
    for path, (start, end) in ((out, spots[:2]), (back, spots[1:])):
        assert path[0] == pytest.approx((start.lat, start.lon), abs=0.005)
        assert path[-1] == pytest.approx((end.lat, end.lon), abs=0.005)


def test_in_a_cut_city_most_pairs_have_no_way_and_lines_are_still_drawn(osrm_shanghai):
    spots = scattered(30, *SHANGHAI_BOX)
    travel = Osrm({"car": osrm_shanghai.url})
    lost = travel.matrices(spots, "car")[0] == NO_WAY
    assert 0.2 < lost.mean() < 0.9
    assert len(travel.line(spots[:6], "car")) == 5


def test_a_plan_by_real_roads_passes_the_checker_and_says_so(planning, osrm):
    settings = Settings(travel="osrm", osrm_url=osrm.url)
    outcome = planning.plan(travel=travel_by(settings, planning.database))
    for rep in outcome.reps:
        assert rep.plan.travel_source == f"osrm:{osrm.data.version}"
        assert rep.plan.unserved == ()


def test_barriers_bring_the_straight_line_nearer_to_the_roads(malta, planning):
    spots = scattered(80, (35.88, 14.48), (35.91, 14.53))  # around the harbours
    real = malta.matrices(spots, "car")[0]
    wet, dry = (
        travel_by(Settings(barriers=barriers), planning.database).matrices(spots, "car")[0]
        for barriers in ("", "malta")
    )
    known = (real < NO_WAY) & (dry < NO_WAY)
    assert abs(dry - real)[known].mean() < 0.9 * abs(wet - real)[known].mean()


def test_the_samples_barriers_bear_their_credit():
    assert "OpenStreetMap" in json.loads(MALTA_BARRIERS.read_text("utf-8"))["attribution"]
