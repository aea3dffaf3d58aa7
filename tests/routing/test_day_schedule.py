"""The clock of a day that a person can reckon."""

import pytest

from routing.cycle.instance import lay_out
from routing.day.order import best_order
from routing.day.schedule import timed_route
from routing.weights import Weights
from tests.routing.builders import MON, a_problem, at, due, lunch, opens, shop


def timed(*shops, order=None, **fields):
    problem = a_problem(*shops, days=[MON], **fields)
    instance = lay_out(problem, Weights())
    jobs = [job for job in instance.jobs if job.windows]
    jobs.sort(key=lambda job: (order or [s.name for s in shops]).index(job.customer.id))
    return timed_route(instance.slots[0], jobs, problem.travel_m["car"])


def test_home_is_left_as_late_as_the_first_visit_needs():
    route = timed(shop("cafe", due(30), open_hours=opens("10:00-12:00")))
    assert (route.leave_s, route.return_s) == (at("09:50"), at("10:40"))
    (stop,) = route.stops
    assert (stop.arrive_s, stop.begin_s, stop.end_s) == (at("10:00"), at("10:00"), at("10:30"))
    assert (stop.travel_s, stop.travel_m) == (600, 7200)
    assert (route.travel_back_s, route.travel_s, route.travel_m) == (600, 1200, 14400)
    assert route.lunch_begin_s is None


def test_waiting_is_at_the_customers_door():
    first, second = shop("a", due(30)), shop("b", due(30), open_hours=opens("11:00-12:00"))
    stop = timed(first, second).stops[1]
    assert (stop.arrive_s, stop.begin_s) == (at("08:50"), at("11:00"))


def test_lunch_between_two_visits():
    route = timed(
        shop("a", due(180)),
        shop("b", due(30)),
        rest=lunch("11:00-12:00", 45),
    )
    first, second = route.stops
    assert first.end_s == at("11:10")
    assert route.lunch_begin_s == at("11:10")
    assert second.begin_s == at("12:05")
    assert route.return_s == at("12:45")


def test_lunch_on_the_way_when_its_window_opens():
    route = timed(
        shop("a", due(165)),
        shop("b", due(30)),
        drives={("a", "b"): 30},
        rest=lunch("11:00-11:00", 45),
    )
    assert route.stops[0].end_s == at("10:55")
    assert route.lunch_begin_s == at("11:00")
    assert route.stops[1].arrive_s == at("12:10")


def test_lunch_at_home_before_a_day_that_begins_late():
    route = timed(
        shop("bar", due(30), open_hours=opens("15:00-16:00")), rest=lunch("12:00-13:00", 45)
    )
    assert route.lunch_begin_s == at("13:00")
    assert (route.leave_s, route.return_s) == (at("14:50"), at("15:40"))


def test_an_order_that_does_not_fit_is_refused():
    late = shop("late", due(30), open_hours=opens("16:00-17:00"))
    early = shop("early", due(30), open_hours=opens("09:00-10:00"))
    with pytest.raises(ValueError, match="does not fit the day"):
        timed(late, early)
    with pytest.raises(ValueError, match="does not fit"):
        timed()


def test_the_shortest_order_of_a_line():
    """Four places on a road, named in a wrong order: out and back again."""
    shops = [shop(name, due(10)) for name in "dbac"]
    where = {"home": 0, "a": 5, "b": 10, "c": 15, "d": 20}
    drives = {(x, y): abs(where[x] - where[y]) for x in where for y in where if x < y}
    problem = a_problem(*shops, days=[MON], drives=drives)
    instance = lay_out(problem, Weights())
    order = best_order(instance.slots[0], instance.jobs)
    route = timed_route(instance.slots[0], order, problem.travel_m["car"])
    assert route.travel_s == 40 * 60
