"""Peak hours: the arithmetic, and plans made with it."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from routing.check import check
from routing.checks.peaks import reached, reached_round
from routing.codec import decode, encode
from routing.cycle.instance import lay_out
from routing.day.labels import Day
from routing.day.order import best_order
from routing.day.rush import TRIED_WHOLE
from routing.day.schedule import timed_route
from routing.explain.planned import why
from routing.fingerprint import fingerprint
from routing.problem import Lunch, Problem
from routing.rules.pace import GROUND, Pace, Peaked, pace_of
from routing.solve import solve
from routing.validate import validate
from routing.weights import Weights
from tests.routing.builders import MON, WEEK, a_problem, a_workday, at, due, lunch, opens, shop
from tests.routing.cases.peaks import a_peak, with_peaks
from tests.routing.random_features import peaks
from tests.routing.random_problems import problems, published
from tests.routing.test_solve import a_cycle

MANY = settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
FEW = settings(MANY, max_examples=60)
moments = st.integers(0, at("24:00"))
legs = st.integers(0, 9000) | st.sampled_from((0, 1, 600))
lunches = st.builds(
    lambda earliest_s, wide_s, duration_s: Lunch(
        earliest_s=earliest_s, latest_s=earliest_s + wide_s, duration_s=duration_s
    ),
    st.integers(at("10:00"), at("14:00")),
    st.integers(0, 7200),
    st.integers(60, 5400),
)


@MANY
@given(peaks(), moments, legs)
def test_the_planner_drives_as_the_checker_does(day_peaks, leave_s, leg_s):
    day = replace(a_workday(MON), peaks=day_peaks)
    assert pace_of(day_peaks).arrive(leave_s, leg_s) == reached(day, leave_s, leg_s)


@MANY
@given(peaks(), moments, legs, lunches)
def test_a_drive_pauses_for_lunch_as_the_checker_has_it(day_peaks, leave_s, leg_s, rest):
    day = replace(a_workday(MON, rest=rest), peaks=day_peaks)
    pause_s = max(leave_s, rest.earliest_s)
    arrive_s = reached(day, leave_s, leg_s)
    on_arrival = arrive_s <= pause_s
    event(f"on arrival: {on_arrival}")
    ready_s = (
        pause_s + rest.duration_s if on_arrival else reached_round(day, leave_s, leg_s, pause_s)
    )
    pace = pace_of(day_peaks)
    assert pace.after_lunch(leave_s, leg_s, rest) == ready_s
    driven_s = arrive_s if on_arrival else ready_s - rest.duration_s
    assert pace.driven_round_lunch(leave_s, leg_s, rest) == (
        driven_s - leave_s if day_peaks else leg_s
    )


@MANY
@given(peaks(), moments, st.integers(0, 3600), legs)
def test_who_leaves_later_never_arrives_earlier(day_peaks, leave_s, later_s, leg_s):
    pace = pace_of(day_peaks)
    assert pace.arrive(leave_s, leg_s) <= pace.arrive(leave_s + later_s, leg_s)


@MANY
@given(peaks(), moments, legs)
def test_the_last_leaving_is_the_inverse_of_the_first_arrival(day_peaks, moment_s, leg_s):
    pace = pace_of(day_peaks)
    leave_s = pace.depart(moment_s, leg_s)
    assert pace.arrive(leave_s, leg_s) <= moment_s < pace.arrive(leave_s + 1, leg_s)
    assert pace.depart(pace.arrive(moment_s, leg_s), leg_s) >= moment_s


@MANY
@given(peaks(), moments, legs, lunches)
def test_the_last_leaving_before_a_lunch_is_an_inverse_too(day_peaks, moment_s, leg_s, rest):
    pace = pace_of(day_peaks)
    leave_s = pace.before_lunch(moment_s, leg_s, rest)
    possible = rest.earliest_s + rest.duration_s <= moment_s
    event(f"possible: {possible}")
    assert (leave_s > -at("24:00")) == possible
    if possible:
        assert leave_s <= rest.latest_s
        assert pace.after_lunch(leave_s, leg_s, rest) <= moment_s
        if leave_s < rest.latest_s:
            assert pace.after_lunch(leave_s + 1, leg_s, rest) > moment_s


@MANY
@given(moments, legs, lunches)
def test_peaks_that_change_nothing_are_no_peaks(moment_s, leg_s, rest):
    same, none = Peaked([a_peak("07:00", "09:00", 100), a_peak("16:00", "18:00", 100)]), Pace()
    for name in ("arrive", "depart", "driven"):
        assert getattr(same, name)(moment_s, leg_s) == getattr(none, name)(moment_s, leg_s)
    for name in ("after_lunch", "before_lunch"):
        assert getattr(same, name)(moment_s, leg_s, rest) == getattr(none, name)(
            moment_s, leg_s, rest
        )
    assert none.arrive(moment_s, leg_s) == moment_s + leg_s
    assert none.depart(moment_s, leg_s) == moment_s - leg_s


@pytest.mark.parametrize("percent", range(50, 401))
def test_a_leg_within_one_peak_takes_its_percentage_rounded_up(percent):
    pace = Peaked([a_peak("00:00", "24:00", percent)])
    for leg_s in (1, 7, 600, 3599, 20_000):
        assert pace.arrive(at("00:00"), leg_s) == -(-leg_s * percent // 100)
    assert pace.speeds[1] == -(-GROUND * 100 // percent)


def test_a_day_without_peaks_is_written_as_it_always_was():
    problem = a_problem(shop("bakery"), days=[MON])
    rushed = with_peaks(problem, a_peak("07:00", "09:00", 150))
    plain = encode(problem)
    assert "peaks" not in json.dumps(plain)
    assert encode(with_peaks(problem)) == plain
    assert fingerprint(rushed) != fingerprint(problem) == fingerprint(with_peaks(problem))
    assert decode(encode(rushed), Problem, "problem").reps == rushed.reps


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([("09:00", "07:00", 150)], "peaks[0].from_s is 32400; it must be before to_s"),
        ([("07:00", "25:00", 150)], "peaks[0].to_s is 90000; times are seconds after midnight"),
        ([("07:00", "09:00", 0)], "peaks[0].percent is 0; 50 to 400 hundredths"),
        ([("07:00", "09:00", 1000)], "peaks[0].percent is 1000; 50 to 400 hundredths"),
        (
            [("07:00", "09:00", 150), ("08:00", "10:00", 120)],
            "peaks[1].from_s is 28800; the one before lasts until 32400",
        ),
    ],
)
def test_nonsense_is_refused(wrong, words):
    problem = with_peaks(a_problem(shop("bakery"), days=[MON]), *(a_peak(*row) for row in wrong))
    assert words in str(validate(problem)[0])


@FEW
@given(problems(peaks=True))
def test_no_plan_with_peaks_breaks_a_rule(problem):
    plan = solve(problem, seed=1, work=12)
    event(f"planned: {bool(plan.routes)}")
    assert [violation.message for violation in check(problem, plan)] == []


@FEW
@given(problems(full=True, joint=True, peaks=True))
def test_no_plan_of_several_reps_with_peaks_breaks_a_rule(problem):
    plan = solve(problem, seed=1, work=12)
    assert [violation.message for violation in check(problem, plan)] == []


@FEW
@given(st.data())
def test_no_replan_with_peaks_breaks_a_rule(data):
    problem = data.draw(problems(full=data.draw(st.booleans()), peaks=True))
    again = data.draw(published(problem, solve(problem, seed=1, work=6)))
    plan = solve(again, seed=1, work=6)
    assert [violation.message for violation in check(again, plan)] == []


@FEW
@given(problems(days=2, peaks=True))
def test_a_plan_that_forgets_the_peaks_is_found_out(problem):
    """The plan of the same problem without peaks: right as long as it drives in no peak."""
    forgetful = replace(
        solve(with_peaks(problem), seed=1, work=6), fingerprint=fingerprint(problem)
    )
    days = {(rep.id, day.date): day for rep in problem.reps for day in rep.workdays}
    right = all(
        reached(days[route.rep_id, route.date], since_s, travel_s) == since_s + travel_s
        for route in forgetful.routes
        if not route.lunch_begin_s
        for since_s, travel_s in _drives(route)
    )
    assume(all(not route.lunch_begin_s for route in forgetful.routes))
    event(f"right: {right}")
    assert (check(problem, forgetful) == ()) == right


def _drives(route):
    since_s = route.leave_s
    for stop in route.stops:
        yield since_s, stop.travel_s
        since_s = stop.end_s
    yield since_s, route.travel_back_s


@FEW
@given(problems(days=1, peaks=True))
def test_the_slack_that_is_told_is_there(problem):
    """Moved to either end of its slack, each visit leaves a day that breaks no rule."""
    plan = solve(problem, seed=1, work=6)
    for route in plan.routes:
        for stop in route.stops:
            told = why(problem, plan, stop.visit_id)
            assert told.first_s <= stop.begin_s <= told.last_s
            for begin_s in (told.first_s, told.last_s):
                assert _still_fits(problem, route, stop.visit_id, begin_s)


def _still_fits(problem, route, visit_id, begin_s) -> bool:
    instance = lay_out(problem, Weights())
    slot = next(slot for slot in instance.slots if slot.date == route.date)
    jobs = {job.visit.id: job for job in instance.jobs}
    begins = {stop.visit_id: stop.begin_s for stop in route.stops} | {visit_id: begin_s}
    fixed = tuple(
        replace(jobs[stop.visit_id], windows={slot.index: ((begins[stop.visit_id],) * 2,)})
        for stop in route.stops
    )
    return Day(slot, fixed).fits


@FEW
@given(problems(days=1, shops=5, peaks=True), st.sampled_from((0, 60)))
def test_no_order_of_a_short_day_is_cheaper(problem, money):
    """By hand: each order's seconds on the road as the clock of that order has them."""
    free = [replace(visit, earliest=MON, latest=MON, pinned=None) for visit in problem.visits]
    problem = replace(problem, visits=tuple({v.customer_id: v for v in free}.values()))
    assume(validate(problem) == ())
    instance = lay_out(problem, Weights(money=money))
    slot, metres = instance.slots[0], problem.travel_m["car"]
    assume(slot.pace.peaked)
    jobs = [job for job in instance.jobs if 0 in job.windows]
    possible = [order for order in permutations(jobs) if order and Day(slot, order).fits]
    assume(possible)
    assert len(jobs) <= TRIED_WHOLE

    def cost(order) -> int:
        route = timed_route(slot, order, metres)
        return route.travel_s + Day(slot, order).leg_cost - Day(slot, order).travel_s

    assert cost(best_order(slot, possible[-1])) == min(map(cost, possible))


