"""Which visits are due at a customer: by interval, with appointments and promises among them."""

from datetime import date

import pytest

from crm.models import Appointment, Promise
from crm.vocabulary import Purpose
from field_api.services.planning.visits import appointed, due_at, with_promises
from tests.builders import a_customer

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 27)
WEEKLY = a_customer("W", grade="A")  # every 7 days, 3 either way
MONTHLY = a_customer("M", grade="C")  # every 28 days, 7 either way
QUARTERLY = a_customer("Q", grade="E")  # every 84 days


def dec(day: int) -> date:
    return date(2026, 12, day)


def nov(day: int) -> date:
    return date(2026, 11, day)


def booked(on: date, code="A1", **changes) -> Appointment:
    values = {"customer_id": 1, "begin_s": 36000, "minutes": 45}
    return Appointment(code=code, date=on, **(values | changes))


def promised(due: date, code="P1") -> Promise:
    return Promise(code=code, customer_id=1, what="x", made_on=nov(1), due=due)


def days(visits) -> list[date]:
    return [visit.ideal for visit in visits]


def kinds(visits) -> list[str | None]:
    return [visit.commitment and visit.commitment.kind for visit in visits]


def test_the_interval_counts_from_the_last_visit():
    visits = due_at(WEEKLY, [], nov(27), FIRST, LAST)
    assert days(visits) == [dec(4), dec(11), dec(18), dec(25)]
    assert [visit.number for visit in visits] == [1, 2, 3, 4]
    assert (visits[0].earliest, visits[0].latest) == (dec(1), dec(7))
    assert visits[3].latest == LAST  # not dec(28), which is the next cycle's
    assert {visit.service_s for visit in visits} == {40 * 60}
    assert {visit.purpose for visit in visits} == {Purpose.KEY_CARE}
    assert len({visit.id for visit in visits}) == 4


def test_own_interval_and_length_come_before_the_grades():
    own = a_customer("O", grade="A", interval_days=14, service_minutes=90)
    visits = due_at(own, [], nov(27), FIRST, LAST)
    assert days(visits) == [dec(11), dec(25)]
    assert {visit.service_s for visit in visits} == {90 * 60}


def test_an_ungraded_customer_counts_as_e():
    nobody = a_customer("N", grade=None)
    assert due_at(nobody, [], nov(20), FIRST, LAST) == []
    (visit,) = due_at(nobody, [], date(2026, 9, 10), FIRST, LAST)
    assert (visit.ideal, visit.purpose, visit.service_s) == (dec(3), Purpose.CHECK_UP, 1200)


def test_an_appointment_takes_the_place_of_the_visit_due_about_then():
    (visit,) = due_at(MONTHLY, [booked(dec(10))], nov(9), FIRST, LAST)  # due on 7 December
    assert (visit.earliest, visit.ideal, visit.latest) == (dec(10), dec(10), dec(10))
    assert (visit.commitment.kind, visit.commitment.id) == ("appointment", "A1")
    assert (visit.commitment.begin_s, visit.service_s) == (36000, 45 * 60)
    assert visit.purpose == Purpose.APPOINTMENT


def test_from_an_appointment_on_the_interval_is_counted_anew():
    visits = due_at(WEEKLY, [booked(dec(9))], nov(27), FIRST, LAST)
    assert days(visits) == [dec(4), dec(9), dec(16), dec(23)]
    assert kinds(visits) == [None, "appointment", None, None]
    assert visits[0].latest < dec(9)
    assert visits[2].earliest > dec(9)


def test_an_appointment_where_none_is_due_is_one_more():
    assert due_at(QUARTERLY, [], nov(20), FIRST, LAST) == []
    (visit,) = due_at(QUARTERLY, [booked(dec(8))], nov(20), FIRST, LAST)
    assert visit.ideal == dec(8)


def test_two_appointments_are_both_kept():
    visits = due_at(WEEKLY, [booked(dec(2)), booked(dec(3), "A2")], nov(27), FIRST, LAST)
    assert kinds(visits) == ["appointment", "appointment", None, None, None]
    assert days(visits) == [dec(2), dec(3), dec(10), dec(17), dec(24)]


