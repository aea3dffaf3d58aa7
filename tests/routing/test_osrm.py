"""Travel by road from OSRM: blocks, gaps, places off the road, and engines on their bad days."""

import socket

import numpy as np
import pytest

from routing.problem import NO_WAY, Place
from routing.travel.asking import Patience
from routing.travel.osrm import Osrm
from routing.travel.trouble import EngineAway, EngineWrong, UnknownTransport
from tests.support.engines import fake_engine

QUICK = Patience(timeout_s=5, pauses_s=(0.0, 0.0), sleep=lambda _: None)


@pytest.fixture
def engine():
    with fake_engine() as running:
        yield running


def row(count: int) -> list[Place]:
    """Places in a row, one to two kilometres apart."""
    return [Place(id=f"P{n}", lat=35.9 + n % 2 / 100, lon=14.3 + n / 100) for n in range(count)]


def osrm(engine, **options) -> Osrm:
    return Osrm({"car": engine.url}, **{"patience": QUICK} | options)


def at(place: Place) -> tuple[float, float]:
    return round(place.lat, 6), round(place.lon, 6)


def test_matrices_are_whole_not_symmetric_and_nothing_on_the_diagonal(engine):
    seconds, metres = osrm(engine).matrices(row(3), "car")
    assert seconds.dtype == metres.dtype == np.int32
    assert seconds.tolist() == [[0, 145, 182], [143, 0, 145], [180, 143, 0]]
    assert metres[0, 1] == pytest.approx(1430, abs=10)
    assert (metres == metres.T).all()


def test_blocks_give_what_one_question_gives(engine):
    whole = osrm(engine).matrices(row(7), "car")
    asked = len(engine.asked)
    parts = osrm(engine, side=3).matrices(row(7), "car")
    assert (asked, len(engine.asked) - asked) == (1, 9)
    for one, other in zip(whole, parts, strict=True):
        assert (one == other).all()


def test_what_is_too_much_is_asked_for_in_parts_and_remembered(engine):
    engine.most = 4
    travel = osrm(engine, side=20)
    seconds, _ = travel.matrices(row(6), "car")
    assert (seconds < NO_WAY).all()
    engine.asked.clear()
    travel.matrices(row(6), "car")
    assert len(engine.asked) == 4  # it does not begin anew


def test_an_engine_that_takes_nothing_is_told(engine):
    engine.most = 1
    with pytest.raises(EngineWrong, match="Too many table coordinates"):
        osrm(engine).matrices(row(6), "car")


def test_where_no_way_leads(engine):
    places = row(4)
    engine.unreachable = {at(places[2])}
    seconds, metres = osrm(engine).matrices(places, "car")
    for matrix in (seconds, metres):
        lost = matrix == NO_WAY
        assert lost[2].tolist() == lost[:, 2].tolist() == [True, True, False, True]
        assert lost.sum() == 6


def test_a_place_far_from_any_road_has_no_way(engine):
    places = row(3)
    engine.off_m = {at(places[0]): 8_970_000.0, at(places[1]): 1000.0}
    seconds, _ = osrm(engine, side=2).matrices(places, "car")
    assert (seconds == NO_WAY).tolist() == [
        [False, True, True],
        [True, False, False],
        [True, False, False],
    ]
    seconds, _ = osrm(engine, snap_limit_m=999).matrices(places, "car")
    assert seconds[1, 2] == seconds[2, 1] == NO_WAY


def test_the_line_leads_from_place_to_place(engine):
    places = row(3)
    first, second = osrm(engine).line(places, "car")
    assert first == (
        at(places[0]),
        (at(places[0])[0], at(places[1])[1]),
        at(places[1]),
        at(places[1]),
    )
    assert second[0] == at(places[1])
    assert osrm(engine).line(places[:1], "car") == ()


def test_long_lines_are_asked_for_in_parts(engine):
    places = row(150)
    paths = osrm(engine).line(places, "car")
    assert [path[0] for path in paths] == [at(place) for place in places[:-1]]
    assert len(engine.asked) == 2


def test_a_leg_without_a_way_is_drawn_straight(engine):
    places = row(3)
    engine.unreachable = {at(places[2])}
    first, second = osrm(engine).line(places, "car")
    assert len(first) == 4
    assert second == ((places[1].lat, places[1].lon), (places[2].lat, places[2].lon))


