"""A geocoder that is slow, away, out of quota or out of its mind."""

import socket
import threading

import pytest

from maps.geocoding.ask import Geocoder
from maps.geocoding.errors import BadAnswer, GeocoderAway, KeyRefused, QuotaUsedUp
from maps.geocoding.providers import Access
from tests.maps.geocoding.conftest import AT_ONCE, PROVIDERS

TRIES = 3


def refused(asking, provider, kind):
    with pytest.raises(kind) as caught:
        asking(provider).search("12 Merchants Street, 经十路")
    assert caught.value.cause
    return caught.value


@pytest.mark.parametrize("provider", PROVIDERS)
def test_one_that_does_not_answer_in_time_is_asked_again_and_then_away(asking, fake, provider):
    fake.delay = threading.Event()
    with pytest.raises(GeocoderAway):
        asking(provider, timeout_s=0.05).search("12 Merchants Street")
    assert len(fake.asked) == TRIES


@pytest.mark.parametrize("provider", PROVIDERS)
def test_one_that_is_not_there_is_away(provider):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    geocoder = Geocoder(provider, Access(url=url, key="k"), pause_s=0, patience=AT_ONCE)
    with pytest.raises(GeocoderAway):
        geocoder.search("12 Merchants Street")


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"\xff\xfe", b"[1, 2]", b"17", b'{"status": "1"}', b'"x"', b"[null]"]
)
def test_an_answer_that_nobody_can_read_is_said_to_be_one(asking, fake, provider, body):
    fake.goes_wrong(body=body)
    refused(asking, provider, BadAnswer)
    assert len(fake.asked) == 1


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_error_is_tried_again(asking, fake, provider):
    fake.goes_wrong(status=500)
    refused(asking, provider, GeocoderAway)
    assert len(fake.asked) == TRIES


@pytest.mark.parametrize("provider", PROVIDERS)
def test_too_many_questions_end_it_unless_the_pause_is_short(asking, fake, provider):
    fake.goes_wrong(status=429, Retry_After="3600")
    assert refused(asking, provider, QuotaUsedUp).retry_s == 3600
    assert len(fake.asked) == 1
    fake.goes_wrong(status=429, Retry_After="7")
    waits: list[float] = []
    with pytest.raises(QuotaUsedUp):
        asking(provider, waits=waits).search("x")
    assert waits == [7]


@pytest.mark.parametrize(
    ("provider", "body"),
    [
        ("amap", {"status": "0", "info": "DAILY_QUERY_OVER_LIMIT", "infocode": "10003"}),
        ("amap", {"status": "0", "info": "CUQPS_HAS_EXCEEDED_THE_LIMIT", "infocode": "10021"}),
        ("baidu", {"status": 302, "message": "天配额超限，限制访问"}),
        ("baidu", {"status": 4, "message": "配额校验失败"}),
    ],
)
def test_a_quota_that_is_used_up_is_not_asked_again(asking, fake, provider, body):
    fake.goes_wrong(body=body)
    refused(asking, provider, QuotaUsedUp)
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    ("provider", "body"),
    [
        ("amap", {"status": "0", "info": "INVALID_USER_KEY", "infocode": "10001"}),
        ("amap", {"status": "0", "info": "USERKEY_PLAT_NOMATCH", "infocode": "10009"}),
        ("baidu", {"status": 5, "message": "AK不存在或者非法"}),
        ("baidu", {"status": 200, "message": "APP不存在"}),
    ],
)
def test_a_wrong_key_is_told_as_such(asking, fake, provider, body):
    fake.goes_wrong(body=body)
    refused(asking, provider, KeyRefused)


def test_one_refused_question_does_not_end_a_run(asking, fake):
    fake.goes_wrong(body={"status": "0", "info": "INVALID_PARAMS", "infocode": "20000"})
    assert not refused(asking, "amap", BadAnswer).ends_the_run
    fake.goes_wrong(status=403)
    assert refused(asking, "nominatim", KeyRefused).ends_the_run


@pytest.mark.filterwarnings("ignore:Latitude normalization")  # geopy's, before it refuses
@pytest.mark.parametrize(
    "place", [("95", "14"), ("nan", "14"), ("0", "0"), ("35", None), ("35", "x")]
)
def test_a_place_that_is_none_is_not_taken(asking, fake, place):
    lat, lon = place
    fake.goes_wrong(body=[{"lat": lat, "lon": lon, "display_name": "x", "place_rank": 30}])
    refused(asking, "nominatim", BadAnswer)


def test_questions_are_apart_by_the_pause(fake, monkeypatch):
    geocoder = Geocoder("nominatim", Access(url=fake.url), pause_s=1.0)
    slept: list[float] = []
    now = [100.0]

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(geocoder._limited, "_clock", lambda: now[0])
    monkeypatch.setattr(geocoder._limited, "_sleep", sleep)
    for _ in range(3):
        geocoder.search("x")
    assert slept == [1.0, 1.0]
