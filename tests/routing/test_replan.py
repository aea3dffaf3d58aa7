"""A plan in force planned again: which days change, what is told, and what stays."""

from dataclasses import replace

import pytest

from routing.check import check
from routing.problem import PublishedStop
from routing.reasons import ReasonCode
from routing.replan import (
    Add,
    Cancel,
    Drop,
    GiveUp,
    Pin,
    RepIll,
    RepLeaves,
    RunningLate,
    Swap,
    replan,
)
from routing.replan.late import Spent
from tests.routing.builders import (
    FRI,
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
)

SCOPES = ("day", "cycle")


@pytest.fixture
def week():
    """Two visits on each of four days, half an hour each."""
    names = ("ash", "bay", "cedar", "elm", "fir", "gum", "holly", "ivy")
    problem = a_problem(*(shop(name) for name in names), days=[MON, TUE, WED, THU])
    pairs = zip(names[::2], names[1::2], strict=True)
    days = {
        day: f"{first} 08:10, {second} 08:50"
        for day, (first, second) in zip((MON, TUE, WED, THU), pairs, strict=True)
    }
    return problem, a_plan(problem, days)


def stands(plan):
    """Day → visits in order."""
    return {route.date: [stop.visit_id for stop in route.stops] for route in plan.routes}


def by_rep(plan):
    return {
        (route.rep_id, route.date): [stop.visit_id for stop in route.stops] for route in plan.routes
    }


def moves(difference):
    return [(c.visit_id, c.before.date, c.after.date) for c in difference.moved]


@pytest.mark.parametrize("scope", SCOPES)
def test_nothing_has_happened_nothing_changes(week, scope):
    again = replan(*week, scope=scope)
    assert again.plan.routes == week[1].routes
    assert again.difference == replan(*week, scope="day").difference
    assert (again.difference.moved, again.difference.shifted) == ((), ())
    assert (again.difference.travel_s, again.difference.travel_m) == (0, 0)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_visit_dropped_leaves_the_other_days_as_they_were(week, scope):
    again = replan(*week, [Drop(visit_id="cedar")], scope=scope)
    assert stands(again.plan) == stands(week[1]) | {TUE: ["elm"]}
    assert again.plan.routes[2:] == week[1].routes[2:]
    (gone,) = again.difference.dropped
    assert (gone.visit_id, gone.before.date, gone.after) == ("cedar", TUE, None)
    assert again.difference.travel_s == -600


@pytest.mark.parametrize("scope", SCOPES)
def test_a_visit_called_off_goes_to_a_later_day(week, scope):
    again = replan(*week, [Cancel(visit_id="elm", until=WED)], scope=scope)
    assert moves(again.difference) == [("elm", TUE, WED)]
    assert check(again.problem, again.plan) == ()
    assert stands(again.plan)[MON] == stands(week[1])[MON]


@pytest.mark.parametrize("scope", SCOPES)
def test_a_visit_fixed_to_a_day_goes_there(week, scope):
    again = replan(*week, [Pin(visit_id="ash", date=THU)], scope=scope)
    assert moves(again.difference) == [("ash", MON, THU)]


@pytest.mark.parametrize("scope", SCOPES)
def test_two_visits_exchange_their_days(week, scope):
    again = replan(*week, [Swap(visit_id="ash", other_id="ivy")], scope=scope)
    assert moves(again.difference) == [("ash", MON, THU), ("ivy", THU, MON)]


@pytest.mark.parametrize("scope", SCOPES)
def test_a_visit_more_is_added_where_there_is_room(week, scope):
    problem, plan = week
    new = replace(problem.visits[0], id="ash2", earliest=WED, latest=WED, ideal=WED)
    again = replan(problem, plan, [Add(visit=new)], scope=scope)
    (added,) = again.difference.added
    assert (added.visit_id, added.before, added.after.date) == ("ash2", None, WED)
    assert check(again.problem, again.plan) == ()


def test_changes_build_on_each_other(week):
    changes = [
        Pin(visit_id="ash", date=TUE),
        Drop(visit_id="elm"),
        Cancel(visit_id="gum", until=THU),
    ]
    again = replan(*week, changes, scope="day")
    assert stands(again.plan)[MON] == ["bay"]
    assert sorted(stands(again.plan)[TUE]) == ["ash", "cedar"]
    assert moves(again.difference) == [("ash", MON, TUE), ("gum", WED, THU)]


def test_days_begun_stay_whatever_happens(week):
    ill = RepIll(rep_id="rep", first_day=WED, last_day=WED)
    again = replan(*week, [ill], begun=TUE)
    assert again.plan.routes[:2] == week[1].routes[:2]
    assert [day for _, _, day in moves(again.difference)] == [THU, THU]
    assert {stop.date for stop in again.problem.published if stop.frozen} == {MON, TUE}


