"""What became of planned visits, told from the plans that followed one another."""

from datetime import UTC, date, datetime, timedelta

from crm.rules.visit_calendar import PublishedPlan, Slot, standings

MONDAY = date(2026, 11, 30)
BEGAN = datetime(2026, 11, 27, 9, tzinfo=UTC)


def at(day, hour=9):
    return Slot(date=MONDAY + timedelta(days=day), begin_s=hour * 3600, end_s=hour * 3600 + 1800)


def a_plan(number, visits, first=0, last=27, **changes):
    values = {
        "id": number,
        "first_day": MONDAY + timedelta(days=first),
        "last_day": MONDAY + timedelta(days=last),
        "at": BEGAN + timedelta(days=number),
        "in_force": True,
        "visits": visits,
    }
    return PublishedPlan(**values | changes)


def told(*plans):
    return {
        (v.cycle.day, v.visit_id): (v.sequence, v.cancelled, v.changed_at.day)
        for v in standings(plans)
    }


def test_a_first_plan():
    assert told(a_plan(1, {"C1/1": at(0)})) == {(30, "C1/1"): (0, False, 28)}


def test_a_visit_that_stays_keeps_its_sequence_and_one_that_moves_counts_on():
    first = a_plan(1, {"C1/1": at(0), "C2/1": at(1)}, in_force=False)
    second = a_plan(2, {"C1/1": at(0), "C2/1": at(2)})
    assert told(second, first) == {
        (30, "C1/1"): (0, False, 28),
        (30, "C2/1"): (1, False, 29),
    }


def test_a_visit_that_is_dropped_and_comes_back():
    plans = [
        a_plan(1, {"C1/1": at(0)}, in_force=False),
        a_plan(2, {}, in_force=False),
        a_plan(3, {"C1/1": at(0)}),
    ]
    assert told(*plans[:2]) == {(30, "C1/1"): (1, True, 29)}
    assert told(*plans) == {(30, "C1/1"): (2, False, 30)}


def test_a_plan_that_begins_later_ends_the_one_before():
    first = a_plan(1, {"C1/1": at(0), "C1/2": at(14)}, last=6)
    later = a_plan(2, {"C1/1": at(15)}, first=7)
    assert told(first, later) == {
        (30, "C1/1"): (0, False, 28),
        (30, "C1/2"): (1, True, 29),
        (7, "C1/1"): (0, False, 29),
    }


def test_a_plan_that_begins_earlier_replaces_those_within():
    first = a_plan(1, {"C1/1": at(8)}, first=7, in_force=False)
    earlier = a_plan(2, {"C1/1": at(8)})
    assert told(first, earlier) == {(7, "C1/1"): (1, True, 29), (30, "C1/1"): (0, False, 29)}


def test_the_next_cycle_leaves_the_last_one_alone():
    first = a_plan(1, {"C1/1": at(0)})
    following = a_plan(2, {"C1/1": at(30)}, first=28, last=55)
    assert told(first, following) == {(30, "C1/1"): (0, False, 28), (28, "C1/1"): (0, False, 29)}


def test_a_plan_that_was_ended_or_taken_away_tells_of_no_visit_as_standing():
    ended = a_plan(1, {"C1/1": at(0), "C1/2": at(14)}, last=6)
    assert told(ended) == {(30, "C1/1"): (0, False, 28), (30, "C1/2"): (1, True, 28)}
    assert told(a_plan(1, {"C1/1": at(0)}, in_force=False)) == {(30, "C1/1"): (1, True, 28)}