def test_a_long_day_is_put_in_a_better_order():
    """Ten places on a road: out and back again, whatever the order they were named in."""
    names = "fbjadihcge"
    where = {"home": 0, **{name: 6 * (ord(name) - ord("a") + 1) for name in names}}
    drives = {(x, y): abs(where[x] - where[y]) for x in where for y in where if x < y}
    problem = with_peaks(
        a_problem(
            *(shop(n, due(10)) for n in names), days=[MON], hours="06:00-23:00", drives=drives
        ),
        a_peak("07:00", "09:00", 150),
    )
    instance = lay_out(problem, Weights())
    slot, jobs = instance.slots[0], tuple(instance.jobs)
    route = timed_route(slot, best_order(slot, jobs), problem.travel_m["car"])
    assert route.travel_m == 2 * 60 * 60 * 12
    assert route.travel_s > 2 * 60 * 60


def test_a_door_that_a_peak_puts_out_of_reach():
    """It closes at nine, 40 minutes from home: reached in time at other hours only."""
    early = a_problem(
        shop("mill", due(15), open_hours=opens("08:00-09:00")),
        days=[MON],
        drives={("home", "mill"): 40},
    )
    assert solve(early, work=6).routes
    slow = with_peaks(early, a_peak("08:00", "09:00", 150))
    plan = solve(slow, work=6)
    assert [missed.visit_id for missed in plan.unserved] == ["mill"]
    assert check(slow, plan) == ()


