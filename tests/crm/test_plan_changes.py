"""What one plan changes against another."""

from datetime import date

from crm.rules.plan_changes import DayChange, OnDay, changes_between


def on(name, day, customer=1):
    return OnDay(visit_id=name, customer_id=customer, date=date(2026, 12, day))


def change(name, before, after, customer=1):
    days = [day and date(2026, 12, day) for day in (before, after)]
    return DayChange(visit_id=name, customer_id=customer, before=days[0], after=days[1])


def test_the_same_day_is_the_same_visit_whatever_it_is_called():
    assert changes_between([on("C1/1", 7), on("C1/2", 14)], [on("C1/2", 7), on("C1/3", 14)]) == []


def test_moved_added_and_dropped():
    before = [on("C1/1", 7), on("C1/2", 14), on("C2/1", 8, 2)]
    after = [on("C1/2", 15), on("C1/1", 7), on("C1/3", 21), on("C3/1", 9, 3)]
    assert changes_between(before, after) == [
        change("C1/2", 14, 15),
        change("C1/3", None, 21),
        change("C2/1", 8, None, 2),
        change("C3/1", None, 9, 3),
    ]


def test_nothing_against_nothing():
    assert changes_between([], []) == []
