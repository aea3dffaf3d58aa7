"""One day's labels against reckoning from scratch, on days at random."""

from itertools import pairwise, permutations

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from routing.check import check
from routing.checks.peaks import reached, reached_round
from routing.cycle.instance import Job, Slot, lay_out
from routing.day.labels import Day
from routing.day.order import best_order
from routing.day.schedule import timed_route
from routing.fingerprint import fingerprint
from routing.plan import Plan, Unserved
from routing.problem import Problem
from routing.reasons import ReasonCode
from routing.weights import Weights
from tests.routing.builders import MON, a_problem, due, lunch, opens, shop
from tests.routing.random_problems import problems

MANY = settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def possible(slot: Slot, jobs: tuple[Job, ...]) -> bool:
    """Whether an order fits, reckoned plainly: with lunch on each leg in turn."""
    nodes = [slot.day.start, *(job.node for job in jobs), slot.day.end]
    driving = sum(slot.travel[a][b] for a, b in pairwise(nodes)) if jobs else 0
    if slot.day.peaks:  # depends on when home is left: asked of the day as it is timed
        driving = Day(slot, jobs).driven_s()
    if len(jobs) > slot.max_visits or driving > slot.max_driving_s:
        return False
    legs = range(len(jobs) + 1) if slot.lunch else [None]
    return any(_with_lunch_on(slot, jobs, nodes, leg) for leg in legs)


def _with_lunch_on(slot, jobs, nodes, lunch_leg) -> bool:
    now = slot.day.begin_s
    for leg, (here, there) in enumerate(pairwise(nodes)):
        travel_s = slot.travel[here][there]
        if leg == lunch_leg:
            if now > slot.lunch.latest_s:
                return False
            # on the way or on arrival; a rep who is early waits for the break's window
            pause_s = max(now, slot.lunch.earliest_s)
            arrive_s = reached(slot.day, now, travel_s)
            if arrive_s <= pause_s:
                now = pause_s + slot.lunch.duration_s
            else:
                now = reached_round(slot.day, now, travel_s, pause_s)
        else:
            now = reached(slot.day, now, travel_s)
        if leg == len(jobs):
            return now <= slot.day.end_s
        begins = [max(a, now) for a, b in jobs[leg].windows[slot.index] if now <= b]
        if not begins:
            return False
        now = min(begins) + jobs[leg].service_s
    return False


@st.composite
def days(draw) -> tuple[Problem, Slot, tuple[Job, ...]]:
    """A slot with the jobs that could be on it, in any order."""
    problem = draw(problems(days=1, shops=6, peaks=draw(st.booleans())))
    instance = lay_out(problem, Weights())
    jobs = [job for job in instance.jobs if 0 in job.windows]
    one_each = {job.customer.id: job for job in jobs}.values()
    assume(one_each)
    return problem, instance.slots[0], tuple(draw(st.permutations(list(one_each))))


@MANY
@given(days())
def test_an_order_fits_or_not(drawn):
    _, slot, jobs = drawn
    for count in range(1, len(jobs) + 1):
        fits = possible(slot, jobs[:count])
        event(f"fits: {fits}")
        assert Day(slot, jobs[:count]).fits == fits


@MANY
@given(days())
def test_an_insertion_judged_in_constant_time_equals_recomputing(drawn):
    _, slot, jobs = drawn
    day = Day(slot)
    for job in jobs:
        tried = {
            position: after
            for position in range(len(day.jobs) + 1)
            if (after := day.with_job(job, position)).fits
        }
        best = min((after.travel_s - day.travel_s for after in tried.values()), default=None)
        found = day.best_insertion(job)
        event(f"insertion: {found is not None}")
        assert (found is None) == (best is None)
        if found is None:
            continue
        added, position = found
        assert position in tried
        assert added == best == tried[position].travel_s - day.travel_s
        assert day.best_insertion(job) == found  # remembered
        day = tried[position]


@MANY
@given(days())
def test_the_clock_of_a_day_passes_the_checker(drawn):
    problem, slot, jobs = drawn
    fitting = next((order for order in permutations(jobs[:4]) if Day(slot, order).fits), None)
    event(f"a day: {fitting is not None}")
    assume(fitting)
    metres = problem.travel_m["car"]
    for order in (fitting, best_order(slot, fitting)):
        assert Day(slot, order).fits
        route = timed_route(slot, order, metres)
        assert route.return_s == Day(slot, order).back_s
        assert route.travel_s == Day(slot, order).driven_s()
        planned = {stop.visit_id for stop in route.stops}
        left_out = tuple(
            Unserved(
                visit_id=visit.id,
                customer_id=visit.customer_id,
                code=ReasonCode.HOURS_SHORT,
                rule="day_end",
            )
            for visit in problem.visits
            if visit.id not in planned
        )
        plan = Plan(
            problem_id=problem.id,
            fingerprint=fingerprint(problem),
            seed=1,
            work=0,
            routes=(route,),
            unserved=left_out,
            travel_source=problem.travel_source,
        )
        assert [violation.message for violation in check(problem, plan)] == []


@MANY
@given(days())
def test_ortools_never_makes_an_order_longer(drawn):
    _, slot, jobs = drawn
    fitting = next((order for order in permutations(jobs[:5]) if Day(slot, order).fits), None)
    assume(fitting)
    ordered = best_order(slot, fitting)
    assert sorted(job.index for job in ordered) == sorted(job.index for job in fitting)
    assert Day(slot, ordered).cost <= Day(slot, fitting).cost


@MANY
@given(days())
def test_a_day_without_a_customer(drawn):
    _, slot, jobs = drawn
    day = Day(slot, jobs)
    family = type("Family", (), {"customer": jobs[0].customer})
    rest = day.without(family)
    assert rest.jobs == jobs[1:]
    assert rest.service_s == day.service_s - jobs[0].service_s


@pytest.mark.parametrize(("minutes", "fits"), [(220, True), (220 + 1 / 60, False)])
def test_before_a_door_that_closes_before_lunch_to_the_second(minutes, fits):
    """Ten minutes' drive, the visit, ten more: at the second door at 12:00, its last moment."""
    problem = a_problem(
        shop("first", due(minutes), open_hours=opens("08:00-12:00")),
        shop("second", due(30), open_hours=opens("11:00-12:30")),
        days=[MON],
        rest=lunch("12:15-13:00", 45),
    )
    instance = lay_out(problem, Weights())
    first, second = instance.jobs
    found = Day(instance.slots[0], (second,)).best_insertion(first)
    assert (found is not None) == fits
