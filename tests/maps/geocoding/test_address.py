"""An address as a question."""

import pytest

from maps.geocoding.address import normalised, position_question, question, same_town


@pytest.mark.parametrize(
    ("street", "postcode", "city", "asked"),
    [
        ("1 Strait Street", "VLT 1436", "Valletta", "1 Strait Street, VLT 1436 Valletta"),
        ("1 Strait Street", "", "", "1 Strait Street"),
        ("", "", "Valletta", "Valletta"),
        ("", "VLT 1436", "", ""),
        (" ", "", " ", ""),
        ("历下区经十路1号", "250000", "济南市", "济南市历下区经十路1号"),
        ("山东省济南市经十路1号", "", "济南市", "山东省济南市经十路1号"),
    ],
)
def test_an_address_on_one_line(street, postcode, city, asked):
    assert question(street=street, postcode=postcode, city=city) == asked


def test_addresses_that_differ_by_a_trifle_are_the_same_question():
    assert normalised("1  Strait Street, VLT 1436; Valletta") == normalised(
        "１ STRAIT street VLT 1436 Valletta,"
    )
    assert normalised("1 Strait Street") != normalised("11 Strait Street")


def test_positions_within_a_metre_are_the_same_question():
    assert position_question(35.898901, 14.5146) == position_question(35.898904, 14.5146)
    assert position_question(35.8989, 14.5146) != position_question(35.8990, 14.5146)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("济南", "济南市", True),
        ("VALLETTA", "Valletta, Il-Belt", True),
        ("Valletta", "Sliema", False),
        ("", "Sliema", False),
    ],
)
def test_towns_are_told_apart(one, other, same):
    assert same_town(one, other) is same