def test_the_source_names_the_data(engine):
    assert osrm(engine).source == "osrm:2026-11-01"
    engine.version = ""
    assert osrm(engine).source == "osrm"


def test_what_it_does_not_serve_is_named(engine):
    with pytest.raises(UnknownTransport, match="'foot'; known are car"):
        osrm(engine).matrices(row(2), "foot")
    with pytest.raises(UnknownTransport):
        osrm(engine).line(row(2), "foot")
    assert engine.asked == []


def test_it_is_asked_again_after_a_pause(engine):
    paused = []
    engine.mishaps = [(503, b"busy"), (429, b"slowly")]
    patience = Patience(timeout_s=5, pauses_s=(0.2, 1.0), sleep=paused.append)
    seconds, _ = osrm(engine, patience=patience).matrices(row(2), "car")
    assert seconds[0, 1] == 145
    assert paused == [0.2, 1.0]


def test_it_is_not_asked_for_ever(engine):
    engine.mishaps = [(503, b"busy")] * 9
    with pytest.raises(
        EngineAway, match=r"127\.0\.0\.1:\d+: it answered with status 503 \(3 tries\)"
    ):
        osrm(engine).matrices(row(2), "car")
    assert len(engine.asked) == 3


def test_nobody_there():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        with pytest.raises(EngineAway, match=url):
            _ = Osrm({"car": url}, patience=QUICK).source


def test_an_answer_that_does_not_come_in_time(engine):
    engine.slow_s = 0.5
    patience = Patience(timeout_s=0.1, pauses_s=(), sleep=lambda _: None)
    with pytest.raises(EngineAway, match=r"no answer within 0\.1 s"):
        osrm(engine, patience=patience).matrices(row(2), "car")


def test_a_password_in_the_address_is_not_told(engine):
    engine.mishaps = [(500, b"")]
    url = engine.url.replace("//", "//me:hush@")
    with pytest.raises(EngineWrong) as error:
        Osrm({"car": url}, patience=QUICK).matrices(row(2), "car")
    assert "hush" not in str(error.value)
    assert error.value.url == engine.url


@pytest.mark.parametrize(
    ("status", "answer", "told"),
    [
        (200, b"<html>hello</html>", "no JSON object but '<html>hello</html>'"),
        (200, b"[" * 100_000, "no JSON object"),
        (200, ["Ok"], "no JSON object"),
        (404, {"error": "nothing here"}, "nothing known"),
        (500, b"oh", "status 500"),
        (302, b"", "status 302"),
        (
            400,
            {"code": "InvalidQuery", "message": "Query string malformed"},
            "Query string malformed",
        ),
        (200, {"code": "Ok"}, "durations are no table"),
    ],
)
def test_what_is_no_answer_is_told_with_the_address(engine, status, answer, told):
    engine.mishaps = [(status, answer)]
    with pytest.raises(EngineWrong, match=told) as error:
        osrm(engine).matrices(row(2), "car")
    assert engine.url in str(error.value)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"durations": [[0, 1]]}, r"durations are \(1, 2\); \(2, 2\) were asked for"),
        ({"durations": [[0, 1], [1]]}, "durations are no table"),
        ({"durations": [["a", 1], [1, 0]]}, "durations are no table"),
        ({"distances": None}, "distances are"),
        ({"sources": [{"distance": 1}]}, "sources are not the 2 places"),
        ({"destinations": [{}, {}]}, "destinations have no distance"),
    ],
)
def test_a_part_of_an_answer_is_none(engine, part, told):
    engine.change = lambda found: found | part
    with pytest.raises(EngineWrong, match=told):
        osrm(engine).matrices(row(2), "car")


@pytest.mark.parametrize(
    "routes",
    [
        [],
        None,
        [{"legs": [{"steps": [{}]}]}],
        [{"legs": []}],
        [{"legs": [{"steps": [{"geometry": "_"}]}]}],
    ],
)
def test_a_way_without_its_line_is_told(engine, routes):
    engine.change = lambda found: found | {"routes": routes}
    with pytest.raises(EngineWrong, match="way"):
        osrm(engine).line(row(2), "car")


def test_a_place_that_the_engine_lost_has_no_way(engine):
    engine.change = lambda found: found | {"sources": [None, {"distance": 1.0}]}
    seconds, _ = osrm(engine).matrices(row(2), "car")
    assert seconds[0, 1] == NO_WAY
