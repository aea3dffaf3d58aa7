"""Each change of visits alone: what the problem is before and after, and what is refused."""

import pickle
from dataclasses import replace
from datetime import timedelta

import pytest

from routing.problem import Customer, Place, PublishedStop
from routing.reasons import ReasonCode
from routing.replan import Add, Cancel, ChangeRefused, Drop, Move, Pin, Swap, with_place
from routing.travel.straight_line import StraightLine
from routing.validate import validate
from tests.routing.builders import (
    FRI,
    MON,
    SAT,
    THU,
    TUE,
    WED,
    WEEK,
    a_plan,
    a_problem,
    a_route,
    due,
    opens,
    shop,
)

OTHER_FIXED = "visit kiosk1 to the customer is fixed to that day; drop or move it first"


@pytest.fixture
def week():
    """Three customers, the kiosk twice, and the plan in force."""
    problem = a_problem(
        shop("bakery", due(30, (MON, THU))),
        shop("cafe"),
        shop("kiosk", due(), due(), min_gap_days=2),
    )
    plan = a_plan(problem, {MON: "bakery 09:00, kiosk1 10:00", WED: "cafe 09:00, kiosk2 10:00"})
    return problem, plan


def visit_of(problem, visit_id):
    return next(visit for visit in problem.visits if visit.id == visit_id)


def customer_of(problem, customer_id):
    return next(customer for customer in problem.customers if customer.id == customer_id)


def refusal(change, problem, plan) -> str:
    with pytest.raises(ChangeRefused) as refused:
        change.applied(problem, plan)
    return str(refused.value)


def test_the_plan_in_force_is_the_published_one(week):
    problem, plan = week
    changed = Drop(visit_id="bakery").applied(problem, plan)
    assert [(s.visit_id, s.rep_id, s.date, s.order) for s in changed.published] == [
        ("kiosk1", "rep", MON, 2),
        ("cafe", "rep", WED, 1),
        ("kiosk2", "rep", WED, 2),
    ]


def test_drop_leaves_the_others_numbered_from_one(week):
    changed = Drop(visit_id="kiosk1").applied(*week)
    assert {visit.id: visit.number for visit in changed.visits} == {
        "bakery": 1,
        "cafe": 1,
        "kiosk2": 1,
    }
    assert validate(changed) == ()


def test_drop_takes_its_date_out_of_a_pattern():
    patterns = ((MON, TUE, THU), (TUE, WED, FRI))
    problem = a_problem(shop("kiosk", due(), due(), due(), patterns=patterns))
    plan = a_plan(problem, {}, dict.fromkeys(("kiosk1", "kiosk2", "kiosk3"), ReasonCode.NO_WORKDAY))
    changed = Drop(visit_id="kiosk2").applied(problem, plan)
    assert customer_of(changed, "kiosk").patterns == ((MON, THU), (TUE, FRI))
    assert validate(changed) == ()


def test_drop_takes_the_company_along():
    problem = a_problem(shop("bakery", due(), due(joins=1, rep="boss")), reps=("rep", "boss"))
    plan = a_plan(problem, {}, dict.fromkeys(("bakery", "bakery+boss"), ReasonCode.NO_WORKDAY))
    assert Drop(visit_id=problem.visits[0].id).applied(problem, plan).visits == ()


@pytest.mark.parametrize("change", [Drop(visit_id="bar"), Cancel(visit_id="bar")])
def test_an_unknown_visit_is_named(week, change):
    assert refusal(change, *week) == (
        "visit bar: visit_id is bar; the plan in force has no such visit; "
        "a visit made or dropped is gone"
    )


def test_a_visit_of_a_day_begun_is_refused(week):
    problem, plan = week
    stop = PublishedStop(visit_id="bakery", rep_id="rep", date=MON, order=1, frozen=True)
    begun = replace(problem, published=(stop,))
    assert "that day has begun and the visit stays there" in refusal(
        Drop(visit_id="bakery"), begun, plan
    )
    assert "that day has begun and is not planned again" in refusal(
        Pin(visit_id="cafe", date=MON), begun, plan
    )


def test_refusals_come_whole_from_a_worker(week):
    with pytest.raises(ChangeRefused) as refused:
        Drop(visit_id="bar").applied(*week)
    again = pickle.loads(pickle.dumps(refused.value))
    assert (str(again), again.error) == (str(refused.value), refused.value.error)


def test_add_numbers_the_visit_by_its_due_date(week):
    new = replace(visit_of(week[0], "kiosk1"), id="extra", number=9, ideal=TUE)
    changed = Add(visit=new).applied(*week)
    numbers = {v.id: v.number for v in changed.visits if v.customer_id == "kiosk"}
    assert numbers == {"kiosk1": 1, "extra": 2, "kiosk2": 3}
    assert validate(changed) == ()


