"""Hours needed against hours there are, reckoned by hand."""

from routing.hours import hours_needed
from tests.routing.builders import MON, TUE, a_problem, due, lunch, shop


def test_visits_and_the_way_between_them_by_grade():
    """Two days, so the next stop is as far as the second nearest place."""
    problem = a_problem(
        shop("a", due(60), due(60), grade="A"),
        shop("b", due(30), grade="B"),
        shop("c", due(30), grade="B"),
        days=[MON, TUE],
        rest=lunch(minutes=30),
        drives={("a", "b"): 5, ("a", "c"): 8, ("b", "c"): 20, ("home", "b"): 7},
    )
    hours = hours_needed(problem, problem.reps[0])
    assert hours.visits == {"A": 2, "B": 2}
    assert hours.needed_s == {"A": 2 * 60 * (60 + 8), "B": 60 * (30 + 20) + 60 * (30 + 20)}
    assert hours.home_s == 2 * 2 * 7 * 60  # there and back to the nearest, each day
    assert hours.available_s == 2 * (9 * 60 + 30 - 30) * 60
    assert hours.total_s == sum(hours.needed_s.values()) + hours.home_s
    assert hours.short_s == 0


def test_hours_short():
    problem = a_problem(shop("a", due(600)), days=[MON])
    hours = hours_needed(problem, problem.reps[0])
    assert hours.total_s == (600 + 20) * 60
    assert hours.short_s == (620 - 570) * 60


def test_one_customer_has_no_way_to_the_next():
    problem = a_problem(shop("a", due(30)), days=[MON])
    assert hours_needed(problem, problem.reps[0]).needed_s == {"C": 1800}


def test_customers_that_others_may_visit_too_are_not_counted():
    problem = a_problem(
        shop("shared"), shop("own", rep_ids=frozenset({"rep"})), reps=("rep", "other"), days=[MON]
    )
    assert hours_needed(problem, problem.reps[0]).visits == {"C": 1}


def test_nothing_due_needs_nothing():
    problem = a_problem(days=[MON])
    hours = hours_needed(problem, problem.reps[0])
    assert (hours.total_s, hours.short_s) == (0, 0)
