"""A rep's work in figures: what counts, and of what."""

from datetime import date

import pytest

from crm.rules.rep_figures import (
    DaySpent,
    Owed,
    Share,
    months_back,
    plan_adherence,
    promises_kept,
    travel_share,
)

MON, TUE = date(2026, 11, 30), date(2026, 12, 1)


def test_adherence_counts_customers_on_their_day():
    planned = {(1, MON), (2, MON), (3, TUE)}
    assert plan_adherence(planned, {(1, MON), (2, TUE), (9, MON)}, set()) == share(1, 3)


def test_a_customer_found_closed_is_left_out_of_both():
    planned = {(1, MON), (2, MON)}
    assert plan_adherence(planned, {(1, MON)}, {(2, MON)}) == share(1, 1)
    assert plan_adherence(planned, {(1, MON)}, {(1, MON)}) == share(1, 2)  # found there later


@pytest.mark.parametrize(("kept_on", "kept"), [(MON, 1), (TUE, 0), (None, 0)])
def test_a_promise_is_kept_by_its_day(kept_on, kept):
    assert promises_kept([Owed(due=MON, kept_on=kept_on)]) == share(kept, 1)


def test_waiting_is_part_of_the_day_and_the_break_is_not():
    day = DaySpent(away_s=10_000, lunch_s=2_000, travel_s=3_000, visit_s=4_000)
    assert travel_share([day]) == share(3_000, 8_000)
    assert travel_share([day, day]).value == pytest.approx(0.375)


def test_an_empty_whole_has_no_share():
    assert share(0, 0).value is None


def test_months_end_where_they_end():
    assert months_back(date(2026, 3, 31), 2) == [
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 1, 1), date(2026, 1, 31)),
    ]


def share(numerator: int, denominator: int) -> Share:
    return Share(numerator=numerator, denominator=denominator)
