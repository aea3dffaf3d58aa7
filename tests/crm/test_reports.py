"""What a report must hold to, and what follows from it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm.rules.places import metres_between
from crm.rules.reports import (
    ImpossibleTimes,
    day_of,
    is_far,
    is_valid_visit,
    refuse_future,
    refuse_impossible_due,
    refuse_impossible_times,
    stands_on,
)
from crm.vocabulary import VisitOutcome

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("checked_in_at", [NOW, NOW + DAY, NOW - 400 * DAY])
def test_any_past_day_and_a_day_ahead(checked_in_at):
    refuse_impossible_times(checked_in_at, None, now=NOW)
    refuse_impossible_times(checked_in_at, checked_in_at, now=NOW)
    refuse_impossible_times(checked_in_at, checked_in_at + DAY, now=NOW)


@pytest.mark.parametrize(
    ("checked_in_at", "checked_out_at"),
    [(NOW + DAY + SECOND, None), (NOW, NOW - SECOND), (NOW, NOW + DAY + SECOND)],
)
def test_times_no_visit_can_have(checked_in_at, checked_out_at):
    with pytest.raises(ImpossibleTimes):
        refuse_impossible_times(checked_in_at, checked_out_at, now=NOW)


def test_nothing_has_happened_in_the_future():
    refuse_future(NOW + DAY, now=NOW)
    with pytest.raises(ImpossibleTimes):
        refuse_future(NOW + DAY + SECOND, now=NOW)


def test_a_promise_is_due_on_its_day_or_later():
    refuse_impossible_due(date(2026, 11, 30), made_on=date(2026, 11, 30))
    refuse_impossible_due(date(2029, 11, 30), made_on=date(2026, 11, 30))
    for due in (date(2026, 11, 29), date(2062, 11, 30)):
        with pytest.raises(ImpossibleTimes):
            refuse_impossible_due(due, made_on=date(2026, 11, 30))


@pytest.mark.parametrize(
    ("zone", "expected"), [("America/New_York", 29), ("UTC", 29), ("Europe/Malta", 30)]
)
def test_the_day_is_where_the_rep_is(zone, expected):
    late = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    assert day_of(late, ZoneInfo(zone)).day == expected


@pytest.mark.parametrize(
    ("outcome", "out", "valid"),
    [
        (VisitOutcome.MET, NOW, True),
        (VisitOutcome.ORDER_TAKEN, NOW, True),
        (VisitOutcome.CLOSED, NOW, False),
        (VisitOutcome.NOT_MET, NOW, False),
        (VisitOutcome.MET, None, False),
    ],
)
def test_a_valid_visit(outcome, out, valid):
    assert is_valid_visit(outcome, out) is valid


@pytest.mark.parametrize(
    ("distance", "accuracy", "far"),
    [(300, None, False), (301, None, True), (301, 1.0, False), (350, 49.9, True)],
)
def test_far_is_beyond_the_allowance_and_what_the_phone_errs(distance, accuracy, far):
    assert is_far(distance, accuracy, allowance_m=300) is far


def test_metres_on_the_ground():
    assert metres_between(35.8989, 14.5146, 35.8989, 14.5146) == 0
    assert metres_between(0, 0, 0, 180) == pytest.approx(20_015_115, abs=1)
    # Valletta to Victoria on Gozo, as the crow flies
    assert metres_between(35.8989, 14.5146, 36.0444, 14.2397) == pytest.approx(29_600, rel=0.01)
    assert metres_between(0, 179.999, 0, -179.999) == pytest.approx(222, abs=1)


@pytest.mark.parametrize(
    ("outcome", "days_off", "names_visit", "stands"),
    [
        (VisitOutcome.MET, 0, False, True),
        (VisitOutcome.CLOSED, 0, False, True),
        (VisitOutcome.MET, 3, True, True),
        (VisitOutcome.MET, 3, False, False),
        (VisitOutcome.CLOSED, 3, True, False),  # put off from the day on which it was closed
        (VisitOutcome.NOT_MET, 3, True, False),
    ],
)
def test_who_was_not_there_is_still_to_be_visited(outcome, days_off, names_visit, stands):
    today = NOW.date()
    found = stands_on(
        outcome, visited_on=today, names_visit=names_visit, planned_on=today + days_off * DAY
    )
    assert found is stands