def test_stops_frozen_before_stay_frozen(week):
    problem, plan = week
    stop = PublishedStop(visit_id="ash", rep_id="rep", date=MON, order=1, frozen=True)
    again = replan(replace(problem, published=(stop,)), plan, [Drop(visit_id="ivy")])
    assert again.plan.routes[0] == plan.routes[0]


@pytest.mark.parametrize("scope", SCOPES)
def test_a_late_rep_goes_on_in_the_same_order_while_that_fits(week, scope):
    late = RunningLate(rep_id="rep", date=TUE, now_s=at("10:00"), at=3, done=("cedar",))
    again = replan(*week, [late], scope=scope)
    assert stands(again.plan) == {TUE: ["elm"], WED: ["fir", "gum"], THU: ["holly", "ivy"]}
    (shifted,) = again.difference.shifted
    assert (shifted.before.begin_s, shifted.after.begin_s) == (at("08:50"), at("10:10"))
    assert (again.difference.dropped, again.difference.travel_s) == ((), 0)


@pytest.mark.parametrize("scope", SCOPES)
def test_what_a_late_day_no_longer_holds_is_put_off(week, scope):
    problem, plan = week
    late = RunningLate(rep_id="rep", date=MON, now_s=at("16:30"), at=0)
    again = replan(problem, plan, [late], scope=scope)
    assert len(stands(again.plan)[MON]) == 1
    ((_, before, after),) = moves(again.difference)
    assert (before, after > MON) == (MON, True)
    assert check(again.problem, again.plan) == ()


@pytest.mark.parametrize("scope", SCOPES)
def test_a_day_that_begins_as_planned_takes_in_a_visit_and_keeps_its_own(week, scope):
    problem, plan = week
    on_time = RunningLate(rep_id="rep", date=MON, now_s=at("08:00"), at=0)
    urgent = replace(problem.visits[0], id="urgent", earliest=MON, latest=MON, customer_id="holly")
    again = replan(problem, plan, [on_time, Add(visit=urgent)], scope=scope)
    assert {"ash", "bay"} <= set(stands(again.plan)[MON])
    assert check(again.problem, again.plan) == ()


def test_a_day_that_ends_early_puts_off_the_rest(week):
    late = RunningLate(rep_id="rep", date=MON, now_s=at("08:00"), at=0, end_s=at("08:50"))
    again = replan(*week, [late], scope="day")
    assert len(stands(again.plan)[MON]) == 1
    at_once = replace(late, end_s=at("07:00"))
    assert MON not in stands(replan(*week, [at_once], scope="day").plan)


def test_what_was_used_up_before_counts(week):
    problem, plan = week
    problem = replace(problem, reps=(replace(problem.reps[0], max_visits_a_day=2),))
    used = Spent(visits=1, driving_s=0, load=0)
    late = RunningLate(rep_id="rep", date=MON, now_s=at("08:05"), at=0, used=used)
    assert len(stands(replan(problem, plan, [late], scope="day").plan)[MON]) == 1


@pytest.mark.parametrize("scope", SCOPES)
def test_a_visit_given_up_is_told_and_its_gap_is_nobodys_fault(week, scope):
    again = replan(*week, [GiveUp(visit_id="ash")], scope=scope)
    assert [missed.visit_id for missed in again.plan.unserved] == ["ash"]
    assert [missed.visit_id for missed in again.difference.unserved] == ["ash"]
    assert check(again.problem, again.plan) == ()


def test_a_low_grade_is_put_off_first():
    items = [shop("gold", grade="A"), shop("tin", grade="E")]
    problem = a_problem(*items, days=[MON, TUE])
    plan = a_plan(problem, {MON: "tin 08:10, gold 08:50"})
    late = RunningLate(rep_id="rep", date=MON, now_s=at("16:35"), at=0)
    assert stands(replan(problem, plan, [late], scope="day").plan) == {MON: ["gold"], TUE: ["tin"]}


@pytest.mark.parametrize("scope", SCOPES)
def test_limits_of_a_day_count_the_visits_made(scope):
    items = [shop(name, due(30, (MON, TUE))) for name in ("ash", "bay", "cedar", "elm")]
    problem = a_problem(*items, days=[MON, TUE], max_visits_a_day=2)
    plan = a_plan(problem, {MON: "ash 08:10, bay 08:50", TUE: "cedar 08:10, elm 08:50"})
    late = RunningLate(rep_id="rep", date=MON, now_s=at("08:40"), at=1, done=("ash",))
    ill = RepIll(rep_id="rep", first_day=TUE, last_day=TUE)
    again = replan(problem, plan, [late, ill], scope=scope)
    assert len(stands(again.plan)[MON]) == 1
    assert len(again.plan.unserved) == 2


