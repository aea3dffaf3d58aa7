"""What a rep may decide alone when the day changes."""

from datetime import date

import pytest

from crm.rules.day_changes import Need, PutOff, need_of, needs_of
from crm.vocabulary import Grade

LATEST = date(2026, 12, 4)
IN_TIME, LATE = date(2026, 12, 4), date(2026, 12, 5)


def put_off(after: date | None = IN_TIME, grade: Grade = Grade.A, **changes) -> PutOff:
    return PutOff(visit_id="v", grade=grade, after=after, latest=LATEST, **changes)


@pytest.mark.parametrize(
    ("visit", "need"),
    [
        (put_off(), None),
        (put_off(LATE), Need.LATE_FOR_AN_A),
        (put_off(LATE, Grade.B), None),
        (put_off(None, Grade.E), Need.VISIT_LOST),
        (put_off(None, promised=True), Need.PROMISE_BROKEN),
        (put_off(promised=True), None),
        (put_off(None, booked=True), Need.APPOINTMENT_BROKEN),
        (put_off(booked=True), Need.APPOINTMENT_BROKEN),
        (put_off(LATE, booked=True, called_off=True), None),
        (put_off(None, booked=True, called_off=True), Need.APPOINTMENT_BROKEN),
    ],
)
def test_why_a_manager_is_asked(visit, need):
    assert need_of(visit) is need


def test_only_visits_with_a_need_are_named():
    assert needs_of([put_off(), put_off(None)]) == {"v": Need.VISIT_LOST}
    assert needs_of([put_off()]) == {}