def test_the_driving_of_a_day_is_limited_at_its_hours():
    """Ten minutes out and ten back are twenty; in the peak thirty, which is too much."""
    limited = a_problem(
        shop("mill", due(30, on=MON, appointment="08:30")), days=[MON], max_driving_s_a_day=1500
    )
    assert solve(limited, work=6).routes
    slow = with_peaks(limited, a_peak("08:00", "10:00", 150))
    plan = solve(slow, work=6)
    (missed,) = plan.unserved
    assert (missed.rule, check(slow, plan)) == ("max_driving", ())


def a_rushed_cycle() -> Problem:
    """A week with a break, commitments and slow mornings and evenings."""
    return with_peaks(a_cycle(), a_peak("07:00", "09:30", 150), a_peak("16:30", "18:30", 130))


PRINT_A_PLAN = (
    "import json; from routing.codec import encode; from routing.solve import solve; "
    "from tests.routing.test_peaks import a_rushed_cycle; "
    "print(json.dumps(encode(solve(a_rushed_cycle(), seed=3, work=60))))"
)


def test_same_seed_same_plan_in_another_process():
    problem = a_rushed_cycle()
    plan = solve(problem, seed=3, work=60)
    assert check(problem, plan) == ()
    assert not plan.unserved
    assert plan != solve(a_cycle(), seed=3, work=60)
    for hash_seed in ("1", "777"):
        there = subprocess.run(
            [sys.executable, "-c", PRINT_A_PLAN],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(there.stdout) == encode(plan)


def test_lunch_in_a_peak_that_is_over_when_the_drive_goes_on():
    """Left at 11:50 for 20 minutes; the break at noon passes over the rest of the peak."""
    problem = with_peaks(
        a_problem(
            shop("a", due(30, on=MON, appointment="11:20")),
            shop("b", due(30, on=MON, appointment="13:20")),
            days=[MON],
            drives={("a", "b"): 20, ("home", "a"): 30, ("home", "b"): 30},
            rest=lunch("12:00-12:00", 60),
        ),
        a_peak("11:30", "13:00", 200),
    )
    plan = solve(problem, work=6)
    (route,) = plan.routes
    assert check(problem, plan) == ()
    assert route.stops[1].arrive_s == at("13:15")  # five minutes behind by noon, fifteen after one
    assert route.stops[1].travel_s == 25 * 60
    assert WEEK[0] == route.date
