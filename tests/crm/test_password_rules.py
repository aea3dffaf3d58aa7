"""Which passwords are accepted."""

import pytest

from crm.rules.passwords import LONGEST, MOST_COMMON, SHORTEST, PasswordRefused, refuse_unfit


@pytest.mark.parametrize(
    "password",
    [
        "a long sentence",
        "callcycle demo",
        "拜访周期是一个很好的产品名",
        "x7$Kq!m2Zp9w",
        "maria likes boats",
    ],
)
def test_long_ones_of_ones_own_are_accepted(password):
    refuse_unfit(password, "maria")


@pytest.mark.parametrize(
    ("password", "hint"),
    [
        ("", "0 characters; use at least 12"),
        ("eleven char", "11 characters"),
        ("a" * (LONGEST + 1), "1025 characters; use at most 1024"),
        ("Password1234", "first to be guessed"),
        ("PASSWORDpassword", "first to be guessed"),
        ("aaaaaaaaaaaaaaaa", "first to be guessed"),
        ("121212121212", "first to be guessed"),
        ("mariamariamaria", "the user name"),
        ("Maria-2026-2027!", "the user name"),
        ("Ｍaria1234567", "the user name"),
    ],
)
def test_what_would_be_guessed_is_refused(password, hint):
    with pytest.raises(PasswordRefused, match=hint):
        refuse_unfit(password, "maria")


def test_the_list_holds_nothing_that_other_rules_refuse_already():
    assert all(len(password) >= SHORTEST for password in MOST_COMMON)
    assert all(password == password.casefold() for password in MOST_COMMON)