def test_add_lengthens_patterns_by_the_days_that_it_may_be_on():
    problem = a_problem(shop("kiosk", due(), due(), patterns=((MON, THU), (TUE, FRI))))
    plan = a_plan(problem, {MON: "kiosk1 09:00", THU: "kiosk2 09:00"})
    new = replace(problem.visits[0], id="extra", earliest=TUE, latest=WED, ideal=WED)
    changed = Add(visit=new).applied(problem, plan)
    assert customer_of(changed, "kiosk").patterns == (
        (MON, TUE, THU),
        (MON, WED, THU),
        (TUE, WED, FRI),
    )


def test_add_a_new_customer_at_a_new_place(week):
    problem, plan = week
    straight = replace(problem, travel_source="straight_line")
    there = Place(id="bar", lat=36.01, lon=14.0)
    longer, row = with_place(straight, there, StraightLine())
    assert (longer.travel_s["car"][:row, :row] == problem.travel_s["car"]).all()
    assert longer.travel_s["car"][row, 0] > 0
    bar = Customer(id="bar", place=row, grade="A", rep_ids=frozenset({"rep"}))
    visit = replace(visit_of(problem, "cafe"), id="bar1", customer_id="bar")
    changed = Add(visit=visit, customer=bar).applied(longer, plan)
    assert (customer_of(changed, "bar"), visit_of(changed, "bar1").number) == (bar, 1)
    assert validate(changed) == ()


def test_a_place_from_another_source_of_travel_times_is_refused(week):
    with pytest.raises(ChangeRefused, match="the other travel times are from by hand"):
        with_place(week[0], Place(id="bar", lat=36.0, lon=14.0), StraightLine())


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "cafe"}, "visit cafe: id is cafe; the problem has a visit of that name"),
        ({"customer_id": "bar"}, "visit new: customer_id is bar; the problem has no such customer"),
        ({"service_s": -5}, "visit new: service_s is -5"),
        ({"earliest": WED, "latest": TUE}, "visit new: earliest is 2026-12-02; it is after latest"),
    ],
)
def test_what_cannot_be_added(week, fields, message):
    new = replace(visit_of(week[0], "cafe"), **{"id": "new"} | fields)
    assert refusal(Add(visit=new), *week).startswith(message)


def test_a_customer_struck_out_gets_no_new_visit(week):
    problem, plan = week
    gone = Customer(id="bar", place=1, grade="A", rep_ids=frozenset(), status="struck_out")
    new = replace(visit_of(problem, "cafe"), id="new", customer_id="bar")
    assert "status is struck_out" in refusal(Add(visit=new, customer=gone), problem, plan)


def test_pin_fixes_the_date_and_the_rep():
    problem = a_problem(shop("bakery"), reps=("li", "wang"))
    plan = a_plan(problem, {}, {"bakery": ReasonCode.NO_WORKDAY})
    changed = Pin(visit_id="bakery", date=TUE, rep_id="wang").applied(problem, plan)
    assert (changed.visits[0].pinned, changed.visits[0].pinned_rep_id) == (TUE, "wang")


def test_pin_bends_a_pattern_for_this_visit_alone():
    problem = a_problem(shop("kiosk", due(), due(), patterns=((MON, THU),)))
    plan = a_plan(problem, {MON: "kiosk1 09:00", THU: "kiosk2 09:00"})
    changed = Pin(visit_id="kiosk1", date=TUE).applied(problem, plan)
    assert changed.customers[0].patterns == ((MON, THU), (TUE, THU))


@pytest.mark.parametrize(
    ("fields", "pin", "message"),
    [
        ({}, {"date": SAT}, "date is 2026-12-05; choose a day from 2026-11-30 to 2026-12-04"),
        ({}, {"date": TUE, "rep_id": "wu"}, "rep wu: rep_id is wu; planned here are: li, wang"),
        ({"open_hours": ()}, {"date": TUE}, "customer bakery receives no such visit on that day"),
        ({"closed_dates": frozenset({TUE})}, {"date": TUE}, "receives no such visit"),
        ({"weekdays": frozenset({0})}, {"date": TUE}, "receives no such visit"),
        ({"status": "struck_out"}, {"date": TUE}, "customer bakery is not visited"),
        ({"rep_ids": frozenset({"li"})}, {"date": TUE, "rep_id": "wang"}, "is visited by: li"),
    ],
)
def test_a_pin_that_cannot_be_kept_is_refused(fields, pin, message):
    problem = a_problem(shop("bakery", **fields), reps=("li", "wang"))
    plan = a_plan(problem, {}, {"bakery": ReasonCode.NO_WORKDAY})
    assert message in refusal(Pin(visit_id="bakery", **pin), problem, plan)


