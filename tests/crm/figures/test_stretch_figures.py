"""The figures of coverage, each alone, with cases counted by hand."""

from dataclasses import replace
from datetime import date

import pytest

from crm.models.care_spells import EVER
from crm.rules.figures.attained import attained, frequency_attainment, required
from crm.rules.figures.covered import coverage
from crm.rules.figures.in_interval import gaps, interval_compliance
from crm.rules.figures.overdue import is_overdue, overdue_rate
from crm.rules.figures.stretches import Stretch, cut
from crm.rules.rep_figures import Share

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def nov(day: int) -> date:
    return date(2026, 11, day)


def november(*visits: date, every=14, **changes) -> Stretch:
    whole = Stretch(
        first=FIRST, last=LAST, interval_days=every, in_care_since=EVER, visits=tuple(visits)
    )
    return replace(whole, **changes)


@pytest.mark.parametrize(
    ("stretch", "asked"),
    [
        (november(date(2026, 10, 25)), 2),  # due on the 8th and the 22nd
        (november(date(2026, 10, 1)), 3),  # late already: on the 1st, the 15th and the 29th
        (november(), 3),  # never visited since ever
        (november(in_care_since=nov(20), first=nov(20)), 0),  # new: due an interval later
        (november(in_care_since=nov(2), first=nov(2)), 2),  # on the 15th and the 29th
        (november(date(2026, 10, 25), last=nov(7)), 0),  # struck out a day before it was due
        (november(date(2026, 10, 25), last=nov(8)), 1),
        (november(date(2026, 10, 25), first=nov(10)), 2),  # comes late into new hands
        (november(date(2026, 11, 30), every=84), 1),  # visits of the stretch ask for nothing
        (november(date(2026, 10, 25), every=84), 0),
    ],
)
def test_visits_asked_for_in_a_stretch(stretch, asked):
    assert required(stretch) == asked


def test_one_visit_too_often_hides_no_gap():
    twice = november(date(2026, 10, 20), nov(3), nov(4), nov(5), nov(6))
    never = november(date(2026, 10, 25))
    assert (required(twice), attained(twice)) == (2, 2)
    assert frequency_attainment([twice, never]) == Share(numerator=2, denominator=4)


def test_a_visit_before_or_after_the_stretch_covers_nobody():
    paused = november(nov(3), first=nov(10), last=nov(20))
    assert coverage([paused, november(nov(1)), november(nov(30))]) == Share(
        numerator=2, denominator=3
    )


@pytest.mark.parametrize(
    ("last_visit", "late"), [(nov(16), True), (nov(17), False), (nov(2), True)]
)
def test_overdue_is_who_was_not_visited_by_the_end_of_the_due_day(last_visit, late):
    assert is_overdue(november(last_visit), LAST) is late


def test_who_is_in_care_no_more_is_not_overdue():
    gone = november(date(2026, 9, 1), last=nov(29))
    new = november(in_care_since=nov(20), first=nov(20))
    assert overdue_rate([gone, november(), new], LAST) == Share(numerator=1, denominator=2)


def test_a_gap_is_in_time_up_to_the_target_and_its_tolerance():
    fourteen_and_three = november(date(2026, 10, 20), nov(6), nov(24))  # 17 and 18 days
    assert gaps(fourteen_and_three) == [17, 18]
    assert interval_compliance([fourteen_and_three]) == Share(numerator=1, denominator=2)
    assert interval_compliance([november(nov(3))]) == Share(numerator=0, denominator=0)


def test_a_spell_is_cut_to_the_month():
    assert cut(FIRST, LAST, spell=(EVER, nov(3))) == (FIRST, nov(3))
    assert cut(FIRST, LAST, spell=(date(2026, 12, 1), date(9999, 12, 31))) is None
