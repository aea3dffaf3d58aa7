"""A region falls into parts that share nothing, and their plans are a plan of the region."""

from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings

from routing.check import check
from routing.many import join, split
from routing.plan import Plan
from routing.problem import Problem, PublishedStop
from routing.solve import solve
from routing.validate import validate
from routing.weights import Weights
from tests.routing.builders import MON, TUE, WEEK, a_problem, due, lunch, shop
from tests.routing.random_problems import problems

WORK = 20


def at(name: str, *reps: str, **fields):
    return shop(name, grade="A", rep_ids=frozenset(reps), **fields)


def a_region(*shops, reps=("ann", "bob", "cy", "dan")) -> Problem:
    """Reps and customers with roads of different lengths, not symmetric."""
    problem = a_problem(*shops, reps=reps, days=WEEK, rest=lunch())
    size = len(problem.places)
    legs_s = np.add.outer(np.arange(size) * 31, np.arange(size) * 17).astype(np.int32) + 300
    np.fill_diagonal(legs_s, 0)
    return replace(problem, travel_s={"car": legs_s}, travel_m={"car": legs_s * 9})


def members(parts):
    return [
        ("".join(rep.id[0] for rep in part.reps), [customer.id for customer in part.customers])
        for part in parts
    ]


SHARED = a_region(
    at("a1", "ann"), at("b1", "bob"), at("c1", "cy"), at("ac", "ann", "cy"), at("b2", "bob")
)


def test_reps_are_together_who_share_a_customer():
    parts = split(SHARED)
    assert members(parts) == [("ac", ["a1", "c1", "ac"]), ("b", ["b1", "b2"])]
    assert [part.id for part in parts] == ["tiny/ann", "tiny/bob"]
    assert all(validate(part) == () for part in parts)


def test_sharing_goes_on_from_rep_to_rep():
    chained = a_region(at("dc", "dan", "cy"), at("b", "bob"), at("ad", "ann", "dan"))
    assert members(split(chained)) == [("acd", ["dc", "ad"]), ("b", ["b"])]


def test_one_shared_territory_is_one_task():
    problem = a_region(at("all", "ann", "bob", "cy", "dan"), at("b1", "bob"))
    assert split(problem) == (problem,)


def test_a_rep_whom_a_person_fixed_is_with_the_customer():
    fixed = shop("b1", due(rep="cy"), rep_ids=frozenset({"bob"}))
    parts = split(a_region(at("a1", "ann"), fixed, at("c1", "cy")))
    assert members(parts) == [("a", ["a1"]), ("bc", ["b1", "c1"])]


def test_both_at_a_joint_visit_are_together():
    together = shop("b1", due(), due(rep="dan", joins=1), rep_ids=frozenset({"bob"}))
    parts = split(a_region(at("a1", "ann"), together, at("d1", "dan")))
    assert members(parts) == [("a", ["a1"]), ("bd", ["b1", "d1"])]


def test_who_has_no_visit_is_in_no_part():
    problem = a_region(at("a1", "ann"), at("b1", "bob"), at("ab", "ann", "bob"))
    problem = replace(problem, visits=problem.visits[:2])
    assert members(split(problem)) == [("a", ["a1"]), ("b", ["b1"])]
    nothing = replace(problem, visits=())
    assert split(nothing) == (nothing,)


def test_a_customer_whom_nobody_may_visit_is_not_lost():
    problem = a_region(at("a1", "ann"), at("b1", "bob"), at("no", "former"))
    parts = split(problem)
    assert members(parts) == [("a", ["a1", "no"]), ("b", ["b1"])]
    plan = join(problem, [solve(part, work=WORK) for part in parts])
    assert [missed.visit_id for missed in plan.unserved] == ["no"]
    assert check(problem, plan) == ()


def test_each_part_has_its_own_places_and_legs():
    first, second = split(SHARED)
    assert [place.id for place in second.places] == ["home", "b1", "b2"]
    rows = [0, 2, 5]
    assert second.travel_s["car"].tolist() == SHARED.travel_s["car"][np.ix_(rows, rows)].tolist()
    assert second.travel_m["car"].tolist() == SHARED.travel_m["car"][np.ix_(rows, rows)].tolist()
    assert [customer.place for customer in second.customers] == [1, 2]
    assert len(first.places) == 4


def test_matrices_of_other_means_of_transport_stay_behind():
    reps = tuple(replace(rep, transport="foot") if rep.id == "bob" else rep for rep in SHARED.reps)
    walks = SHARED.travel_s["car"] * 4
    problem = replace(
        SHARED,
        reps=reps,
        travel_s=SHARED.travel_s | {"foot": walks},
        travel_m=SHARED.travel_m | {"foot": walks},
    )
    first, second = split(problem)
    assert (set(first.travel_s), set(first.travel_m)) == ({"car"}, {"car"})
    assert (set(second.travel_s), set(second.travel_m)) == ({"foot"}, {"foot"})
    assert check(problem, join(problem, [solve(part, work=WORK) for part in (first, second)])) == ()


def test_the_plan_in_force_goes_with_its_visits():
    stops = tuple(
        PublishedStop(visit_id=name, rep_id=rep, date=day, order=1)
        for name, rep, day in (("a1", "ann", MON), ("b2", "bob", TUE))
    )
    first, second = split(replace(SHARED, published=stops))
    assert (first.published, second.published) == (stops[:1], stops[1:])


