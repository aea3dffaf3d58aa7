"""Why a planned visit is there: what its time hangs on, its play, what other days would cost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from routing.check import check
from routing.cycle.instance import lay_out
from routing.day.schedule import timed_route
from routing.explain import why
from routing.explain.scene import Scene
from routing.explain.trial import trials
from routing.plan import DayRoute, Plan
from routing.problem import PublishedStop
from routing.reasons import Anchor, Bar
from routing.weights import Weights
from tests.routing.builders import (
    MON,
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
from tests.routing.quick_plan import quick_plan
from tests.routing.random_problems import problems

TRAVEL_ONLY = Weights(off_ideal=0, moved_off_published_day=0, balance_s=0, not_by_owner=0, money=0)
mill, cafe = shop("mill"), shop("cafe")
pair = a_problem(mill, cafe, days=[MON, TUE])
early = a_plan(pair, {MON: "mill 08:10, cafe 08:50"})


def told(problem, plan: Plan, visit_id: str, weights: Weights | None = None):
    assert [v.message for v in check(problem, plan) if v.rule != "visit_lost"] == []
    return why(problem, plan, visit_id, weights)


def the_time(problem, text: str, visit_id: str):
    """(what it hangs on, first and last second) of a visit on a Monday."""
    found = told(problem, a_plan(problem, {MON: text}), visit_id)
    return found.anchor, found.first_s, found.last_s


def test_the_first_visit_is_as_early_as_the_day_allows():
    anchor, first_s, last_s = the_time(pair, "mill 08:10, cafe 08:50", "mill")
    assert (anchor, first_s, last_s) == (Anchor.DAY_BEGIN, at("08:10"), at("08:10"))


def test_a_visit_begins_on_arrival_and_could_be_as_late_as_the_way_home_allows():
    anchor, first_s, last_s = the_time(pair, "mill 08:10, cafe 08:50", "cafe")
    assert (anchor, first_s, last_s) == (Anchor.ARRIVAL, at("08:50"), at("16:50"))
    assert told(pair, early, "cafe").after == "mill"


def test_a_visit_waits_until_the_customer_opens():
    problem = a_problem(mill, shop("cafe", open_hours=opens("09:00-11:00")), days=[MON])
    found = the_time(problem, "mill 08:10, cafe 09:00", "cafe")
    assert found == (Anchor.OPENS, at("09:00"), at("10:30"))


def test_the_first_visit_waits_at_home_until_the_customer_opens():
    problem = a_problem(shop("cafe", open_hours=opens("09:00-11:00")), days=[MON])
    assert the_time(problem, "cafe 09:00", "cafe")[0] is Anchor.OPENS


def test_an_appointment_has_no_play():
    problem = a_problem(mill, shop("cafe", due(on=MON, appointment="10:00")), days=[MON])
    found = the_time(problem, "mill 08:10, cafe 10:00", "cafe")
    assert found == (Anchor.APPOINTMENT, at("10:00"), at("10:00"))


def test_a_visit_follows_the_break():
    problem = a_problem(mill, cafe, days=[MON], rest=lunch("09:00-10:00", 30))
    found = the_time(problem, "mill 08:30, lunch 09:00, cafe 09:40", "cafe")
    assert found == (Anchor.LUNCH, at("09:40"), at("16:50"))


def test_a_visit_that_could_be_earlier_was_put_there():
    found = the_time(pair, "mill 08:10, cafe 12:00", "cafe")
    assert found == (Anchor.CHOSEN, at("08:50"), at("16:50"))


def test_a_longest_time_away_bounds_the_play():
    problem = a_problem(mill, cafe, days=[MON], out="01:40")
    found = the_time(problem, "mill 08:10, cafe 08:50", "cafe")
    assert found == (Anchor.ARRIVAL, at("08:50"), at("09:00"))


def test_two_people_who_meet_have_no_play():
    problem = a_problem(
        shop("mill", due(), due(15, joins=1, rep="boss"), rep_ids=frozenset({"anna"})),
        days=[MON, TUE],
        reps=("anna", "boss"),
    )
    both = [a_route(problem, MON, "mill+boss 09:00", rep="boss")]
    plan = a_plan(problem, {MON: "mill 09:00"}, rep="anna", also=both)
    for visit_id in ("mill", "mill+boss"):
        found = told(problem, plan, visit_id)
        assert found.anchor is Anchor.JOINT
        assert {other.bar for other in found.elsewhere} <= {Bar.JOINT, Bar.REP}


def test_another_day_costs_the_drive_there_and_saves_the_one_here():
    """Beside the cafe the mill adds ten minutes, alone twenty."""
    found = told(pair, early, "mill", TRAVEL_ONLY)
    assert found.cheapest.date == TUE
    assert (found.cheapest.cost.travel_s, found.cheapest.cost.total_s) == (600, 600)
    assert found.cheapest.begin_s == at("08:10")


def test_each_part_of_the_cost_is_told_apart():
    published = [PublishedStop(visit_id="mill", rep_id="anna", date=MON, order=1)]
    fields = {"min_gap_days": 1, "max_gap_days": 5, "owner_id": "anna"}
    problem = a_problem(
        shop("mill", **fields),
        cafe,
        days=[MON, TUE],
        reps=("anna", "ben"),
        published=published,
        cents_per_km=50,
    )
    plan = a_plan(problem, {MON: "mill 08:10, cafe 08:50"}, rep="anna")
    weights = replace(
        TRAVEL_ONLY, off_ideal=10, moved_off_published_day=7, not_by_owner=3, money=60
    )
    found = told(problem, plan, "mill", weights)
    costs = {(e.rep_id, e.date): e.cost for e in found.elsewhere}
    assert {(c.spacing_s, c.nearness_s) for c in (costs["anna", TUE],)} == {(5, 7)}
    assert [costs[who].owner_s for who in (("anna", TUE), ("ben", MON), ("ben", TUE))] == [0, 3, 3]
    # 7.2 km more at 0.50 each are 3.60, at a minute for one of the currency
    assert costs["ben", MON].money_s == 216
    assert costs["ben", MON].spacing_s == 0
    for cost in costs.values():
        parts = (cost.travel_s, cost.money_s, cost.spacing_s, cost.owner_s, cost.nearness_s)
        assert cost.total_s == sum(parts)


def test_uneven_days_cost():
    weights = replace(TRAVEL_ONLY, balance_s=14_400)
    big = [shop(f"b{n}", due(120)) for n in range(2)]
    problem = a_problem(*big, mill, days=[MON, TUE])
    plan = a_plan(problem, {MON: "b0 08:10, b1 10:20", TUE: "mill 08:10"})
    (monday,) = told(problem, plan, "mill", weights).elsewhere
    assert monday.cost.balance_s > 0
    (tuesday,) = told(problem, plan, "b0", weights).elsewhere
    assert tuesday.cost.balance_s < 0


def test_the_rule_that_forbids_another_day_is_told_and_who_holds_the_room():
    days = [MON, TUE, WED, MON + timedelta(days=3)]
    problem = a_problem(
        shop("mill", closed_dates=frozenset({TUE})), shop("king", due(550)), days=days[:3]
    )
    plan = a_plan(problem, {MON: "mill 08:10", WED: "king 08:10"})
    tuesday, wednesday = told(problem, plan, "mill").elsewhere
    assert (tuesday.bar, tuesday.cost) == (Bar.CLOSED_DATE, None)
    assert (wednesday.bar, wednesday.by) == (Bar.DAY_END, ("king",))
    assert told(problem, plan, "mill").cheapest is None


def test_gaps_to_the_customers_other_visits_forbid_days():
    problem = a_problem(shop("mill", due(), due(), min_gap_days=2), days=[MON, TUE, WED])
    plan = a_plan(problem, {MON: "mill1 09:00", WED: "mill2 09:00"})
    assert {other.bar for other in told(problem, plan, "mill1").elsewhere} == {Bar.GAP}


def test_a_visit_without_a_day_is_no_planned_visit():
    with pytest.raises(KeyError):
        why(pair, a_plan(pair, {}), "mill")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(full=True, joint=True, peaks=True))
def test_a_visit_can_be_moved_where_a_cost_is_told(problem):
    plan = quick_plan(problem)
    for route in plan.routes:
        for stop in route.stops:
            found = why(problem, plan, stop.visit_id)
            assert found.first_s <= stop.begin_s <= found.last_s
            bare = Scene(lay_out(problem, Weights()), plan.routes, off=frozenset({stop.visit_id}))
            moved = {
                (t.slot.rep.id, t.slot.date): t for t in trials(bare, bare.visits[stop.visit_id])
            }
            for other in found.elsewhere:
                assert (other.cost is None) == (other.bar is not None)
                if other.cost is not None:
                    there = moved[other.rep_id, other.date].place.route(bare)
                    assert check(problem, with_routes(plan, left(bare, route), there)) == ()


def left(bare: Scene, home: DayRoute) -> DayRoute:
    """The day that the visit has left."""
    slot = next(s for s in bare.slots if (s.rep.id, s.date) == (home.rep_id, home.date))
    jobs, metres = bare.days[slot.index].jobs, bare.problem.travel_m[slot.rep.transport]
    return timed_route(slot, jobs, metres) if jobs else replace(home, stops=())


def with_routes(plan: Plan, *routes: DayRoute) -> Plan:
    """The plan with these days in place of its own, without those that have no visit."""
    days = {(r.rep_id, r.date): r for r in (*plan.routes, *routes)}
    return replace(plan, routes=tuple(route for route in days.values() if route.stops))
