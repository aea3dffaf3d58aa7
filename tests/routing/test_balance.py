"""Days are even in hours and in stops, wherever the customers live."""

import pytest

from routing.cycle.instance import lay_out
from routing.plan import Plan
from routing.solve import solve
from routing.weights import Weights
from tests.routing.builders import MON, TUE, WEEK, a_problem, due, shop

NAMES = [f"s{n}" for n in range(20)]


def a_village(minutes_away: int, visit: int):
    """Twenty customers next door to each other, so far from home."""
    drives = {(here, there): 2 for here in NAMES for there in NAMES if here < there}
    drives |= {("home", name): minutes_away for name in NAMES}
    return a_problem(*(shop(name, due(visit)) for name in NAMES), drives=drives)


def stops(plan: Plan) -> list[int]:
    on = {route.date: len(route.stops) for route in plan.routes}
    return [on.get(day, 0) for day in WEEK]


@pytest.mark.parametrize(("minutes_away", "visit"), [(10, 30), (30, 20), (90, 10), (120, 10)])
def test_no_day_of_zero_beside_a_day_of_twenty(minutes_away, visit):
    problem = a_village(minutes_away, visit)
    plan = solve(problem, work=50)
    assert (plan.unserved, set(stops(plan))) == ((), {4})
    careless = solve(problem, work=50, weights=Weights(balance_s=0))
    assert stops(careless).count(0) >= 3


def test_a_days_share_of_the_work_holds_the_way_there_and_back():
    near, far = a_village(10, 20), a_village(70, 20)
    shares = [lay_out(problem, Weights()).even_share_s for problem in (near, far)]
    assert [more - less for less, more in zip(*shares, strict=True)] == [2 * 3600] * len(WEEK)


def test_a_share_is_no_longer_than_the_day():
    problem = a_problem(*(shop(name, due(120)) for name in NAMES), days=(MON, TUE))
    instance = lay_out(problem, Weights())
    assert instance.even_share_s == tuple(slot.capacity_s for slot in instance.slots)
