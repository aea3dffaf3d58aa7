"""Travel by road from Valhalla: as from OSRM, and its own ways to say no."""

import pytest

from routing.problem import NO_WAY
from routing.travel.asking import Patience
from routing.travel.osrm import Osrm
from routing.travel.trouble import EngineAway, EngineWrong, UnknownTransport
from routing.travel.valhalla import Valhalla
from tests.routing.test_osrm import QUICK, at, row
from tests.support.engines import fake_engine


@pytest.fixture
def engine():
    with fake_engine() as running:
        yield running


def valhalla(engine, **options) -> Valhalla:
    return Valhalla(engine.url, **{"patience": QUICK} | options)


@pytest.mark.parametrize("side", [50, 3])
def test_the_same_roads_give_the_same_legs_as_osrm(engine, side):
    for mine, other in zip(
        valhalla(engine, side=side).matrices(row(7), "car"),
        Osrm({"car": engine.url}).matrices(row(7), "car"),
        strict=True,
    ):
        assert mine.dtype == other.dtype
        assert (abs(mine - other) <= 1).all()


def test_no_way_no_road_and_a_road_too_far(engine):
    places = row(5)
    engine.unreachable = {at(places[1])}
    engine.off_m = {at(places[2]): 5000.0, at(places[3]): 8_970_000.0}
    seconds, metres = valhalla(engine, side=2).matrices(places, "car")
    assert [n for n in range(5) if seconds[0, n] == NO_WAY] == [1, 2, 3]
    assert [n for n in range(5) if metres[n, 4] == NO_WAY] == [1, 2, 3]
    assert (valhalla(engine, snap_limit_m=6000).matrices(places, "car")[0][0] == NO_WAY).sum() == 2


def test_what_is_too_much_is_asked_for_in_parts(engine):
    engine.most = 3
    seconds, _ = valhalla(engine).matrices(row(7), "car")
    assert (seconds < NO_WAY).all()


def test_lines_in_parts_and_straight_where_no_way_leads(engine):
    places = row(45)
    engine.most = 20
    paths = valhalla(engine).line(places, "car")
    assert [path[0] for path in paths] == [at(place) for place in places[:-1]]
    engine.unreachable = {at(places[1])}
    first, _, third = valhalla(engine).line(places[:4], "foot")
    assert first == ((places[0].lat, places[0].lon), (places[1].lat, places[1].lon))
    assert len(third) == 3


def test_the_source_names_the_tiles(engine):
    assert valhalla(engine).source == "valhalla:2026-11-01"


def test_means_of_transport(engine):
    assert valhalla(engine).matrices(row(2), "foot")[0][0, 1] == 145
    with pytest.raises(UnknownTransport, match="'horse'; known are car"):
        valhalla(engine).matrices(row(2), "horse")


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"sources_to_targets": [[{"time": 1, "distance": 1}]]}, r"are \(1, 1\); \(2, 2\)"),
        ({"sources_to_targets": [[{"time": 1}] * 2] * 2}, "no table of legs"),
        ({"sources_to_targets": None}, "no table of legs"),
    ],
)
def test_a_part_of_an_answer_is_none(engine, part, told):
    engine.change = lambda found: found | part
    with pytest.raises(EngineWrong, match=told):
        valhalla(engine).matrices(row(2), "car")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((200, []), "looked up 0 places; 2"),
        ((200, [None, None]), "without its road"),
        ((200, [{"edges": [{}]}] * 2), "without its road"),
        ((200, {"code": "Ok"}), "no JSON list"),
        ((400, {"error_code": 125, "error": "No costing method found"}), "No costing method"),
    ],
)
def test_what_is_no_answer_is_told(engine, answer, told):
    engine.mishaps = [answer]
    with pytest.raises(EngineWrong, match=told):
        valhalla(engine).matrices(row(2), "car")


def test_another_service_there(engine):
    engine.mishaps = [(200, {"code": "Ok"})]
    with pytest.raises(EngineWrong, match="no Valhalla is there"):
        _ = valhalla(engine).source
    engine.mishaps = [(200, {"trip": {"legs": []}})]
    with pytest.raises(EngineWrong, match="0 legs; 1 were"):
        valhalla(engine).line(row(2), "car")
    engine.mishaps = [(400, {"error_code": 199, "error": "Unknown"})]
    with pytest.raises(EngineWrong, match="199: Unknown"):
        valhalla(engine).line(row(2), "car")


def test_away(engine):
    engine.slow_s = 0.5
    with pytest.raises(EngineAway, match=r"no answer within 0\.1 s"):
        valhalla(engine, patience=Patience(timeout_s=0.1, pauses_s=())).matrices(row(2), "car")
