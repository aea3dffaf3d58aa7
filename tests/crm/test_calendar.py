"""Which days a country works, and a rep with it."""

from datetime import date, timedelta

import holidays
import pytest

from crm.rules.calendar import (
    CalendarSource,
    SpecialDay,
    country_code,
    guessed_years,
    special_days,
    working_days,
)

JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 31)
BREAKS = (  # first and last days of the notice of 2026
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
)
MADE_UP = {
    date(2026, month, day) for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
}


def worked(weekdays="01234", first_day=JANUARY, last_day=DECEMBER, own=(), country="CN"):
    special = special_days(country, first_day, last_day, own)
    return working_days(
        first_day,
        last_day,
        weekdays=weekdays,
        holidays={day for day, one in special.items() if not one.is_workday},
        made_up={day for day, one in special.items() if one.is_workday},
    )


def test_2026_in_china_is_as_announced():
    found = special_days("CN", JANUARY, DECEMBER)
    off = {a + timedelta(days=n) for a, b in BREAKS for n in range((b - a).days + 1)}
    assert {day for day, one in found.items() if not one.is_workday} == off
    assert {day for day, one in found.items() if one.is_workday} == MADE_UP
    assert {one.source for one in found.values()} == {CalendarSource.OFFICIAL}
    assert len(worked()) == 365 - 104 - 13  # weekends and public holidays, all made up for


def test_the_notice_and_the_package_agree_where_both_speak():
    package = holidays.country_holidays("CN", years=2026)
    found = special_days("CN", JANUARY, DECEMBER)
    assert not [day for day in package if found[day].is_workday]
    assert {day for day in package.weekend_workdays if day.year == 2026} == MADE_UP


def test_who_works_on_saturdays_has_the_break_and_the_made_up_sunday():
    days = worked("012345")
    assert not {date(2026, 2, 15), date(2026, 2, 21), date(2026, 5, 2)} & set(days)
    assert {date(2026, 1, 4), date(2026, 9, 20), date(2026, 2, 7)} <= set(days)


def test_who_works_fewer_days_a_week_keeps_to_them():
    assert not set(worked("024")) & MADE_UP
    assert date(2026, 2, 14) in worked("05")  # a Saturday of theirs anyway


def test_the_operators_days_come_before_all_others():
    new_year, tuesday = date(2027, 1, 1), date(2027, 1, 5)
    own = (
        SpecialDay(date=new_year, is_workday=True, name="stocktaking"),
        SpecialDay(date=tuesday, is_workday=False, name="after it"),
    )
    days = worked(first_day=new_year, last_day=tuesday, own=own)
    assert days == (new_year, date(2027, 1, 4))


def test_a_country_goes_by_any_of_its_codes():
    assert country_code("CHN") == country_code("CN") == "CN"
    assert special_days("CHN", JANUARY, DECEMBER) == special_days("CN", JANUARY, DECEMBER)
    assert special_days("", JANUARY, DECEMBER) == {}
    with pytest.raises(NotImplementedError):
        country_code("ZZ")


def test_a_period_over_the_years_end():
    found = special_days("MT", date(2026, 12, 20), date(2027, 1, 5))
    assert list(found) == [date(2026, 12, 25), date(2027, 1, 1)]


def test_a_year_not_announced_is_a_guess_until_its_days_are_stated():
    first_day, last_day = date(2027, 1, 1), date(2027, 12, 31)
    guess = special_days("CN", first_day, last_day)
    assert guessed_years(guess.values(), "CN", [2027]) == [2027]
    stated = SpecialDay(date=date(2027, 2, 13), is_workday=True, name="made up")
    assert guessed_years([*guess.values(), stated], "CN", [2027]) == []
    assert guessed_years([], "MT", [2027]) == []
    assert guessed_years([], "", [2027]) == []