def test_a_pin_to_a_day_off_names_the_nearest_working_day():
    problem = replace(a_problem(shop("bakery", due(30, (MON, SAT))), days=[MON, THU]), last_day=SAT)
    plan = a_plan(problem, {}, {"bakery": ReasonCode.NO_WORKDAY})
    assert refusal(Pin(visit_id="bakery", date=FRI), problem, plan) == (
        "visit bakery: date is 2026-12-04; no working day of rep; the nearest is 2026-12-03"
    )


@pytest.mark.parametrize(
    ("visit", "hint"),
    [
        (due(30, on=WED, appointment="11:00"), "it is agreed for 2026-12-02"),
        (due(30, (MON, TUE), promise=True), "it is promised for 2026-11-30 to 2026-12-01"),
    ],
)
def test_a_commitment_is_not_bent_by_a_pin(visit, hint):
    problem = a_problem(shop("bakery", visit))
    plan = a_plan(problem, {}, {"bakery": ReasonCode.NO_WORKDAY})
    assert hint in refusal(Pin(visit_id="bakery", date=THU), problem, plan)


def test_a_pin_onto_a_day_fixed_for_another_visit_is_refused(week):
    problem, plan = week
    fixed = Pin(visit_id="kiosk1", date=TUE).applied(problem, plan)
    assert OTHER_FIXED in refusal(Pin(visit_id="kiosk2", date=TUE), fixed, plan)


def test_move_is_a_pin_to_somewhere_else(week):
    assert visit_of(Move(visit_id="cafe", date=TUE).applied(*week), "cafe").pinned == TUE
    assert "it is there already" in refusal(Move(visit_id="cafe", date=WED), *week)


def test_swap_fixes_each_visit_to_the_others_day(week):
    changed = Swap(visit_id="bakery", other_id="cafe").applied(*week)
    assert (visit_of(changed, "bakery").pinned, visit_of(changed, "cafe").pinned) == (WED, MON)


def test_swap_between_reps_exchanges_them():
    problem = a_problem(shop("bakery"), shop("cafe"), reps=("li", "wang"))
    other = a_route(problem, MON, "cafe 09:00", "wang")
    plan = a_plan(problem, {MON: "bakery 09:00"}, rep="li", also=[other])
    changed = Swap(visit_id="bakery", other_id="cafe").applied(problem, plan)
    assert [visit.pinned_rep_id for visit in changed.visits] == ["wang", "li"]


def test_swap_on_one_day_or_without_a_day_is_refused(week):
    problem, plan = week
    same = Swap(visit_id="bakery", other_id="kiosk1")
    assert "their order follows from the way" in refusal(same, problem, plan)
    missing = a_plan(problem, {MON: "bakery 09:00"}, {"cafe": ReasonCode.HOURS_SHORT})
    assert "it is on no day" in refusal(Swap(visit_id="bakery", other_id="cafe"), problem, missing)


def test_cancel_asks_for_a_later_day(week):
    changed = visit_of(Cancel(visit_id="bakery").applied(*week), "bakery")
    assert (changed.earliest, changed.latest, changed.ideal) == (TUE, THU, TUE)


def test_a_pin_does_not_hold_a_visit_called_off(week):
    problem, plan = week
    fixed = Pin(visit_id="bakery", date=MON).applied(problem, plan)
    assert visit_of(Cancel(visit_id="bakery").applied(fixed, plan), "bakery").pinned is None


def test_an_appointment_called_off_leaves_a_visit_at_any_time():
    problem = a_problem(
        shop("bakery", due(30, on=TUE, appointment="11:00"), open_hours=opens("09:00-10:00"))
    )
    plan = a_plan(problem, {TUE: "bakery 11:00"})
    changed = Cancel(visit_id="bakery").applied(problem, plan).visits[0]
    assert (changed.commitment, changed.earliest, changed.latest) == (None, WED, WEEK[-1])


def test_called_off_on_its_last_day_asks_until_when():
    problem = a_problem(shop("bakery", due(30, (MON, TUE), promise=True)))
    plan = a_plan(problem, {TUE: "bakery 09:00"})
    assert refusal(Cancel(visit_id="bakery"), problem, plan) == (
        "visit bakery: until is 2026-12-01; no day is left for it after 2026-12-01; "
        "name a later `until`, or drop it"
    )
    changed = Cancel(visit_id="bakery", until=THU).applied(problem, plan).visits[0]
    assert (changed.earliest, changed.latest) == (WED, THU)
    closed = replace(
        problem,
        customers=(
            replace(
                problem.customers[0],
                closed_dates=frozenset(MON + timedelta(n) for n in range(2, 5)),
            ),
        ),
    )
    assert "no day is left" in refusal(Cancel(visit_id="bakery", until=THU), closed, plan)


def test_a_visit_on_no_day_cannot_be_called_off(week):
    missing = a_plan(week[0], {}, {"cafe": ReasonCode.HOURS_SHORT})
    assert "nothing to call off" in refusal(Cancel(visit_id="cafe"), week[0], missing)