def test_joined_plans_are_a_plan_of_the_whole_and_cost_as_much():
    parts = split(SHARED)
    plans = [solve(part, seed=3, work=WORK) for part in parts]
    for part, plan in zip(parts, plans, strict=True):
        assert check(part, plan) == ()
    whole = join(SHARED, plans)
    assert check(SHARED, whole) == ()
    assert (whole.problem_id, whole.seed, whole.work) == (SHARED.id, 3, WORK)
    assert cost(SHARED, whole) == sum(map(cost, parts, plans))
    assert join(SHARED, plans[::-1]) == whole
    days = [(route.date, route.rep_id) for route in whole.routes]
    assert days == sorted(days)


def test_a_part_without_a_plan_is_seen():
    parts = split(SHARED)
    whole = join(SHARED, [solve(parts[0], work=WORK)])
    assert {(v.rule, v.visit_id) for v in check(SHARED, whole)} == {
        ("visit_lost", "b1"),
        ("visit_lost", "b2"),
    }


@pytest.mark.parametrize("hours", ["08:00-17:30", "08:00-09:10"])
def test_what_is_unserved_stays_unserved(hours):
    problem = a_problem(
        *(at(f"{rep}{n}", rep) for rep in ("ann", "bob") for n in range(3)),
        reps=("ann", "bob"),
        days=(MON, TUE),
        hours=hours,
    )
    parts = split(problem)
    plans = [solve(part, work=WORK) for part in parts]
    whole = join(problem, plans)
    assert check(problem, whole) == ()
    missed = {item.visit_id for item in whole.unserved}
    assert missed == {item.visit_id for plan in plans for item in plan.unserved}
    assert bool(missed) == (hours == "08:00-09:10")


def side_by_side(west: Problem, east: Problem) -> Problem:
    """Both problems as one region; between their places it is two hours."""
    west, east = _named(west, "w-", 0), _named(east, "e-", len(west.places))
    sizes = (len(west.places), len(east.places))
    far = np.full((sum(sizes), sum(sizes)), 7200, dtype=np.int32)

    def beside(of_west, of_east):
        legs = {transport: far.copy() for transport in of_west | of_east}
        for transport, matrix in of_west.items():
            legs[transport][: sizes[0], : sizes[0]] = matrix
        for transport, matrix in of_east.items():
            legs[transport][sizes[0] :, sizes[0] :] = matrix
        for matrix in legs.values():
            np.fill_diagonal(matrix, 0)
        return legs

    return replace(
        west,
        last_day=max(west.last_day, east.last_day),
        places=west.places + east.places,
        reps=west.reps + east.reps,
        customers=west.customers + east.customers,
        visits=west.visits + east.visits,
        travel_s=beside(west.travel_s, east.travel_s),
        travel_m=beside(west.travel_m, east.travel_m),
    )


def _named(problem: Problem, prefix: str, row: int) -> Problem:
    def days(rep):
        return tuple(replace(d, start=d.start + row, end=d.end + row) for d in rep.workdays)

    def named(name):
        return None if name is None else prefix + name

    return replace(
        problem,
        places=tuple(replace(place, id=named(place.id)) for place in problem.places),
        reps=tuple(replace(r, id=named(r.id), workdays=days(r)) for r in problem.reps),
        customers=tuple(
            replace(
                customer,
                id=named(customer.id),
                place=customer.place + row,
                rep_ids=frozenset(map(named, customer.rep_ids)),
                owner_id=named(customer.owner_id),
            )
            for customer in problem.customers
        ),
        visits=tuple(
            replace(
                visit,
                id=named(visit.id),
                customer_id=named(visit.customer_id),
                pinned_rep_id=named(visit.pinned_rep_id),
                accompanies=named(visit.accompanies),
            )
            for visit in problem.visits
        ),
    )


@given(problems(full=True, joint=True, peaks=True))
def test_parts_share_nobody_and_lose_nothing(problem):
    region = side_by_side(SHARED, problem)
    parts = split(region)
    assert len(parts) >= 2
    assert all(validate(part) == () for part in (region, *parts))
    for ids in (
        [rep.id for part in parts for rep in part.reps],
        [customer.id for part in parts for customer in part.customers],
    ):
        assert len(ids) == len(set(ids))
    visits = [visit for part in parts for visit in part.visits]
    assert sorted(visits, key=lambda v: v.id) == sorted(region.visits, key=lambda v: v.id)
    known = {rep.id for rep in region.reps}
    for part in parts:
        own = {rep.id for rep in part.reps}
        assert all(customer.rep_ids & known <= own for customer in part.customers)


@settings(max_examples=25)
@given(problems(), problems())
def test_whatever_the_parts_their_plans_make_a_sound_one(west, east):
    region = side_by_side(west, east)
    parts = split(region)
    plans = [solve(part, work=2) for part in parts]
    assert [check(part, plan) for part, plan in zip(parts, plans, strict=True)] == [(), ()]
    whole = join(region, plans)
    assert check(region, whole) == ()
    assert cost(region, whole) == sum(map(cost, parts, plans))


def cost(problem: Problem, plan: Plan) -> int:
    """Seconds driven, spacing and what is missing, by the default weights."""
    weights = Weights()
    visits = {visit.id: visit for visit in problem.visits}
    customers = {customer.id: customer for customer in problem.customers}
    planned = chain.from_iterable(
        ((visits[stop.visit_id], route.date) for stop in route.stops) for route in plan.routes
    )
    missed = [visits[item.visit_id] for item in plan.unserved]
    return (
        sum(route.travel_s for route in plan.routes)
        + sum(
            weights.off_due_date(customers[visit.customer_id], abs((day - visit.ideal).days))
            for visit, day in planned
        )
        + sum(weights.missed(visit, customers[visit.customer_id].grade) for visit in missed)
    )
