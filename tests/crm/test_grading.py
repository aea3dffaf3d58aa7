from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.rules.grading.grading_facts import sales_period
from crm.rules.grading.sales_rank import grade_by_sales
from crm.vocabulary import Grade


def grades(sales):
    return "".join(g.grade for _, g in sorted(grade_by_sales(dict(enumerate(sales))).items()))


def test_ten_different_customers():
    assert grades(range(10)) == "EEEEEEDCBA"


def test_thresholds_are_exact():
    # Customer 7 of 10: exactly 70 % sold less, which is C and not D.
    found = grade_by_sales(dict(enumerate(range(10))))
    assert found[7].evidence() == {
        "sales_cents": 7,
        "smaller": 7,
        "graded": 10,
        "percentile": 70.0,
        "threshold": 70,
    }
    assert grades(range(1000))[599:601] == "ED"


def test_equal_sales_share_a_grade():
    assert grades([5, 5, 5, 5]) == "EEEE"
    assert grades([0] * 9 + [1, 1]) == "E" * 9 + "BB"


def test_returns_rank_below_no_sales():
    found = grade_by_sales({1: -100, 2: 0, 3: 0})
    assert [found[n].smaller for n in (1, 2, 3)] == [0, 1, 1]


def test_nobody_is_graded():
    assert grade_by_sales({}) == {}


@given(st.lists(st.integers(-1000, 1000), min_size=1))
def test_more_sales_never_mean_a_worse_grade(sales):
    found = grade_by_sales(dict(enumerate(sales)))
    by_sales = sorted(found.values(), key=lambda g: g.sales_cents)
    letters = [g.grade for g in by_sales]
    assert letters == sorted(letters, reverse=True)
    assert by_sales[0].grade is Grade.E


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 27), date(2025, 11, 27), date(2026, 11, 26)),
        (date(2028, 2, 29), date(2027, 2, 28), date(2028, 2, 28)),
        (date(2026, 1, 1), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_last_twelve_months(today, first, last):
    assert sales_period(today) == (first, last)