def test_a_visit_put_off_does_not_change_the_order_of_its_new_day(week):
    again = replan(*week, [Cancel(visit_id="ash", until=TUE)], scope="day")
    left = [visit for visit in stands(again.plan)[TUE] if visit != "ash"]
    assert left == stands(week[1])[TUE]


def test_where_there_is_no_room_the_visit_is_unserved_with_its_reason():
    problem = a_problem(shop("long", due(540)), shop("ash"), days=[MON, TUE])
    plan = a_plan(problem, {MON: "ash 08:10", TUE: "long 08:10"})
    again = replan(problem, plan, [Cancel(visit_id="ash")], scope="day")
    (missed,) = again.difference.unserved
    assert (missed.visit_id, missed.code) == ("ash", ReasonCode.HOURS_SHORT)
    assert missed.params["earliest"] == TUE.isoformat()
    assert missed in again.plan.unserved


def test_gaps_hold_to_the_visits_that_stay():
    problem = a_problem(
        shop("kiosk", due(30, (MON, TUE)), due(30, (WED, FRI)), min_gap_days=2, max_gap_days=3)
    )
    plan = a_plan(problem, {MON: "kiosk1 09:00", WED: "kiosk2 09:00"})
    again = replan(problem, plan, [Cancel(visit_id="kiosk2")], scope="day")
    assert moves(again.difference) == [("kiosk2", WED, THU)]


@pytest.fixture
def region():
    """Li's Monday and Wang's, Wang with time to spare; everybody's customers are their own."""
    li, wang = ({"rep_ids": frozenset({rep})} for rep in ("li", "wang"))
    problem = a_problem(
        shop("ash", due(60, on=MON), **li),
        shop("bay", due(60, (MON, TUE)), **li),
        shop("cedar", due(60), **wang),
        reps=("li", "wang"),
        days=[MON, TUE],
        rest=lunch(),
    )
    other = a_route(problem, MON, "cedar 08:10, lunch 11:30", "wang")
    return problem, a_plan(
        problem, {MON: "ash 08:10, bay 09:20, lunch 11:30"}, rep="li", also=[other]
    )


@pytest.mark.parametrize("scope", SCOPES)
def test_a_neighbour_takes_over_and_the_rest_is_put_off(region, scope):
    ill = RepIll(rep_id="li", first_day=MON, last_day=MON, stand_ins=("wang",))
    again = replan(*region, [ill], scope=scope)
    assert check(again.problem, again.plan) == ()
    days = {visit: where for where, own in by_rep(again.plan).items() for visit in own}
    assert days["ash"] == ("wang", MON)
    assert days["bay"] in {("wang", MON), ("li", TUE)}
    assert days["cedar"][0] == "wang"


@pytest.mark.parametrize("scope", SCOPES)
def test_without_a_neighbour_visits_are_put_off_or_told(region, scope):
    again = replan(*region, [RepIll(rep_id="li", first_day=MON, last_day=MON)], scope=scope)
    assert moves(again.difference) == [("bay", MON, TUE)]
    (missed,) = again.difference.unserved
    assert (missed.visit_id, missed.code) == ("ash", ReasonCode.NO_WORKDAY)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_leaver_s_visits_are_the_heir_s(region, scope):
    again = replan(*region, [RepLeaves(rep_id="li", first_day=MON)], scope=scope)
    assert check(again.problem, again.plan) == ()
    assert {rep for rep, _ in by_rep(again.plan)} == {"wang"}
    assert again.plan.unserved == ()


def test_the_difference_is_in_order_of_day_rep_and_hour(week):
    everything = [Drop(visit_id=name) for name in ("ivy", "ash", "gum", "bay", "fir")]
    dropped = replan(*week, everything, scope="day").difference.dropped
    assert [change.visit_id for change in dropped] == ["ash", "bay", "fir", "gum", "ivy"]


def test_the_same_change_gives_the_same_plan(week):
    changes = [RepIll(rep_id="rep", first_day=TUE, last_day=WED)]
    first, second = (replan(*week, changes, seed=3) for _ in range(2))
    assert first == second


def test_a_visit_waits_for_opening_hours_on_its_new_day():
    items = [shop("ash", open_hours=opens("14:00-15:00")), shop("bay")]
    problem = a_problem(*items, days=[MON, TUE])
    plan = a_plan(problem, {MON: "bay 08:10, ash 14:00"})
    again = replan(problem, plan, [Cancel(visit_id="ash")], scope="day")
    (route,) = (route for route in again.plan.routes if route.date == TUE)
    assert route.stops[0].begin_s == at("14:00")
