"""A rep's facts as a problem for the planner."""

from datetime import date, timedelta

import pytest

from crm.models import Appointment, UnfitTime
from crm.rules.calendar import SpecialDay
from crm.rules.leave import Absence
from crm.store.plans.plans import RepFacts
from crm.vocabulary import DayPart
from field_api.services.planning.opening import Opening, opening_of
from field_api.services.planning.problem import calendar_of, cycle_task
from routing.problem import OpenHours
from routing.problem import UnfitTime as PlannedUnfitTime
from routing.validate import validate
from tests.builders import MDINA, SLIEMA, a_customer, a_district, a_rep

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 27)
TUESDAY_8 = date(2026, 12, 8)  # Malta: the Immaculate Conception
H = 3600


def a_task(*customers, rep=None, country="", **facts):
    district = a_district(id=1)
    rep = rep or a_rep(district, id=1)
    for number, customer in enumerate(customers, start=1):
        customer.id = number
    found = RepFacts(rep=rep, customers=tuple(customers), **facts)
    return cycle_task(found, first_day=FIRST, last_day=LAST, country=country)


def opening(text: str, first_day=FIRST, last_day=LAST, booked=(), made_up=()) -> Opening:
    return opening_of(a_customer(opening_hours=text), first_day, last_day, booked, made_up)


def test_what_the_planner_gets_is_sound_and_complete():
    task = a_task(
        a_customer("A1", MDINA, grade="A"),
        a_customer("B1", SLIEMA, grade="B"),
        last_visits={1: date(2026, 11, 25), 2: date(2026, 11, 20)},
        unfit_times={2: [UnfitTime(customer_id=2, weekday=1, from_s=12 * H, to_s=13 * H)]},
    )
    problem = task.problem
    assert validate(problem) == ()
    assert (problem.first_day, problem.last_day) == (FIRST, LAST)
    assert [place.id for place in problem.places] == ["R1:start", "A1", "B1"]
    assert problem.travel_source == "straight_line"
    assert problem.travel_s["car"].shape == problem.travel_m["car"].shape == (3, 3)
    first, second = problem.customers
    assert (first.min_gap_days, first.max_gap_days) == (4, 10)
    assert (second.min_gap_days, second.max_gap_days) == (11, 17)
    assert (first.last_visit, first.grade, first.rep_ids) == (date(2026, 11, 25), "A", {"R1"})
    assert first.open_hours is None
    (unfit,) = second.unfit_times
    assert unfit == PlannedUnfitTime(weekday=1, from_s=12 * H, to_s=13 * H)
    assert task.customer_ids == {"A1": 1, "B1": 2}


def test_a_customer_without_a_due_visit_is_left_out():
    task = a_task(a_customer("E1", grade="E"), last_visits={1: date(2026, 11, 25)})
    assert (task.problem.customers, task.problem.visits) == ((), ())


def test_the_day_may_end_elsewhere():
    rep = a_rep(a_district(id=1), id=1, end_lat=MDINA[0], end_lon=MDINA[1])
    problem = a_task(a_customer("A1", SLIEMA, grade="A"), rep=rep).problem
    assert [place.id for place in problem.places] == ["R1:start", "R1:end", "A1"]
    assert {(day.start, day.end) for day in problem.reps[0].workdays} == {(0, 1)}
    assert problem.customers[0].place == 2


def test_working_days_are_the_reps_weekdays_less_public_holidays():
    rep = a_rep(a_district(id=1), id=1, work_weekdays="126", lunch_duration_s=0)
    here = a_task(a_customer(grade="A"), rep=rep, country="MT").problem.reps[0]
    assert {day.date.weekday() for day in here.workdays} == {1, 2, 6}
    assert TUESDAY_8 not in {day.date for day in here.workdays}
    assert {day.lunch for day in here.workdays} == {None}
    nowhere = a_task(a_customer(grade="A"), rep=rep).problem.reps[0]
    assert TUESDAY_8 in {day.date for day in nowhere.workdays}


def test_a_reps_own_country_comes_before_the_settings():
    rep = a_rep(a_district(id=1), id=1, country="DE")
    days = {
        day.date for day in a_task(a_customer(), rep=rep, country="MT").problem.reps[0].workdays
    }
    assert TUESDAY_8 in days
    assert date(2026, 12, 25) not in days


def test_holidays_across_the_year_and_none_without_a_country():
    facts = RepFacts(rep=a_rep(a_district(id=1), id=1), customers=())
    found = calendar_of(facts, date(2026, 12, 20), date(2027, 1, 5), "MT")
    assert {day for day, one in found.items() if not one.is_workday} == {
        date(2026, 12, 25),
        date(2027, 1, 1),
    }
    assert calendar_of(facts, FIRST, LAST, "") == {}


def test_half_a_day_of_leave_leaves_the_other_half_without_lunch():
    absence = Absence(first_day=FIRST, last_day=TUESDAY_8, part=DayPart.MORNING)
    task = a_task(a_customer(grade="A"), absences=(absence,))
    assert validate(task.problem) == ()
    days = {day.date: day for day in task.problem.reps[0].workdays}
    half, whole = days[TUESDAY_8], days[TUESDAY_8 + timedelta(days=1)]
    assert (half.begin_s, half.end_s, half.lunch) == (12 * H + 900, whole.end_s, None)
    assert (whole.begin_s, whole.lunch is not None) == (8 * H + 1800, True)


