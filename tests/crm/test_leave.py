"""What a leave takes of a day."""

from datetime import date

import pytest

from crm.rules.leave import Absence, Hours, hours_left, parts_off
from crm.vocabulary import DayPart

H = 3600
DAY = Hours(begin_s=8 * H, end_s=17 * H, lunch_earliest_s=11 * H, lunch_s=H)
MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)
MORNING, AFTERNOON, WHOLE = DayPart.MORNING, DayPart.AFTERNOON, DayPart.WHOLE


@pytest.mark.parametrize(
    ("off", "left"),
    [
        ((), (8 * H, 17 * H)),
        ((MORNING,), (12 * H, 17 * H)),
        ((AFTERNOON,), (8 * H, 11 * H)),
        ((WHOLE,), None),
        ((MORNING, WHOLE), None),
    ],
)
def test_what_is_left_of_a_day(off, left):
    assert hours_left(DAY, frozenset(off)) == left


def test_without_lunch_the_halves_meet_in_the_middle():
    day = Hours(begin_s=8 * H, end_s=18 * H, lunch_earliest_s=11 * H, lunch_s=0)
    assert hours_left(day, frozenset({MORNING})) == (13 * H, 18 * H)
    assert hours_left(day, frozenset({AFTERNOON})) == (8 * H, 13 * H)


def test_a_day_that_begins_at_lunch_has_no_morning():
    late = Hours(begin_s=12 * H, end_s=20 * H, lunch_earliest_s=11 * H, lunch_s=H)
    assert hours_left(late, frozenset({AFTERNOON})) is None
    assert hours_left(late, frozenset({MORNING})) == (13 * H, 20 * H)


def test_which_parts_of_a_day_are_off():
    absences = (
        Absence(first_day=MONDAY, last_day=FRIDAY, part=MORNING),
        Absence(first_day=FRIDAY, last_day=FRIDAY, part=AFTERNOON),
    )
    assert parts_off(absences, MONDAY) == {MORNING}
    assert parts_off(absences, FRIDAY) == {MORNING, AFTERNOON, WHOLE}
    assert parts_off(absences, date(2026, 12, 5)) == frozenset()
