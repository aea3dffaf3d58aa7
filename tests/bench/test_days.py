"""Made-up days: the same for the same numbers, and every one of them can be driven."""

import pytest

from bench.days import SIZES, a_day, nearest_next, without_lunch
from bench.evaluate.cycle import evaluate_cycle
from bench.translate.cycle import cycle_problem
from routing.validate import validate


@pytest.mark.parametrize("visits", SIZES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_day_can_be_driven_in_an_order_that_anybody_thinks_of(visits, seed):
    day = a_day(visits, seed)
    assert len(day.customers) == visits
    order = nearest_next(day.travel_s)
    assert evaluate_cycle(day, [order]).violations == ()
    assert evaluate_cycle(without_lunch(day), [order]).violations == ()
    assert validate(cycle_problem("day", day)) == ()
    assert validate(cycle_problem("day", without_lunch(day))) == ()


def test_a_day_is_the_same_for_the_same_numbers_and_another_for_others():
    assert a_day(20, 1) == a_day(20, 1)
    assert a_day(20, 1) != a_day(20, 2)


def test_some_visits_have_windows_and_some_have_none():
    day = a_day(40, 1)
    narrow = [c for c in day.customers if c.latest_start_s - c.earliest_start_s < 4 * 3600]
    assert 0 < len(narrow) < len(day.customers)


def test_more_visits_than_a_day_holds_are_refused():
    with pytest.raises(ValueError, match="400 visits do not fit"):
        a_day(400, 1)
