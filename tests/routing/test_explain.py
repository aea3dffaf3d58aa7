"""Every reason from a problem that a person can see through, and its remedies tried out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from routing.check import check
from routing.explain import applied, taken, why_not
from routing.plan import Plan, Unserved
from routing.problem import NO_WAY, Problem
from routing.reasons import OUTRANKED, ReasonCode, RemedyCode
from routing.solve import solve
from routing.validate import validate
from tests.routing.builders import (
    LAST_FRI,
    MON,
    TUE,
    WED,
    a_plan,
    a_problem,
    a_route,
    at,
    due,
    opens,
    shop,
    unfit,
)


def missed_in(problem: Problem, visit_id: str) -> Unserved:
    plan = solve(problem, work=20)
    assert check(problem, plan) == ()
    return unserved_in(plan, visit_id)


def unserved_in(plan: Plan, visit_id: str) -> Unserved:
    (missed,) = [missed for missed in plan.unserved if missed.visit_id == visit_id]
    return missed


def is_planned(problem: Problem, visit_id: str) -> bool:
    return stands(solve(problem, work=20), visit_id)


def stands(plan: Plan, visit_id: str) -> bool:
    return any(stop.visit_id == visit_id for route in plan.routes for stop in route.stops)


def remedy_in(problem: Problem, visit_id: str, code: RemedyCode):
    """The remedy of a kind, or None, of a visit that the planner leaves out."""
    found = [r for r in missed_in(problem, visit_id).remedies if r.code == code]
    return found[0] if found else None


evening = shop("bar", open_hours=opens("18:00-24:00"))
closed = shop("bar", open_hours=())
only_unfit = shop("bar", open_hours=opens("12:00-14:00"), unfit_times=(unfit("11:00-15:00", 0),))
full = [shop(f"a{n}", due(120), grade="A") for n in range(4)]
same_hour = (
    shop("first", due(60, on=MON, appointment="10:00"), grade="A"),
    shop("second", due(60, on=MON, appointment="10:30"), grade="E"),
)
both_at_nine = (
    shop("big", due(60), grade="A", open_hours=opens("09:00-10:00")),
    shop("small", due(60), grade="E", open_hours=opens("09:00-10:00")),
)
van = (shop("big", due(load=8), grade="A"), shop("small", due(load=3), grade="E"))
pair = (
    shop("mill", due(), due(15, joins=1, rep="boss"), rep_ids=frozenset({"rep"})),
    shop("king", due(500), grade="A", rep_ids=frozenset({"boss"})),
)

CASES = [
    ("bar", ReasonCode.NO_OPEN_HOURS, RemedyCode.OVERTIME, a_problem(evening, days=[MON])),
    ("bar", ReasonCode.NO_OPEN_HOURS, RemedyCode.WIDEN_WINDOW, a_problem(closed, days=[MON])),
    ("bar", ReasonCode.NO_OPEN_HOURS, RemedyCode.WIDEN_WINDOW, a_problem(only_unfit, days=[MON])),
    (
        "bar",
        ReasonCode.NO_WORKDAY,
        RemedyCode.OTHER_DATE,
        a_problem(shop("bar", due(on=TUE)), days=[MON, WED]),
    ),
    (
        "bar",
        ReasonCode.NO_WORKDAY,
        RemedyCode.OTHER_REP,
        a_problem(shop("bar", rep_ids=frozenset({"nobody"})), days=[MON]),
    ),
    (
        "bar",
        ReasonCode.TOO_LONG_FOR_WINDOW,
        RemedyCode.SHORTEN_VISIT,
        a_problem(shop("bar", due(180), open_hours=opens("09:00-11:00")), days=[MON]),
    ),
    (
        "bar",
        ReasonCode.TOO_FAR,
        RemedyCode.OVERTIME,
        a_problem(shop("bar", due(60)), days=[MON], drives={("home", "bar"): 270}),
    ),
    (
        "bar2",
        ReasonCode.GAP_IMPOSSIBLE,
        RemedyCode.CHANGE_FREQUENCY,
        a_problem(shop("bar", due(), due(), min_gap_days=5), days=[MON, TUE]),
    ),
    (
        "bar",
        ReasonCode.GAP_IMPOSSIBLE,
        RemedyCode.CHANGE_FREQUENCY,
        a_problem(shop("bar", due(), min_gap_days=9, last_visit=LAST_FRI), days=[MON, TUE]),
    ),
    (
        "bar",
        ReasonCode.DEADLINE_PASSED,
        RemedyCode.EXTEND_PROMISE,
        a_problem(shop("bar", due(between=(LAST_FRI, LAST_FRI), promise=True)), days=[MON]),
    ),
    (
        "second",
        ReasonCode.APPOINTMENT_CLASH,
        RemedyCode.MOVE_APPOINTMENT,
        a_problem(*same_hour, days=[MON]),
    ),
    (
        "bar",
        ReasonCode.NOT_ACTIVE,
        RemedyCode.CONFIRM_STATUS,
        a_problem(shop("bar", status="blacklisted"), days=[MON]),
    ),
    (
        "bar",
        ReasonCode.HOURS_SHORT,
        RemedyCode.OVERTIME,
        a_problem(*full, shop("bar", due(60), grade="E"), days=[MON]),
    ),
    (
        "small",
        ReasonCode.WINDOW_TAKEN,
        RemedyCode.WIDEN_WINDOW,
        a_problem(*both_at_nine, days=[MON]),
    ),
    (
        "bar",
        ReasonCode.NO_WORKDAY,
        RemedyCode.OTHER_DATE,
        a_problem(shop("bar", weekdays=frozenset({WED.weekday()})), days=[MON, TUE]),
    ),
    (
        "bar",
        ReasonCode.NO_WORKDAY,
        RemedyCode.OTHER_DATE,
        a_problem(shop("bar", due(between=(MON, TUE)), patterns=((WED,),)), days=[MON, TUE, WED]),
    ),
]


# Situations that a plan by hand shows: (visit, reason, first remedy, problem, plan).
van_problem = a_problem(*van, days=[MON], max_load=10)
joint_problem = a_problem(*pair, days=[MON], reps=("rep", "boss"))
twice = a_problem(shop("bar", due(), due(), min_gap_days=2), days=[MON, TUE, WED])
NO_WAY_MIN = NO_WAY // 60 + 1
island = a_problem(
    shop("island"),
    shop("beach"),
    shop("mill"),
    days=[MON],
    drives={
        ("home", "island"): NO_WAY_MIN,
        ("mill", "island"): NO_WAY_MIN,
        ("home", "beach"): 10,
        ("beach", "home"): NO_WAY_MIN,  # a one-way street to a dead end
        ("island", "beach"): NO_WAY_MIN,
    },
)

BY_HAND = [
    ("island", ReasonCode.NO_ROAD, None, island, a_plan(island, {MON: "mill 09:00"})),
    ("beach", ReasonCode.NO_ROAD, None, island, a_plan(island, {MON: "mill 09:00"})),
    (
        "small",
        ReasonCode.LOAD_SHORT,
        RemedyCode.RAISE_LIMIT,
        van_problem,
        a_plan(van_problem, {MON: "big 09:00"}),
    ),
    (
        "big",
        ReasonCode.LOAD_TOO_BIG,
        RemedyCode.RAISE_LIMIT,
        a_problem(*van, days=[MON], max_load=7),
        a_plan(van_problem, {MON: "small 09:00"}),
    ),
    (
        "bar2",
        ReasonCode.GAP_TAKEN,
        RemedyCode.CHANGE_FREQUENCY,
        twice,
        a_plan(twice, {TUE: "bar1 09:00"}),
    ),
    (
        "bar2",
        ReasonCode.COSTS_TOO_MUCH,
        RemedyCode.PIN,
        twice,
        a_plan(twice, {MON: "bar1 09:00"}),
    ),
    (
        "mill+boss",
        ReasonCode.JOINT_MISSED,
        RemedyCode.OVERTIME,
        joint_problem,
        a_plan(
            joint_problem,
            {MON: "mill 09:00"},
            also=[a_route(joint_problem, MON, "king 08:10", rep="boss")],
        ),
    ),
]


@pytest.mark.parametrize(
    ("visit", "reason", "remedy", "problem"), [pytest.param(*c, id=f"{c[1]}-{c[2]}") for c in CASES]
)
def test_the_reason_and_that_each_remedy_lets_the_visit_in(visit, reason, remedy, problem):
    plan = solve(problem, work=20)
    assert check(problem, plan) == ()
    missed = unserved_in(plan, visit)
    assert (missed.code, missed.remedy.code) == (reason, remedy)
    assert missed.params.keys() >= {"earliest", "latest"}
    assert ("date" in missed.params) == (reason in OUTRANKED)
    for each in missed.remedies:
        mended, after = taken(problem, plan, visit, each)
        assert validate(mended) == ()
        assert check(mended, after) == ()
        assert stands(after, visit)
        assert is_planned(applied(problem, visit, each), visit)


@pytest.mark.parametrize(
    ("visit", "reason", "remedy", "problem", "plan"),
    [pytest.param(*c, id=f"{c[1]}-{c[2]}") for c in BY_HAND],
)
def test_the_reason_of_a_visit_that_a_plan_by_hand_leaves_out(visit, reason, remedy, problem, plan):
    missed = why_not(problem, plan, visit).unserved
    assert (missed.code, missed.remedy and missed.remedy.code) == (reason, remedy)
    for each in missed.remedies:
        mended, after = taken(problem, plan, visit, each)
        assert [v.message for v in check(mended, after) if v.rule != "visit_lost"] == []
        assert stands(after, visit)


def test_what_no_road_leads_to_is_left_out_and_the_rest_is_planned():
    plan = solve(island, work=20)
    assert check(island, plan) == ()
    assert stands(plan, "mill")
    assert {one.visit_id: one.code for one in plan.unserved} == dict.fromkeys(
        ("beach", "island"), ReasonCode.NO_ROAD
    )


def test_every_reason_has_its_case():
    assert {case[1] for case in (*CASES, *BY_HAND)} == set(ReasonCode)


def test_overtime_is_as_short_as_can_be():
    """Four visits of two hours with ten minutes between end at 17:10 at home; one more of an hour
    and its ten minutes end at 18:00."""
    problem = a_problem(*full, shop("bar", due(60), grade="E"), days=[MON])
    remedy = missed_in(problem, "bar").remedy
    assert remedy.params == {"minutes": 30, "date": MON.isoformat(), "rep": "rep"}
    assert remedy.cost == 30
    workday = problem.reps[0].workdays[0]
    for extra, fits in ((29, False), (30, True)):
        longer = replace(workday, end_s=workday.end_s + 60 * extra)
        rep = replace(problem.reps[0], workdays=(longer,))
        assert is_planned(replace(problem, reps=(rep,)), "bar") == fits


def test_who_holds_the_room_is_named_lowest_grade_first():
    big = [shop(f"a{n}", due(120), grade=grade) for n, grade in enumerate("ABAA")]
    missed = missed_in(a_problem(*big, shop("bar", due(60), grade="E"), days=[MON]), "bar")
    assert missed.params["by"].split(", ") == ["a1", "a0", "a2"]
    assert (missed.params["by_grade"], missed.params["date"]) == ("B", MON.isoformat())


def test_a_remedy_that_cannot_be_taken_any_more_is_refused():
    problem = a_problem(*full, shop("bar", due(60), grade="E"), days=[MON])
    plan = solve(problem, work=20)
    short = replace(
        unserved_in(plan, "bar").remedy, params={"minutes": 29, "date": "2026-11-30", "rep": "rep"}
    )
    with pytest.raises(ValueError, match="no longer"):
        taken(problem, plan, "bar", short)


def test_the_shorter_visit_is_as_long_as_the_window():
    problem = a_problem(shop("bar", due(180), open_hours=opens("09:00-11:00")), days=[MON])
    assert missed_in(problem, "bar").remedy.params["minutes"] == 120


def test_nobody_is_offered_less_than_half_a_visit():
    problem = a_problem(shop("bar", due(180), open_hours=opens("09:00-10:29")), days=[MON])
    assert remedy_in(problem, "bar", RemedyCode.SHORTEN_VISIT) is None
    wider = a_problem(shop("bar", due(180), open_hours=opens("09:00-10:30")), days=[MON])
    assert remedy_in(wider, "bar", RemedyCode.SHORTEN_VISIT).params["minutes"] == 90


def test_the_customer_is_asked_for_no_more_than_is_needed():
    """Home by 17:30 means leaving at 17:20: the nearest half hour to an opening at 18:00."""
    remedy = remedy_in(a_problem(evening, days=[MON]), "bar", RemedyCode.WIDEN_WINDOW)
    assert (remedy.params["from_s"], remedy.params["to_s"]) == (at("16:50"), at("17:20"))


def test_the_nearest_working_day_is_proposed():
    days = [MON, WED, MON + timedelta(days=7)]
    problem = a_problem(shop("bar", due(on=MON + timedelta(days=5))), days=days)
    assert missed_in(problem, "bar").remedy.params == {"date": "2026-12-07", "rep": "rep"}


def test_a_colleague_is_proposed_where_the_own_rep_has_no_hours():
    mine = frozenset({"anna"})
    problem = a_problem(
        shop("king", due(540), grade="A", rep_ids=mine),
        shop("bar", due(120), grade="E", rep_ids=mine),
        days=[MON],
        reps=("anna", "ben"),
    )
    remedy = remedy_in(problem, "bar", RemedyCode.OTHER_REP)
    assert remedy.params == {"date": MON.isoformat(), "rep": "ben"}


def test_a_promise_overdue_is_told_as_such_whatever_else_is_wrong():
    ruin = shop("bar", due(between=(LAST_FRI, LAST_FRI), promise=True), open_hours=())
    assert missed_in(a_problem(ruin, days=[MON]), "bar").code is ReasonCode.DEADLINE_PASSED


def test_an_appointment_that_ends_after_work():
    night = shop("bar", due(60, on=MON, appointment="17:00"))
    missed = missed_in(a_problem(night, days=[MON]), "bar")
    assert missed.code is ReasonCode.TOO_FAR
    assert missed.remedy.params["minutes"] == 40  # home by 18:10


def test_an_appointment_before_anybody_can_be_there_is_moved_as_little_as_can_be():
    dawn = shop("bar", due(60, on=MON, appointment="08:05"))
    missed = missed_in(a_problem(dawn, days=[MON]), "bar")
    assert missed.code is ReasonCode.TOO_FAR
    assert missed.remedy.code == RemedyCode.MOVE_APPOINTMENT
    assert missed.remedy.params["begin_s"] == at("08:10")


def test_the_other_appointment_of_a_clash_is_named():
    assert missed_in(a_problem(*same_hour, days=[MON]), "second").params["other"] == "first"


def test_a_visit_is_shortened_to_what_the_way_there_leaves():
    early = shop("bar", due(45), open_hours=opens("06:00-08:40"))  # there at 08:10
    problem = a_problem(early, days=[MON])
    missed = missed_in(problem, "bar")
    assert missed.code is ReasonCode.TOO_LONG_FOR_WINDOW
    assert missed.remedy.params["minutes"] == 30


def test_a_door_that_closes_before_the_rep_is_there_is_never_open():
    early = shop("bar", due(45), open_hours=opens("06:00-08:10"))
    missed = missed_in(a_problem(early, days=[MON]), "bar")
    assert missed.code is ReasonCode.NO_OPEN_HOURS
    assert missed.remedy.code == RemedyCode.WIDEN_WINDOW


def test_remedies_stand_in_order_of_what_they_ask():
    missed = missed_in(a_problem(*full, shop("bar", due(60), grade="E"), days=[MON]), "bar")
    costs = [remedy.cost for remedy in missed.remedies]
    assert len(costs) > 1
    assert costs == sorted(costs)
