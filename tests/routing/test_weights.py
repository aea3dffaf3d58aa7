"""What each imperfection costs, and that the ranks are ranks."""

from dataclasses import replace
from itertools import pairwise

import pytest

from routing.problem import Commitment
from routing.weights import Weights
from tests.routing.builders import MON, a_problem, shop

WEIGHTS = Weights()


def test_commitments_come_first_then_grades_each_worth_eight_of_the_next():
    (visit,) = a_problem(shop("a"), days=[MON]).visits
    promised = replace(visit, commitment=Commitment(kind="promise", id="p"))
    ranks = [WEIGHTS.missed(promised, "E"), *(WEIGHTS.missed(visit, grade) for grade in "ABCDE")]
    assert [higher // lower for higher, lower in pairwise(ranks)] == [8] * 5
    assert WEIGHTS.missed(promised, "E") == WEIGHTS.missed(promised, "A")


def test_the_least_visit_is_worth_a_days_detour():
    (visit,) = a_problem(shop("a"), days=[MON]).visits
    assert WEIGHTS.missed(visit, "E") > 4 * 3600


@pytest.mark.parametrize(
    ("least", "most", "days", "cost"),
    [
        (4, 10, 3, 600),  # weekly, three days either way: as far off as may be
        (4, 10, 1, 200),
        (63, 105, 7, 200),  # a week is little to a quarterly customer
        (63, 105, 21, 600),
        (1, 1, 1, 600),
        (1, None, 9, 0),
    ],
)
def test_being_off_the_due_date(least, most, days, cost):
    problem = a_problem(shop("a", min_gap_days=least, max_gap_days=most), days=[MON])
    assert WEIGHTS.off_due_date(problem.customers[0], days) == cost