def test_the_operators_days_come_first_where_the_rep_works():
    saturday = date(2026, 12, 12)
    own = {
        "MT": [SpecialDay(date=TUESDAY_8, is_workday=True, name="we work")],
        "CN": [SpecialDay(date=saturday, is_workday=True, name="elsewhere")],
    }
    task = a_task(a_customer(grade="A"), country="MT", own_days=own)
    days = {day.date for day in task.problem.reps[0].workdays}
    assert TUESDAY_8 in days
    assert saturday not in days


def test_a_calendar_that_nobody_can_know_is_told():
    rep = a_rep(a_district(id=1), id=1, country="CN")
    district = RepFacts(rep=rep, customers=())
    told = [
        cycle_task(
            district, first_day=date(year, 12, 14), last_day=date(year + 1, 1, 10), country=""
        )
        for year in (2025, 2026)
    ]
    assert [note.params["year"] for note in told[0].notes] == []
    assert [note.params["year"] for note in told[1].notes] == [2027]


@pytest.mark.parametrize("text", ["", "24/7", "what they like", "Mo-Su 00:00-24:00"])
def test_always_open(text):
    assert opening(text) == Opening()


def test_hours_that_hold_every_week():
    found = opening("Mo-Tu 09:00-12:00,13:00-17:00; We 10:00-11:00")
    assert found.hours == (
        OpenHours(weekday=0, from_s=9 * H, to_s=12 * H),
        OpenHours(weekday=0, from_s=13 * H, to_s=17 * H),
        OpenHours(weekday=1, from_s=9 * H, to_s=12 * H),
        OpenHours(weekday=1, from_s=13 * H, to_s=17 * H),
        OpenHours(weekday=2, from_s=10 * H, to_s=11 * H),
    )
    assert (found.closed, found.shorter) == (frozenset(), ())


def test_never_open_is_not_always_open():
    assert opening("off").hours == ()


@pytest.mark.parametrize("base", ["Mo-Su 08:00-18:00", "24/7"])
def test_closed_dates(base):
    found = opening(f"{base}; Dec 24-25 off")
    assert found.closed == {date(2026, 12, 24), date(2026, 12, 25)}
    assert len(found.hours) == 7


def test_closed_in_the_first_week_is_not_closed_for_the_whole_cycle():
    found = opening("Mo-Fr 08:00-18:00; Nov 30-Dec 06 off")
    assert {hours.weekday for hours in found.hours} == {0, 1, 2, 3, 4}
    assert found.closed == {FIRST + timedelta(days=n) for n in range(5)}


def test_a_season_that_begins_in_the_cycle():
    found = opening("Mo 08:00-18:00; Dec 10-31: Mo 10:00-20:00")
    assert found.hours == (OpenHours(weekday=0, from_s=8 * H, to_s=20 * H),)
    shorter = {(time.date, time.from_s, time.to_s) for time in found.shorter}
    assert shorter == {
        (date(2026, 11, 30), 18 * H, 20 * H),
        (date(2026, 12, 7), 18 * H, 20 * H),
        (date(2026, 12, 14), 8 * H, 10 * H),
        (date(2026, 12, 21), 8 * H, 10 * H),
    }


def test_who_is_closed_at_weekends_works_on_a_made_up_sunday_as_on_friday():
    sunday, next_sunday = date(2026, 12, 6), date(2026, 12, 13)
    last = date(2026, 12, 20)
    found = opening("Mo-Th 08:00-17:00; Fr 08:00-12:00", last_day=last, made_up={sunday})
    hours = [(one.from_s, one.to_s) for one in found.hours if one.weekday == 6]
    assert hours == [(8 * H, 12 * H)]
    assert sunday not in found.closed
    assert {next_sunday, last} <= found.closed


def test_who_is_open_on_sundays_keeps_those_hours_on_a_made_up_one():
    sunday = date(2026, 12, 6)
    text = "Mo-Fr 08:00-17:00; Su 10:00-11:00"
    assert opening(text, made_up={sunday}) == opening(text)


def test_a_booked_date_needs_no_opening_hours():
    text, christmas_eve = "Mo-Su 08:00-18:00; Dec 24 off", date(2026, 12, 24)
    assert opening(text).closed == {christmas_eve}
    assert opening(text, booked={christmas_eve}).closed == frozenset()
    appointment = Appointment(
        code="A1", customer_id=1, date=christmas_eve, begin_s=36000, minutes=30
    )
    customer = a_customer("C1", opening_hours=text)
    problem = a_task(customer, appointments={1: [appointment]}).problem
    assert problem.customers[0].closed_dates == frozenset()


def test_a_cycle_that_begins_in_midweek_and_ends_in_midweek():
    wednesday, thursday = date(2026, 12, 2), date(2026, 12, 10)
    found = opening("We,Fr 09:00-10:00; Dec 09 off", wednesday, thursday)
    assert {hours.weekday for hours in found.hours} == {2, 4}
    assert found.closed == {date(2026, 12, 9)}
