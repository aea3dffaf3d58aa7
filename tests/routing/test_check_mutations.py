"""A right plan is broken in every rule's way; the checker names exactly that rule."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.check import check
from routing.checks.violation import SENTENCES, Rule
from routing.plan import DayRoute, Plan, Stop, Unserved
from routing.problem import Problem, PublishedStop
from routing.reasons import ReasonCode
from tests.routing.builders import (
    FRI,
    LAST_FRI,
    MON,
    THU,
    TUE,
    WED,
    a_plan,
    a_problem,
    a_route,
    at,
    due,
    lunch,
    opens,
    shop,
    unfit,
    with_route,
    with_stop,
)

DAYS = {
    MON: "depot 09:00, bakery1 10:00, lunch 12:00, bank 14:00",
    TUE: "diner 09:00, shed 10:00, mill 10:50, cafe1 12:00, lunch 12:30",
    THU: "cafe2 09:00, lunch 11:30, bakery2 14:00, plant 15:00",
    FRI: "extra 09:00, lunch 11:30",
}
UNSERVED = {"crook": ReasonCode.NOT_ACTIVE}


def the_problem() -> Problem:
    """A little of everything; Wednesday is a free day, Ben and Carl take no lunch."""
    problem = a_problem(
        shop("bakery", due(), due(), min_gap_days=3, max_gap_days=5, last_visit=LAST_FRI),
        shop("cafe", due(), due(), open_hours=opens("08:00-12:00"), window_holds_for="start"),
        shop(
            "diner",
            open_hours=opens("09:00-11:00"),
            unfit_times=(unfit("10:00-10:30", 1),),
            patterns=((MON,), (TUE,)),
        ),
        shop("mill", due(between=(TUE, WED))),
        shop("bank", due(on=MON, appointment="14:00", load=5), open_hours=opens("09:00-10:00")),
        shop("shed", due(between=(MON, TUE), promise=True), closed_dates=frozenset({MON})),
        shop("plant", due(pinned=THU)),
        shop("depot"),
        shop("extra", due(load=6), weekdays=frozenset(day.weekday() for day in (MON, TUE, FRI))),
        shop("crook", status="blacklisted"),
        shop("theirs", due(), due(15, joins=1, rep="carl"), rep_ids=frozenset({"ben"})),
        days=[MON, TUE, THU, FRI],
        reps=("anna", "ben", "carl"),
        rest=lunch("11:30-13:30"),
        out="09:00",
        drives={("cafe", "plant"): 50},
        max_visits_a_day=4,
        max_driving_s_a_day=3600,
        max_load=10,
        published=[
            PublishedStop(visit_id="depot", rep_id="anna", date=MON, order=1, frozen=True),
            PublishedStop(visit_id="mill", rep_id="anna", date=TUE, order=1),
        ],
    )
    anna, *others = problem.reps
    breakless = tuple(replace(day, lunch=None) for day in anna.workdays)
    return replace(problem, reps=(anna, *(replace(rep, workdays=breakless) for rep in others)))


PROBLEM = the_problem()


def plan_of(
    days: Mapping[date, str | None] | None = None,
    out: Mapping[str, ReasonCode] | None = None,
    ben: str = "theirs 09:00",
    carl: str = "theirs+carl 09:00",
    also: tuple[DayRoute, ...] = (),
) -> Plan:
    """The right plan with some of its days written anew (None: no route)."""
    texts = {day: text for day, text in {**DAYS, **(days or {})}.items() if text is not None}
    others = tuple(
        a_route(PROBLEM, MON, text, rep=rep) for rep, text in (("ben", ben), ("carl", carl)) if text
    )
    return a_plan(PROBLEM, texts, {**UNSERVED, **(out or {})}, rep="anna", also=(*others, *also))


RIGHT = plan_of()


def stop_of(visit: str) -> Stop:
    return next(s for route in RIGHT.routes for s in route.stops if s.visit_id == visit)


def moved(visit: str, field: str, by: int) -> Plan:
    return with_stop(RIGHT, visit, **{field: getattr(stop_of(visit), field) + by})


MUTATIONS = [
    (Rule.WRONG_PROBLEM, replace(RIGHT, problem_id="other")),
    (Rule.WRONG_FINGERPRINT, replace(RIGHT, fingerprint="0" * 64)),
    (Rule.WRONG_TRAVEL_SOURCE, replace(RIGHT, travel_source="a guess")),
    (Rule.VISIT_LOST, plan_of({FRI: None})),
    (Rule.VISIT_LOST, replace(RIGHT, unserved=())),
    (Rule.VISIT_DOUBLED, plan_of(out={"mill": ReasonCode.HOURS_SHORT})),
    (Rule.VISIT_DOUBLED, plan_of({FRI: "extra 09:00, cafe1 10:00, lunch 11:30"})),
    (Rule.VISIT_DOUBLED, replace(RIGHT, unserved=RIGHT.unserved * 2)),
    (Rule.VISIT_INVENTED, plan_of(out={"ghost": ReasonCode.HOURS_SHORT})),
    (Rule.VISIT_INVENTED, plan_of({FRI: "ghost 09:00, extra 10:00, lunch 11:30"})),
    (Rule.WRONG_CUSTOMER, with_stop(RIGHT, "mill", customer_id="cafe")),
    (Rule.WRONG_CUSTOMER, with_stop(RIGHT, "mill", customer_id="nobody")),
    (Rule.WRONG_PURPOSE, with_stop(RIGHT, "mill", purpose="a chat")),
    (
        Rule.UNKNOWN_REASON,
        replace(
            RIGHT,
            unserved=(Unserved(visit_id="crook", customer_id="crook", code="because", rule=""),),
        ),
    ),
    (
        Rule.NOT_ACTIVE,
        replace(plan_of({FRI: "extra 09:00, crook 10:00, lunch 11:30"}), unserved=()),
    ),
    (Rule.UNKNOWN_REP, plan_of(also=(a_route(PROBLEM, FRI, "", rep="zoe"),))),
    (
        Rule.REP_NOT_ALLOWED,
        plan_of(
            {FRI: "extra 09:00, theirs 10:00, lunch 11:30"},
            ben="",
            carl="",
            also=(a_route(PROBLEM, FRI, "theirs+carl 10:00", rep="carl"),),
        ),
    ),
    (
        Rule.REP_NOT_ALLOWED,
        plan_of(
            {MON: "theirs+carl 09:00, bakery1 10:00, lunch 12:00, depot 13:00, bank 14:00"}, carl=""
        ),
    ),
    (Rule.JOINT_ALONE, plan_of(ben="", out={"theirs": ReasonCode.HOURS_SHORT})),
    (Rule.JOINT_APART, plan_of(carl="theirs+carl 09:00:01")),
    (
        Rule.JOINT_APART,
        plan_of(carl="", also=(a_route(PROBLEM, TUE, "theirs+carl 09:00", rep="carl"),)),
    ),
    (
        Rule.NO_WORKDAY,
        plan_of(
            {
                TUE: "diner 09:00, shed 10:00, cafe1 12:00, lunch 12:30",
                WED: "mill 09:00, lunch 12:00",
            }
        ),
    ),
    (Rule.ROUTE_DOUBLED, plan_of(also=(a_route(PROBLEM, THU, "", rep="anna"),))),
    (
        Rule.OUTSIDE_DATES,
        plan_of(
            {
                TUE: "diner 09:00, shed 10:00, cafe1 12:00, lunch 12:30",
                FRI: "extra 09:00, mill 10:00, lunch 11:30",
            }
        ),
    ),
    (
        Rule.PIN_MOVED,
        plan_of(
            {
                THU: "cafe2 09:00, lunch 11:30, bakery2 14:00",
                FRI: "extra 09:00, plant 10:00, lunch 11:30",
            }
        ),
    ),
    (
        Rule.FROZEN_MOVED,
        plan_of(
            {
                MON: "bakery1 10:00, lunch 12:00, bank 14:00",
                FRI: "extra 09:00, depot 10:00, lunch 11:30",
            }
        ),
    ),
    (Rule.APPOINTMENT_MOVED, plan_of({MON: DAYS[MON].replace("14:00", "14:00:01")})),
    (Rule.APPOINTMENT_MOVED, plan_of({MON: DAYS[MON].replace("14:00", "13:59:59")})),
    (
        Rule.PROMISE_LATE,
        plan_of(
            {
                TUE: "diner 09:00, mill 10:50, cafe1 12:00, lunch 12:30",
                FRI: "extra 09:00, shed 10:00, lunch 11:30",
            }
        ),
    ),
    (
        Rule.WRONG_WEEKDAY,
        plan_of(
            {THU: "cafe2 09:00, extra 10:00, lunch 11:30, bakery2 14:00, plant 15:00", FRI: None}
        ),
    ),
    (
        Rule.WRONG_PATTERN,
        plan_of(
            {
                TUE: "shed 10:00, mill 10:50, cafe1 12:00, lunch 12:30",
                FRI: "extra 09:00, diner 10:00, lunch 11:30",
            }
        ),
    ),
    (
        Rule.OUT_OF_ORDER,
        plan_of(
            {
                day: DAYS[day].replace("cafe1", "?").replace("cafe2", "cafe1").replace("?", "cafe2")
                for day in (TUE, THU)
            }
        ),
    ),
    (
        Rule.TWO_VISITS_A_DAY,
        plan_of(
            {
                TUE: "diner 09:00, shed 10:00, mill 10:50, lunch 12:30",
                THU: "cafe1 09:00, cafe2 10:00, lunch 11:30, bakery2 14:00, plant 15:00",
            }
        ),
    ),
    (
        Rule.GAP_TOO_SHORT,
        plan_of(
            {
                MON: "depot 09:00, cafe1 10:00, lunch 12:00, bank 14:00",
                TUE: "diner 09:00, shed 10:00, mill 10:50, bakery1 12:00, lunch 12:30",
            }
        ),
    ),
    (
        Rule.GAP_TOO_LONG,
        plan_of(
            {
                MON: "depot 09:00, lunch 12:00, bank 14:00",
                THU: "cafe2 09:00, lunch 11:30, bakery1 14:00, plant 15:00",
            },
            {"bakery2": ReasonCode.HOURS_SHORT},
        ),
    ),
    (
        Rule.CLOSED_DATE,
        plan_of(
            {
                MON: "depot 09:00, bakery1 10:00, shed 11:00, lunch 12:00, bank 14:00",
                TUE: "diner 09:00, mill 10:50, cafe1 12:00, lunch 12:30",
            }
        ),
    ),
    (
        Rule.OUTSIDE_OPEN_HOURS,
        plan_of({TUE: DAYS[TUE].replace("12:00", "12:00:01").replace("12:30", "12:31")}),
    ),
    (Rule.OUTSIDE_OPEN_HOURS, plan_of({TUE: DAYS[TUE].replace("09:00", "08:59:59")})),
    (
        Rule.IN_UNFIT_TIME,
        plan_of({TUE: "diner 09:30:01, shed 10:11, mill 10:51, cafe1 12:00, lunch 12:30"}),
    ),
    (Rule.WRONG_TRAVEL, moved("mill", "travel_s", 1)),
    (Rule.WRONG_TRAVEL, moved("mill", "travel_m", -1)),
    (Rule.WRONG_TRAVEL, with_route(RIGHT, THU, travel_back_m=0)),
    (Rule.WRONG_ARRIVAL, moved("mill", "arrive_s", -1)),
    (Rule.WRONG_ARRIVAL, moved("mill", "arrive_s", 1)),
    (Rule.WRONG_ARRIVAL, with_route(RIGHT, THU, return_s=at("15:40:01"))),
    (Rule.WRONG_ARRIVAL, with_route(RIGHT, THU, return_s=at("15:39:59"))),
    (Rule.WRONG_ARRIVAL, with_route(RIGHT, THU, leave_s=at("08:49:59"))),
    (Rule.BEGINS_BEFORE_ARRIVAL, plan_of({MON: DAYS[MON].replace("10:00", "09:39:59")})),
    (Rule.WRONG_SERVICE, moved("bakery1", "begin_s", -1)),
    (Rule.WRONG_SERVICE, moved("bakery1", "begin_s", 1)),
    (Rule.LEAVES_TOO_EARLY, plan_of({MON: f"leave 07:59:59, {DAYS[MON]}"})),
    (Rule.RETURNS_TOO_LATE, plan_of({THU: DAYS[THU].replace("15:00", "16:50:01")})),
    (Rule.LUNCH_MISSING, with_route(RIGHT, THU, lunch_begin_s=None)),
    (Rule.LUNCH_WITHOUT_RULE, plan_of(ben="theirs 09:00, lunch 12:00")),
    (Rule.LUNCH_OUTSIDE_WINDOW, plan_of({MON: DAYS[MON].replace("12:00", "11:29:59")})),
    (
        Rule.LUNCH_OUTSIDE_WINDOW,
        plan_of({THU: DAYS[THU].replace("11:30", "13:30:01").replace("14:00", "12:30")}),
    ),
    (Rule.LUNCH_DURING_VISIT, plan_of({MON: DAYS[MON].replace("12:00", "13:15:01")})),
    (Rule.LUNCH_NO_ROOM, plan_of({MON: "depot 09:00, bakery1 12:40, lunch 13:12, bank 14:00"})),
    (
        Rule.TOO_MANY_VISITS,
        plan_of(
            {
                TUE: "extra 08:20, diner 09:00, shed 10:00, mill 10:50, cafe1 12:00, lunch 12:30",
                FRI: None,
            }
        ),
    ),
    (
        Rule.TOO_MUCH_DRIVING,
        plan_of({THU: "bakery2 09:00, cafe2 10:00, lunch 11:30, plant 15:00"}),
    ),
    (
        Rule.OUT_TOO_LONG,
        plan_of({THU: f"leave 08:29:59, {DAYS[THU].replace('15:00', '16:50')}"}),
    ),
    (
        Rule.TOO_MUCH_LOAD,
        plan_of(
            {MON: "depot 09:00, bakery1 10:00, extra 11:00, lunch 12:00, bank 14:00", FRI: None}
        ),
    ),
]


def test_the_plan_is_right():
    assert check(PROBLEM, RIGHT) == ()


def test_every_rule_is_broken_once_and_has_its_sentence():
    assert {rule for rule, _ in MUTATIONS} == set(Rule) == set(SENTENCES)


@pytest.mark.parametrize(
    ("rule", "plan"), [pytest.param(*item, id=f"{n}-{item[0]}") for n, item in enumerate(MUTATIONS)]
)
def test_a_broken_plan_breaks_exactly_its_rule(rule: Rule, plan: Plan):
    violations = check(PROBLEM, plan)
    assert [violation.rule for violation in violations] == [rule], [v.message for v in violations]
    assert "{" not in violations[0].message


NUMBERS = [f.name for f in fields(Stop) if f.name.endswith(("_s", "_m"))]
DAY_NUMBERS = ["leave_s", "return_s", "travel_back_s", "travel_back_m"]


@given(
    visit=st.sampled_from([stop.visit_id for route in RIGHT.routes for stop in route.stops]),
    field=st.sampled_from(NUMBERS),
    by=st.integers(-90000, 90000).filter(bool),
)
def test_no_number_of_a_stop_can_change_alone(visit: str, field: str, by: int):
    assert check(PROBLEM, moved(visit, field, by))


@given(
    day=st.sampled_from([MON, TUE, THU, FRI]),
    field=st.sampled_from(DAY_NUMBERS),
    by=st.integers(-90000, 90000).filter(bool),
)
def test_no_number_of_a_day_can_change_alone(day: date, field: str, by: int):
    route = next(r for r in RIGHT.routes if r.date == day and r.rep_id == "anna")
    changed = replace(route, **{field: getattr(route, field) + by})
    routes = tuple(changed if r is route else r for r in RIGHT.routes)
    assert check(PROBLEM, replace(RIGHT, routes=routes))


@given(day=st.sampled_from([MON, TUE, THU]), data=st.data())
def test_no_two_stops_can_change_places(day: date, data: st.DataObject):
    stops = next(r.stops for r in RIGHT.routes if r.date == day and r.rep_id == "anna")
    order = data.draw(st.permutations(stops).filter(lambda other: tuple(other) != stops))
    routes = tuple(
        replace(route, stops=tuple(order)) if route.stops is stops else route
        for route in RIGHT.routes
    )
    assert check(PROBLEM, replace(RIGHT, routes=routes))


names = st.sampled_from(["bakery1", "mill", "crook", "anna", "ben", "bakery", "", "\ud800", "x"])
numbers = st.integers(-(2**70), 2**70)
dates = st.sampled_from([MON, TUE, WED, FRI, LAST_FRI, date.min, date.max])
stops = st.builds(
    Stop,
    visit_id=names,
    customer_id=names,
    purpose=names,
    **dict.fromkeys(NUMBERS, numbers),
)
routes = st.builds(
    DayRoute,
    rep_id=names,
    date=dates,
    stops=st.lists(stops, max_size=4).map(tuple),
    lunch_begin_s=st.none() | numbers,
    **dict.fromkeys(DAY_NUMBERS, numbers),
)
plans = st.builds(
    Plan,
    problem_id=names,
    fingerprint=names,
    seed=numbers,
    work=numbers,
    routes=st.lists(routes, max_size=4).map(tuple),
    unserved=st.lists(
        st.builds(Unserved, visit_id=names, customer_id=names, code=names, rule=names), max_size=3
    ).map(tuple),
    travel_source=names,
)


@given(plan=plans)
def test_garbage_is_judged_and_never_an_error(plan: Plan):
    violations = check(PROBLEM, plan)
    assert {v.rule for v in violations} >= {Rule.WRONG_PROBLEM, Rule.VISIT_LOST}
    assert all(violation.message for violation in violations)
