"""How far an answer is believed."""

import pytest

from maps.geocoding.candidates import Candidate, MatchLevel
from maps.geocoding.judge import Doubt, Expected, judge, metres

HERE = (35.8985, 14.5133)


def a_candidate(**changes) -> Candidate:
    lat, lon = changes.pop("at", HERE)
    values = {"label": "12 Merchants Street, Valletta", "city": "Valletta", "lat": lat, "lon": lon}
    values |= {"system": "WGS-84", "source_lat": lat, "source_lon": lon, "level": MatchLevel.HOUSE}
    return Candidate(**values | changes)


def doubts(*found, **known):
    expected = {"street": "12 Merchants Street", "city": "Valletta"} | known
    return judge(found, Expected(**expected)).doubts


def test_one_exact_match_in_the_right_town_is_sure():
    assert doubts(a_candidate()) == ()
    assert judge([a_candidate()], Expected(street="", city="")).sure


def test_nothing_is_doubtful():
    assert doubts() == (Doubt.NOT_FOUND,)


def test_three_towns_are_doubtful_and_one_of_them_named_is_not():
    three = [a_candidate(city=town, at=(35 + n, 14)) for n, town in enumerate("ABC")]
    assert doubts(*three, city="") == (Doubt.SEVERAL,)
    found = judge(three, Expected(street="1", city="B"))
    assert found.sure
    assert [c.city for c in found.candidates] == ["B", "A", "C"]
    assert Doubt.OTHER_TOWN in doubts(*three, city="Zejtun")


def test_two_matches_of_one_place_are_one():
    assert doubts(a_candidate(), a_candidate(at=(35.8990, 14.5133))) == ()


def test_a_coarser_match_elsewhere_is_no_rival():
    assert doubts(a_candidate(), a_candidate(level=MatchLevel.TOWN, at=(36.0, 14.2))) == ()
    assert doubts(
        a_candidate(level=MatchLevel.STREET),
        a_candidate(at=(36.0, 14.2)),
        street="Merchants Street",
    ) == (Doubt.SEVERAL,)


@pytest.mark.parametrize(
    "level", [MatchLevel.VILLAGE, MatchLevel.TOWN, MatchLevel.REGION, MatchLevel.UNKNOWN]
)
def test_the_middle_of_somewhere_is_doubtful(level):
    assert doubts(a_candidate(level=level)) == (Doubt.COARSE,)


def test_a_street_will_do_where_no_house_was_asked_for():
    street = a_candidate(level=MatchLevel.STREET)
    assert doubts(street) == (Doubt.STREET_ONLY,)
    assert doubts(street, street="Merchants Street") == ()


def test_far_from_the_towns_other_customers_is_doubtful():
    near, far = [(35.9, 14.5), (35.91, 14.5)], [(36.65, 14.5)]
    assert doubts(a_candidate(), near=near) == ()
    assert doubts(a_candidate(), near=far) == (Doubt.FAR,)


def test_a_place_in_no_territory_is_doubtful():
    assert doubts(a_candidate(), covered=lambda _lat, _lon: False) == (Doubt.NO_TERRITORY,)
    assert doubts(a_candidate(), covered=lambda lat, lon: (lat, lon) == HERE) == ()


def test_what_the_geocoder_doubts_is_doubtful():
    assert doubts(a_candidate(weak=True)) == (Doubt.WEAK,)


def test_one_that_names_no_town_is_not_in_the_wrong_one():
    assert doubts(a_candidate(city="", label="12 Merchants Street")) == ()


def test_distances_are_great_circles():
    [metre] = metres((0.0, 0.0), [(0.0, 1.0)])
    assert metre == pytest.approx(111_195, abs=1)