def test_an_appointment_after_the_cycle_waits():
    visits = due_at(WEEKLY, [booked(dec(28))], nov(27), FIRST, LAST)
    assert kinds(visits) == [None] * 4


def test_a_new_appointment_replaces_the_nearest_planned_visit():
    planned = due_at(WEEKLY, [], nov(27), FIRST, LAST)
    visits = appointed(WEEKLY, planned, [booked(dec(10))], LAST)
    assert days(visits) == [dec(4), dec(10), dec(18), dec(25)]
    visits = appointed(MONTHLY, [], [booked(dec(10))], LAST)
    assert days(visits) == [dec(10)]
    assert appointed(WEEKLY, planned, [booked(dec(30))], LAST) == planned


def test_a_promise_is_a_deadline_for_the_visit_that_is_due():
    planned = due_at(MONTHLY, [], nov(9), FIRST, LAST)
    assert planned[0].latest == dec(14)
    (visit,), notes = with_promises(MONTHLY, planned, [promised(dec(5))], FIRST, LAST)
    assert notes == []
    assert (visit.earliest, visit.ideal, visit.latest) == (FIRST, dec(5), dec(5))
    assert (visit.commitment.kind, visit.commitment.id) == ("promise", "P1")
    assert (visit.id, visit.purpose) == (planned[0].id, Purpose.PROMISE)


def test_a_promise_that_no_visit_can_keep_is_one_more():
    late = due_at(WEEKLY, [], nov(29), FIRST, LAST)  # the first may be on 3 December
    visits, _ = with_promises(WEEKLY, late, [promised(dec(1))], FIRST, LAST)
    assert len(visits) == len(late) + 1
    assert [visit.number for visit in visits] == [1, 2, 3, 4, 5]
    assert (visits[0].id, visits[0].latest, kinds(visits)[0]) == ("W@promise:P1", dec(1), "promise")
    (visit,), _ = with_promises(QUARTERLY, [], [promised(dec(8))], FIRST, LAST)
    assert (visit.earliest, visit.latest, visit.service_s) == (FIRST, dec(8), 1200)


def test_an_overdue_promise_is_soon_and_told():
    (visit,), (note,) = with_promises(QUARTERLY, [], [promised(nov(20))], FIRST, LAST)
    assert (visit.earliest, visit.latest) == (FIRST, dec(2))
    assert note.params == {"promise": "P1", "customer": "Customer Q", "due": "2026-11-20"}
    assert "P1" in note.text.format(**note.params)


def test_a_promise_due_on_the_first_day_is_not_overdue():
    (visit,), notes = with_promises(QUARTERLY, [], [promised(FIRST)], FIRST, LAST)
    assert (visit.latest, notes) == (FIRST, [])


@pytest.mark.parametrize(("appointment", "visits"), [(dec(3), 1), (dec(5), 1), (dec(6), 2)])
def test_an_appointment_keeps_a_promise_that_is_due_later(appointment, visits):
    planned = due_at(QUARTERLY, [booked(appointment)], nov(20), FIRST, LAST)
    found, _ = with_promises(QUARTERLY, planned, [promised(dec(5))], FIRST, LAST)
    assert len(found) == visits


def test_one_visit_keeps_two_promises():
    both = [promised(dec(5)), promised(dec(12), "P2")]
    found, _ = with_promises(QUARTERLY, [], both, FIRST, LAST)
    assert [visit.latest for visit in found] == [dec(5)]


def test_a_promise_due_after_the_cycle_waits():
    planned = due_at(WEEKLY, [], nov(27), FIRST, LAST)
    assert with_promises(WEEKLY, planned, [promised(dec(28))], FIRST, LAST) == (planned, [])


def test_an_appointment_at_the_start_takes_the_place_of_the_overdue_visit():
    visits = due_at(WEEKLY, [booked(dec(1))], nov(1), FIRST, LAST)
    assert kinds(visits) == ["appointment", None, None, None]
    assert all(visit.earliest <= visit.latest for visit in visits)
