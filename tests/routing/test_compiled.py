"""The compiled search against the Python that explains its plans: the same days, the same sum."""

from dataclasses import replace

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from routing.check import check
from routing.cycle.compiled import Probe, probe
from routing.cycle.instance import Instance, Job, Slot, lay_out
from routing.cycle.search import search
from routing.day.labels import Day
from routing.problem import Problem
from routing.solve import solve
from routing.weights import Weights
from tests.routing.builders import MON, TUE, WED, WEEK, a_problem, due, shop
from tests.routing.quick_plan import quick_plan
from tests.routing.random_problems import problems, published

MANY = settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
FEW = settings(MANY, max_examples=80, phases=(Phase.generate,))


@st.composite
def days(draw) -> tuple[Instance, Slot, list[tuple[Job, int]]]:
    """A slot of a random problem, and the visits it could hold in any order, each with a position
    where somebody might put it."""
    weights = Weights(money=draw(st.sampled_from((0, 60, 5000))))
    peaks = draw(st.booleans())
    problem = _anybody_any_day(draw(problems(days=1, shops=9, full=True, peaks=peaks)))
    instance = lay_out(problem, weights)
    slot = draw(st.sampled_from(instance.slots))
    jobs = draw(st.permutations([job for job in instance.jobs if slot.index in job.windows]))
    return instance, slot, [(job, draw(st.integers(0, len(jobs)))) for job in jobs]


def _anybody_any_day(problem: Problem) -> Problem:
    """Without what keeps visits off days, so that days are full."""
    everybody = frozenset(rep.id for rep in problem.reps)
    free = {"rep_ids": everybody, "owner_id": None, "weekdays": None, "patterns": None}
    customers = [
        replace(customer, **free, last_visit=None, next_visit=None)
        for customer in problem.customers
    ]
    visits = [replace(visit, pinned_rep_id=None) for visit in problem.visits]
    return replace(problem, customers=tuple(customers), visits=tuple(visits))


@MANY
@given(days())
def test_the_search_sees_a_day_as_it_is_explained(drawn):
    instance, slot, jobs = drawn
    day = Day(slot)
    for job, anywhere in jobs:
        told = probe(instance, slot.index, day.jobs, job)
        event(f"insertion: {told.insertion is not None}")
        assert told.insertion == _cheapest(day, job)
        tried = day.with_job(job, min(anywhere, len(day.jobs)))
        event(f"fits: {tried.fits}")
        assert _alike(probe(instance, slot.index, tried.jobs), tried)
        if not tried.fits and told.insertion is not None:
            tried = day.with_job(job, told.insertion[2])
            assert tried.fits
        day = tried if tried.fits else day
    event(f"stops: {len(day.jobs)}")


def _cheapest(day: Day, job: Job) -> tuple[int, int, int] | None:
    """As `probe` tells it: (cost, seconds, position)."""
    found = day.best_insertion(job)
    if found is None:
        return None
    added_s, position = found
    return day.with_job(job, position).leg_cost - day.leg_cost, added_s, position


def _alike(told: Probe, day: Day) -> bool:
    duration_s = day.back_s - day.leave_by_for(day.back_s) if day.fits else None
    return told == Probe(
        fits=day.fits,
        cost=day.leg_cost,
        travel_s=day.travel_s,
        duration_s=duration_s,
        insertion=None,
    )


@st.composite
def weights(draw) -> Weights:
    """Any balance of the parts of the sum."""
    return Weights(
        off_ideal=draw(st.sampled_from((0, 600, 7))),
        moved_off_published_day=draw(st.sampled_from((0, 1800))),
        balance_s=draw(st.sampled_from((0, 1, 977, 14_400))),
        not_by_owner=draw(st.sampled_from((0, 900))),
        money=draw(st.sampled_from((0, 60, 5000))),
    )


@FEW
@given(st.data())
def test_the_cost_that_the_search_tells_is_the_sum_of_the_plan(data):
    problem = data.draw(problems(full=True, joint=True, peaks=data.draw(st.booleans())))
    if data.draw(st.booleans()):
        problem = data.draw(published(problem, quick_plan(problem)))
    told = []

    def hear(done: int, work: int, cost: int) -> bool:
        told.append(cost)
        return True

    instance = lay_out(problem, data.draw(weights()))
    schedule = search(instance, seed=1, work=6, progress=hear)
    missed = len(instance.jobs) - len(schedule.slot_of)
    event(f"published: {bool(problem.published)}, missed: {missed > 0}")
    assert told[-1] == schedule.cost()
    assert told == sorted(told, reverse=True)
    assert all(day.fits for day in schedule.days)


@FEW
@given(st.data())
def test_a_search_that_is_stopped_gives_a_plan_that_breaks_no_rule(data):
    problem = data.draw(problems(full=True, joint=data.draw(st.booleans())))
    if data.draw(st.booleans()):
        problem = data.draw(published(problem, quick_plan(problem)))
    most = data.draw(st.sampled_from((1, 2, 5, 20)))
    told = []

    def stop(done: int, work: int, cost: int) -> bool:
        told.append(done)
        return len(told) < most

    plan = solve(problem, seed=1, work=200, progress=stop)
    event(f"stopped: {len(told) >= most}")
    assert [violation.message for violation in check(problem, plan)] == []


def test_a_pattern_that_breaks_the_gaps_is_kept_as_far_as_it_keeps_them():
    problem = a_problem(
        shop("mill", due(), due(), due(), min_gap_days=2, patterns=((MON, TUE, WED),)), days=WEEK
    )
    plan = solve(problem, work=20)
    assert check(problem, plan) == ()
    assert {route.date for route in plan.routes} == {MON, WED}
