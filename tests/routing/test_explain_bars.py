"""Each rule that can keep a visit off a day, alone; and all remedies of random problems taken."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from routing.check import check
from routing.cycle.instance import lay_out
from routing.explain import explain_all, taken, why_not
from routing.problem import NO_WAY, PublishedStop
from routing.reasons import Bar, ReasonCode
from routing.validate import validate
from routing.weights import Weights
from tests.routing.builders import (
    LAST_FRI,
    MON,
    TUE,
    a_plan,
    a_problem,
    due,
    lunch,
    opens,
    shop,
    unfit,
)
from tests.routing.quick_plan import quick_plan
from tests.routing.random_problems import problems

ANNAS = frozenset({"anna"})
king = shop("king", due(120, load=1), grade="A", open_hours=opens("08:10-10:10"))
two = a_problem(shop("mill", due(), due(), min_gap_days=2), days=[MON, TUE])
patterns = a_problem(
    shop("mill", due(), due(), patterns=((MON, TUE), (TUE, MON + (TUE - MON) * 2))),
    days=[MON, TUE, MON + (TUE - MON) * 2],
)
joint = a_problem(
    shop("mill", due(), due(15, joins=1, rep="boss"), rep_ids=ANNAS), reps=("anna", "boss")
)
shared = a_problem(shop("mill", rep_ids=ANNAS), days=[MON], reps=("anna", "ben"))


def beside_king(mill, kings="king 08:10", visit="mill", **fields):
    """(problem, plan, visit): a day that the king's visit fills so far."""
    problem = a_problem(king, mill, days=[MON], **fields)
    return problem, a_plan(problem, {MON: kings}), visit


def alone(*visits, **fields):
    """(problem, plan, visit): one shop on an empty Monday."""
    rules = {
        name: fields.pop(name) for name in ("hours", "out", "max_load", "rest") if name in fields
    }
    limits = {n: fields.pop(n) for n in ("max_visits_a_day", "max_driving_s_a_day") if n in fields}
    problem = a_problem(shop("mill", *visits, **fields), days=[MON], **rules, **limits)
    return problem, a_plan(problem, {}), "mill"


def frozen():
    """A visit that stays on Monday, asked on which other days it could be."""
    stop = PublishedStop(visit_id="mill", rep_id="rep", date=MON, order=1, frozen=True)
    problem = a_problem(shop("mill"), days=[MON, TUE], published=[stop])
    return problem, a_plan(problem, {}), "mill"


NO_WAY_MIN = NO_WAY // 60 + 1


def no_road():
    """A visit on the other side of the water; the others are planned as if it were not there."""
    drives = {("home", "mill"): NO_WAY_MIN, ("mill", "home"): 10, ("mill", "king"): 10}
    problem = a_problem(king, shop("mill"), drives=drives, days=[MON])
    return problem, a_plan(problem, {MON: "king 08:10"}), "mill"


