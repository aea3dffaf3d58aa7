from collections import Counter
from datetime import date, timedelta

import pytest

from crm.rules.cadence import due_visits, gap_limits, tolerance_days

MONDAY = date(2026, 11, 30)
SUNDAY = MONDAY + timedelta(days=27)


def due(last_visit, interval_days, code="C1"):
    return due_visits(
        code=code,
        interval_days=interval_days,
        last_visit=last_visit,
        first_day=MONDAY,
        last_day=SUNDAY,
    )


def test_a_weekly_customer_is_due_each_week_on_the_same_weekday():
    thursday_before = MONDAY - timedelta(days=4)
    assert [v.due.weekday() for v in due(thursday_before, 7)] == [3, 3, 3, 3]


def test_an_interval_that_ends_on_the_first_or_the_last_day_falls_in_the_cycle():
    assert [v.due for v in due(MONDAY - timedelta(days=56), 56)] == [MONDAY]
    assert [v.due for v in due(SUNDAY - timedelta(days=56), 56)] == [SUNDAY]


def test_an_interval_that_ends_a_day_after_the_cycle_is_not_due():
    assert due(SUNDAY - timedelta(days=55), 56) == ()


def test_an_overdue_customer_is_due_at_the_start_and_then_by_the_interval():
    visits = due(MONDAY - timedelta(days=40), 14)
    assert [v.due for v in visits] == [MONDAY, MONDAY + timedelta(days=14)]
    assert [v.overdue for v in visits] == [True, False]


def test_dates_keep_the_gap_limits_to_the_last_visit():
    last = MONDAY - timedelta(days=3)
    (visit,) = due(last, 28)
    least, most = gap_limits(28)
    assert (visit.earliest - last).days == least
    assert visit.latest == min(SUNDAY, last + timedelta(days=most))


def test_each_week_a_twelfth_of_the_customers_never_visited_is_due():
    weeks = Counter()
    for n in range(6000):
        for visit in due_visits(
            code=f"C{n}",
            interval_days=84,
            last_visit=None,
            first_day=MONDAY,
            last_day=MONDAY + timedelta(days=83),
        ):
            weeks[(visit.due - MONDAY).days // 7] += 1
    assert sum(weeks.values()) == 6000
    assert all(400 <= weeks[week] <= 600 for week in range(12))


def test_the_phase_of_a_customer_never_visited_does_not_depend_on_the_cycle_asked_for():
    (first,) = due(None, 28)
    later = due_visits(
        code="C1",
        interval_days=28,
        last_visit=None,
        first_day=MONDAY + timedelta(days=28),
        last_day=SUNDAY + timedelta(days=28),
    )
    assert [v.due - first.due for v in later] == [timedelta(days=28)]


@pytest.mark.parametrize(("interval", "tolerance"), [(1, 0), (3, 1), (7, 3), (14, 3), (84, 21)])
def test_tolerance(interval, tolerance):
    assert tolerance_days(interval) == tolerance


def test_an_interval_of_no_days_is_refused():
    with pytest.raises(ValueError, match="interval_days is 0"):
        due(None, 0)


@pytest.mark.parametrize("last_visit", [None, MONDAY - timedelta(days=60)])
def test_no_days_hold_no_visits(last_visit):
    asked = {"code": "C1", "interval_days": 7, "last_visit": last_visit}
    assert due_visits(first_day=MONDAY, last_day=MONDAY - timedelta(days=1), **asked) == ()
