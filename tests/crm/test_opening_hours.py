from datetime import date

import pytest

from crm.rules.opening_hours import UnreadableOpeningHours, problem_with, weekly_hours

MONDAY = date(2026, 11, 30)
H = 3600


@pytest.mark.parametrize("text", ["", "  ", "24/7", "Mo-Su", "Mo-Su 00:00-24:00"])
def test_always_open(text):
    assert weekly_hours(text, MONDAY) is None


def test_a_lunch_break_makes_two_intervals():
    hours = weekly_hours("Mo 08:00-12:00,13:00-17:00", MONDAY)
    assert hours == ((0, 8 * H, 12 * H), (0, 13 * H, 17 * H))


def test_hours_over_midnight_belong_to_both_days():
    hours = weekly_hours("Su 22:00-04:00", MONDAY)
    assert hours == ((0, 0, 4 * H), (6, 22 * H, 24 * H))


def test_seasons_are_those_of_the_week_asked_for():
    text = "Jul-Aug Mo 08:00-12:00; Dec Mo 09:00-10:00"
    assert weekly_hours(text, date(2026, 7, 6)) == ((0, 8 * H, 12 * H),)
    assert weekly_hours(text, date(2026, 12, 7)) == ((0, 9 * H, 10 * H),)
    assert weekly_hours(text, date(2026, 5, 4)) == ()


def test_a_fallback_does_not_swallow_other_days():
    hours = weekly_hours('Mo-Fr 08:00-12:00 || unknown "by appointment"', MONDAY)
    assert hours == tuple((day, 8 * H, 12 * H) for day in range(5))


@pytest.mark.parametrize("text", ["noon to late", "Mo-Sa 9:00-17.30", "\ud800", "a\nb", "\x00"])
def test_unreadable_hours_say_where(text):
    with pytest.raises(UnreadableOpeningHours) as caught:
        weekly_hours(text, MONDAY)
    assert caught.value.hint
    assert problem_with(text) is not None


def test_the_hint_is_what_could_not_be_read():
    problem = problem_with("Mo-Sa 9:00-17.30")
    assert problem is not None
    assert problem.hint == "17.30"
    assert problem_with("Mo-Sa 09:00-17:30") is None