# (what Monday's rule is, or Tuesday's where there are two days; outranked; problem, plan, visit)
BARS = [
    (Bar.FROZEN, False, *frozen()),
    (Bar.ACTIVE, False, *alone(status="blacklisted")),
    (Bar.REP, False, shared, a_plan(shared, {}, rep="anna"), "mill"),
    (Bar.DATES, False, *alone(due(on=TUE))),
    (Bar.PIN, False, *alone(due(between=(MON, TUE), pinned=TUE))),
    (Bar.WEEKDAY, False, *alone(weekdays=frozenset({3}))),
    (Bar.PATTERN, True, patterns, a_plan(patterns, {TUE: "mill1 09:00"}), "mill2"),
    (Bar.JOINT, False, joint, a_plan(joint, {}, rep="anna"), "mill+boss"),
    (Bar.GAP, False, *alone(min_gap_days=9, last_visit=LAST_FRI)),
    (Bar.GAP, True, two, a_plan(two, {MON: "mill1 09:00"}), "mill2"),
    (Bar.ROAD, False, *no_road()),
    (Bar.CLOSED_DATE, False, *alone(closed_dates=frozenset({MON}))),
    (
        Bar.UNFIT_TIME,
        False,
        *alone(open_hours=opens("09:00-12:00"), unfit_times=(unfit("09:00-12:00", MON),)),
    ),
    (Bar.OPEN_HOURS, False, *alone(open_hours=opens("19:00-22:00"))),
    (Bar.SERVICE, False, *alone(due(60), open_hours=opens("09:00-09:50"))),
    (Bar.DAY_END, False, *alone(due(600))),
    (Bar.MAX_VISITS, False, *alone(max_visits_a_day=0)),
    (Bar.MAX_DRIVING, False, *alone(max_driving_s_a_day=1199)),
    (Bar.MAX_DURATION, False, *alone(out="00:49")),
    (Bar.LOAD, False, *alone(due(load=3), max_load=2)),
    (
        Bar.LUNCH,
        False,
        *alone(due(60, on=MON, appointment="08:10"), rest=lunch("08:00-08:30", 50)),
    ),
    (Bar.DAY_END, True, *beside_king(shop("mill"), hours="08:00-10:59")),
    (Bar.MAX_VISITS, True, *beside_king(shop("mill"), max_visits_a_day=1)),
    (Bar.MAX_DRIVING, True, *beside_king(shop("mill"), max_driving_s_a_day=1799)),
    (Bar.MAX_DURATION, True, *beside_king(shop("mill"), out="02:59")),
    (Bar.LOAD, True, *beside_king(shop("mill", due(load=1)), max_load=1)),
    (
        Bar.OPEN_HOURS,
        True,
        *beside_king(
            shop("mill", open_hours=opens("08:00-09:00")), "king 08:10", hours="08:00-11:00"
        ),
    ),
    (
        Bar.APPOINTMENT,
        True,
        *beside_king(shop("mill", due(on=MON, appointment="09:00")), hours="08:00-11:30"),
    ),
]


@pytest.mark.parametrize(
    ("bar", "outranked", "problem", "plan", "visit"),
    [
        pytest.param(*case, id=f"{case[0]}-{'outranked' if case[1] else 'impossible'}")
        for case in BARS
    ],
)
def test_the_rule_that_binds_on_a_day(bar, outranked, problem, plan, visit):
    tries = why_not(problem, plan, visit).tries
    assert (bar, outranked) in {(each.bar, each.outranked) for each in tries}
    assert len(tries) == sum(len(rep.workdays) for rep in problem.reps)


def test_every_rule_has_its_case():
    assert {case[0] for case in BARS} == set(Bar) - {Bar.SEVERAL}


def test_several_rules_at_once_are_told_as_the_first_of_them():
    problem, plan, visit = beside_king(shop("mill"), max_visits_a_day=1, hours="08:00-10:59")
    (only,) = why_not(problem, plan, visit).tries
    assert only.bar is Bar.MAX_VISITS


def test_those_who_hold_the_room_are_named():
    problem, plan, visit = beside_king(shop("mill"), hours="08:00-10:59")
    (only,) = why_not(problem, plan, visit).tries
    assert only.by == ("king",)


def test_a_planned_visit_has_no_reason_to_be_out():
    problem = a_problem(shop("mill"), days=[MON])
    with pytest.raises(ValueError, match="planned"):
        why_not(problem, a_plan(problem, {MON: "mill 09:00"}), "mill")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(full=True, joint=True, peaks=True))
def test_what_is_said_to_fit_fits_and_every_remedy_works(problem):
    plan = quick_plan(problem)
    assert check(problem, plan) == ()
    for missed in plan.unserved:
        for remedy in missed.remedies:
            mended, after = taken(problem, plan, missed.visit_id, remedy)
            assert check(mended, after) == ()
            assert validate(mended) == ()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(full=True, joint=True, peaks=True))
def test_the_same_plan_has_the_same_reasons(problem):
    plan = quick_plan(problem)
    backwards = replace(plan, routes=tuple(reversed(plan.routes)))
    assert explain_all(lay_out(problem, Weights()), backwards.routes) == plan.unserved
    for missed in plan.unserved:
        told = why_not(problem, plan, missed.visit_id)
        assert told.unserved == missed
        fits = any(each.bar is None for each in told.tries)
        assert (missed.code is ReasonCode.COSTS_TOO_MUCH) <= fits
