"""The search over the cycle: never worse than its start, the same again, true to its own sums."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from routing.cycle.instance import lay_out
from routing.cycle.schedule import Schedule
from routing.cycle.search import improve
from routing.cycle.starts import from_days, from_nothing, from_published
from routing.problem import PublishedStop
from routing.weights import Weights
from tests.routing.builders import MON, THU, TUE, WED, a_problem, due, shop
from tests.routing.random_problems import problems
from tests.routing.test_solve import a_cycle

FEW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def plain_cost(schedule: Schedule) -> int:
    """The objective from the weights' definition."""
    weights, instance = schedule.instance.weights, schedule.instance
    total = 0
    for job in instance.jobs:
        slot = schedule.slot_of.get(job.index)
        if slot is None:
            total += weights.missed(job.visit, job.customer.grade)
        else:
            off = abs((instance.slots[slot].date - job.visit.ideal).days)
            total += weights.off_due_date(job.customer, off)
    for day in schedule.days:
        stops = [day.slot.day.start, *(job.node for job in day.jobs), day.slot.day.end]
        travel = sum(day.slot.travel[here][there] for here, there in pairwise(stops))
        travel = travel if day.jobs else 0
        work = travel + sum(job.service_s for job in day.jobs)
        off = work - instance.even_share_s[day.slot.index]
        total += travel + off * off // weights.balance_s
    return total


@FEW
@given(problems())
def test_the_cost_is_what_the_weights_say(problem):
    instance = lay_out(problem, Weights())
    schedule = improve(from_nothing(instance), seed=1, work=5)
    assert schedule.cost() == plain_cost(schedule)
    placed = {job.index: day.slot.index for day in schedule.days for job in day.jobs}
    assert placed == schedule.slot_of
    assert all(day.fits for day in schedule.days)
    assert all(schedule.keeps_gaps(family) for family in instance.families)


@FEW
@given(problems())
def test_never_worse_than_the_start(problem):
    instance = lay_out(problem, Weights())
    for start in (from_days(instance, 1), from_nothing(instance)):
        before = start.cost()
        assert improve(start, seed=5, work=15).cost() <= before
        assert start.cost() == before  # the start is left as it is


def test_a_good_start_is_not_lost_by_wandering():
    """On the way a search takes what is a little worse; the best is what it answers with."""
    start = improve(from_nothing(lay_out(a_cycle(), Weights())), seed=1, work=200)
    for seed in range(8):
        assert improve(start, seed=seed, work=25).cost() <= start.cost()


def test_more_work_finds_a_shorter_cycle():
    instance = lay_out(a_cycle(), Weights())
    start = from_nothing(instance)
    assert improve(start, seed=1, work=150).cost() < start.cost()


def test_same_seed_same_schedule_other_seed_another():
    instance = lay_out(a_cycle(), Weights())
    start = from_nothing(instance)
    first, again = (improve(start, seed=1, work=60) for _ in range(2))
    assert first.slot_of == again.slot_of
    assert [[job.index for job in day.jobs] for day in first.days] == [
        [job.index for job in day.jobs] for day in again.days
    ]
    costs = {improve(start, seed=seed, work=10).cost() for seed in range(6)}
    assert len(costs) > 1


@FEW
@given(problems(shops=3))
def test_the_price_of_a_placement_is_what_it_adds(problem):
    schedule = Schedule(lay_out(problem, Weights()))
    for family in schedule.instance.families:
        if len(family.jobs) > 1:  # two visits on two days: each day's sum stands alone
            continue
        missed = sum(job.missed for job in family.jobs)
        before = schedule.cost()
        placement = schedule.best_placement(family)
        schedule.place(placement)
        assert schedule.cost() - (before - missed) == placement.cost


def published(*stops):
    return tuple(
        PublishedStop(visit_id=visit, rep_id="rep", date=day, order=order)
        for visit, day, order in stops
    )


def test_a_published_plan_is_where_the_search_begins():
    problem = a_problem(
        shop("a"), shop("b"), shop("c"), published=published(("a", THU, 1), ("b", THU, 2))
    )
    schedule = from_published(lay_out(problem, Weights()))
    assert [job.customer.id for job in schedule.days[3].jobs][:2] == ["a", "b"]
    assert len(schedule.slot_of) == 3


@pytest.mark.parametrize("day", [TUE, WED])
def test_what_was_published_where_it_can_no_longer_stand_is_planned_anew(day):
    shut = shop("a", closed_dates=frozenset({day}))
    problem = a_problem(shut, published=published(("a", day, 1)))
    schedule = from_published(lay_out(problem, Weights()))
    (slot,) = schedule.slot_of.values()
    assert schedule.instance.slots[slot].date != day


def test_published_days_too_near_for_the_gap_are_planned_anew():
    weekly = shop("a", due(), due(), min_gap_days=3)
    problem = a_problem(weekly, published=published(("a1", MON, 1), ("a2", TUE, 1)))
    schedule = from_published(lay_out(problem, Weights()))
    days = sorted(schedule.instance.slots[slot].date for slot in schedule.slot_of.values())
    assert (days[1] - days[0]).days >= 3


def test_moving_off_a_published_day_costs():
    problem = a_problem(shop("a"), published=published(("a", WED, 1)))
    (job,) = lay_out(problem, Weights()).jobs
    assert job.wish[2] + 1800 == job.wish[1] == job.wish[3]
