"""The rules of files: how deep roles see, quarters, and what a verification may say."""

from datetime import date

import pytest

from crm.rules.files import (
    CheckedField,
    ImpossibleVerification,
    Quarter,
    StillMissing,
    depth_of,
    is_overdue,
    quarter_of,
    refuse_impossible_verification,
    refuse_incomplete,
)
from crm.vocabulary import FileDepth, Role

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize("role", Role)
def test_reps_see_operating_cards_all_others_the_working_copy(role):
    card = role is Role.REP
    assert depth_of(role) is (FileDepth.OPERATING_CARD if card else FileDepth.WORKING_COPY)


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2026, 1, 1), "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (date(2028, 4, 1), "2028-Q2", date(2028, 4, 1), date(2028, 6, 30)),
        (date(2026, 9, 30), "2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarters_on_the_edges_of_years(day, name, first, last):
    quarter = quarter_of(day)
    assert (quarter.name, quarter.first_day, quarter.last_day) == (name, first, last)
    assert quarter == Quarter(year=day.year, number=int(name[-1]))


def test_what_is_missing_needs_a_day_and_what_is_right_has_none():
    phone = [CheckedField.CONTACT_PHONE]
    refuse_impossible_verification([], None, today=TODAY)
    for day in (TODAY, date(2027, 12, 1)):
        refuse_impossible_verification(phone, day, today=TODAY)
    for missing, day in (
        ([], TODAY),
        (phone, None),
        (phone, date(2026, 11, 29)),
        (phone, date(2027, 12, 2)),
    ):
        with pytest.raises(ImpossibleVerification):
            refuse_impossible_verification(missing, day, today=TODAY)


def test_an_empty_field_is_not_completed():
    refuse_incomplete(["contact_phone", "sales", "name"], {"contact_phone": "1"})
    with pytest.raises(StillMissing) as refused:
        refuse_incomplete(["city", "contact_phone", "sales"], {"contact_phone": "", "city": "x"})
    assert refused.value.params == {"fields": "contact_phone"}


def test_the_last_day_is_still_in_time():
    assert not is_overdue(TODAY, completed=False, today=TODAY)
    assert is_overdue(date(2026, 11, 29), completed=False, today=TODAY)
    assert not is_overdue(date(2026, 11, 29), completed=True, today=TODAY)
    assert not is_overdue(None, completed=False, today=TODAY)
