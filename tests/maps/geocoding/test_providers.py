"""Each geocoder in its own protocol, one form of answer."""

import pytest

from maps.geocoding.candidates import MatchLevel, candidate_of
from tests.maps.geocoding.conftest import CHINESE, JINAN, PROVIDERS, VALLETTA
from tests.support.geocoders import Spot

CENTIMETRE = 1e-7
DIGITS_OF_AMAP = 2e-6


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_address_becomes_a_place_in_wgs84_with_its_system_kept(asking, provider):
    spot = JINAN if provider in CHINESE else VALLETTA
    [found] = asking(provider).search(f"{spot.town} {spot.name}")
    near = DIGITS_OF_AMAP if provider == "amap" else CENTIMETRE
    assert (found.lat, found.lon) == pytest.approx((spot.lat, spot.lon), abs=near)
    assert found.system == {"baidu": "BD-09", "amap": "GCJ-02"}.get(provider, "WGS-84")
    assert found.level is MatchLevel.HOUSE
    if provider in CHINESE:
        assert abs(found.source_lon - found.lon) > 0.004
    else:
        assert (found.source_lat, found.source_lon) == (found.lat, found.lon)
    assert candidate_of(found.as_json()) == found


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_middle_of_a_town_is_told_as_such(asking, fake, provider):
    town = Spot(name="济南", town="济南市", lat=36.65, lon=117.12, exact=False, country="CN")
    fake.gazetteer = {"济南": [town]}
    [found] = asking(provider).search("济南")
    assert found.level is MatchLevel.TOWN
    assert found.weak is (provider == "baidu")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_address_that_nobody_knows_has_no_candidates(asking, provider):
    assert asking(provider).search("nowhere at all") == ()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_position_becomes_an_address(asking, provider):
    spot = JINAN if provider in CHINESE else VALLETTA
    found = asking(provider).address_at(spot.lat, spot.lon)
    assert spot.name in found.label
    assert (found.lat, found.lon) == pytest.approx((spot.lat, spot.lon), abs=DIGITS_OF_AMAP)


@pytest.mark.parametrize("provider", ["nominatim", "photon", "amap"])
def test_where_nothing_is_there_is_no_address(asking, fake, provider):
    fake.gazetteer.clear()
    assert asking(provider).address_at(0.5, 0.5) is None


def test_score_and_word_for_the_level_are_kept(asking):
    [found] = asking("nominatim").search("12 Merchants Street")
    assert (found.score, found.said, found.city) == (0.41, "building", "Valletta")
    [found] = asking("baidu").search("经十路1号")
    assert (found.score, found.said) == (80, "门址")
    [found] = asking("amap").search("经十路1号")
    assert (found.said, found.city) == ("门牌号", "济南市 山东省")


def test_the_geocoder_is_told_who_asks_and_where_to_look(asking, fake):
    asking("nominatim", user_agent="callcycle of Borg Ltd", country="MT").search("Merchants")
    assert fake.user_agents == ["callcycle of Borg Ltd"]
    assert fake.asked[0][1]["countrycodes"] == "mt"


def test_photon_is_not_believed_abroad(asking, fake):
    abroad = Spot(name="1 Valletta Street", town="Paris", lat=48.8, lon=2.3, country="FR")
    fake.gazetteer = {"Valletta": [abroad, VALLETTA]}
    assert [c.city for c in asking("photon", country="MT").search("Valletta")] == ["Valletta"]
    assert len(asking("photon").search("Valletta")) == 2


def test_the_ways_of_amap_and_baidu_to_say_that_nothing_is_found(asking, fake):
    fake.goes_wrong(body={"status": "0", "info": "ENGINE_RESPONSE_DATA_ERROR", "infocode": "30001"})
    assert asking("amap").search("x") == ()
    fake.goes_wrong(body={"status": 1, "msg": "Internal Service Error:无相关结果"})
    assert asking("baidu").search("x") == ()
    assert len(fake.asked) == 2  # not taken for a failure that a repetition may mend
