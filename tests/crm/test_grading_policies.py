"""The matrix of sales and growth, the weighted score, and a company's own numbers for them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.rules.grading.grading_facts import (
    Facts,
    GradingFact,
    growth_years,
    reaches_back,
    whole_years,
)
from crm.rules.grading.grading_policies import (
    MATRIX,
    POLICIES,
    SCORE,
    GradingPolicyRefused,
    as_data,
    check,
    from_data,
    grade,
)
from crm.rules.grading.weighted_score import Weighed
from crm.vocabulary import Grade

MILLION = 10**8  # in hundredths


def graded(policy, **facts):
    return grade({1: Facts(**facts)}, policy)[1]


def by_matrix(sales, year, before):
    return graded(MATRIX, sales_cents=sales, year_cents=year, before_cents=before)


def test_the_example_of_the_matrix():
    found = by_matrix(32 * MILLION // 10, 112, 100)
    assert found.grade is Grade.B
    assert found.evidence() == {
        "sales_cents": 320_000_000,
        "sales_from": 3_000_000,
        "sales_to": 5_000_000,
        "growth": 12.0,
        "growth_from": 10,
        "growth_to": 30,
    }


def test_the_handbooks_amounts_are_exact():
    """More than five million; three to five; from one million on."""
    sales = [5 * MILLION + 1, 5 * MILLION, 3 * MILLION, 3 * MILLION - 1, MILLION, MILLION - 1]
    assert "".join(by_matrix(one, 110, 100).grade for one in sales) == "ABBCCD"


def test_growth_is_compared_without_rounding():
    """9.96 % is not 10 %, and is not shown as 10 % either."""
    found = by_matrix(2 * MILLION, 10996, 10000)
    assert (found.growth, found.growth_from, found.grade) == (9.9, 0, Grade.C)
    assert by_matrix(2 * MILLION, 9999, 10000).growth_from is None


@pytest.mark.parametrize(("before", "nothing"), [(None, False), (0, True), (-5, True)])
def test_growth_that_nobody_knows_is_taken_and_said(before, nothing):
    found = by_matrix(2 * MILLION, 100, before)
    assert found.missing == (GradingFact.GROWTH,)
    assert found.grade is Grade.C
    kept = found.evidence()
    assert (kept["growth"], kept["growth_counted"], kept["nothing_before"]) == (None, 0, nothing)


KNOWN = {
    "sales_cents": 3 * MILLION,
    "year_cents": 115,
    "before_cents": 100,
    "margin_cents": 20,
    "margin_of_cents": 100,
    "years": 5,
    "credit": 75,
}


def test_each_indicator_has_its_evidence():
    found = graded(SCORE, **KNOWN)
    assert (found.score, found.threshold, found.grade) == (80.0, 80, Grade.A)
    kept = {part["indicator"]: part for part in found.evidence()["parts"]}
    assert kept["prospects"] == {
        "indicator": "prospects", "weight": 20, "value": 15.0, "points": 80, "reached": 15,
    }  # fmt: skip
    assert kept["volume"]["value"] == 3_000_000
    assert found.missing == ()


@pytest.mark.parametrize("unknown", ["before_cents", "margin_cents", "years", "credit"])
def test_what_is_not_known_is_left_out_and_not_a_zero(unknown):
    """All that is known has 80 points: so has the whole."""
    found = graded(SCORE, **KNOWN | {unknown: None})
    assert (found.score, found.grade) == (80.0, Grade.A)
    assert len(found.missing) == 1
    assert found.known_weight == 100 - (10 if unknown == "years" else 20)
    none_of_it = graded(SCORE, **KNOWN | {unknown: 200 if unknown == "before_cents" else 0})
    assert none_of_it.score < found.score


def test_a_score_just_below_is_not_reached():
    policy = replace(SCORE, at_least=tuple((g, n + (n == 80)) for g, n in SCORE.at_least))
    assert graded(policy, **KNOWN).grade is Grade.B


amounts = st.integers(-10 * MILLION, 10 * MILLION)
maybe = st.none() | st.integers(0, 100)
someone = st.builds(
    Facts,
    sales_cents=amounts,
    year_cents=amounts,
    before_cents=st.none() | amounts,
    margin_cents=st.none() | amounts,
    margin_of_cents=amounts,
    years=maybe,
    credit=maybe,
)


@given(st.lists(someone, min_size=1), st.sampled_from(sorted(POLICIES)))
def test_more_of_anything_never_means_a_worse_grade(all_facts, name):
    """Whoever is like another and sells, grows, earns or lasts more has as good a grade."""
    policy = POLICIES[name]
    facts = dict(enumerate(all_facts))
    first = facts[0]
    better = replace(
        first,
        sales_cents=first.sales_cents + 5 * MILLION,
        year_cents=first.year_cents + MILLION,
        margin_cents=None if first.margin_cents is None else first.margin_cents + MILLION,
        years=None if first.years is None else first.years + 3,
        credit=None if first.credit is None else min(100, first.credit + 20),
    )
    found = grade(facts | {-1: better}, policy)
    assert found[-1].grade <= found[0].grade


@given(st.lists(someone), st.sampled_from(sorted(POLICIES)), st.randoms())
def test_equals_share_a_grade_in_whatever_order(all_facts, name, random):
    twice = [*enumerate(all_facts), *((n + len(all_facts), f) for n, f in enumerate(all_facts))]
    shuffled = random.sample(twice, len(twice))
    found = grade(dict(shuffled), POLICIES[name])
    assert all(
        found[n].evidence() == found[n + len(all_facts)].evidence() for n in range(len(all_facts))
    )
    assert found == grade(dict(twice), POLICIES[name])


def test_growth_compares_whole_months():
    """Sales are often on file by month: a month that is not over would look like a fall."""
    years = (date(2024, 11, 1), date(2025, 11, 1), date(2026, 10, 31))
    assert growth_years(date(2026, 11, 21)) == years
    assert growth_years(date(2026, 10, 31)) == years
    assert reaches_back(date(2024, 11, 30), years[0])
    assert not reaches_back(date(2024, 12, 1), years[0])
    assert not reaches_back(None, years[0])


def test_years_are_whole_ones():
    assert whole_years(date(2020, 2, 29), date(2021, 2, 28)) == 0
    assert whole_years(date(2020, 2, 29), date(2021, 3, 1)) == 1
    assert whole_years(date(2027, 1, 1), date(2026, 1, 1)) == 0


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_a_policy_is_kept_as_data(name):
    check(POLICIES[name])
    assert from_data(name, as_data(POLICIES[name])) == POLICIES[name]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(MATRIX, sales_above=3_000_000),
        replace(MATRIX, growth_at_least=(10, 10, 0)),
        replace(MATRIX, growth_at_least=(10, 0)),
        replace(MATRIX, cells=MATRIX.cells[:3]),
        replace(MATRIX, cells=((Grade.E,) * 4, *MATRIX.cells[1:])),
        replace(SCORE, credit=Weighed(weight=21, at_least=(5, 4, 3, 2, 1))),
        replace(SCORE, volume=Weighed(weight=0, at_least=(5, 4, 3, 2, 1)),
                credit=Weighed(weight=50, at_least=(5, 4, 3, 2, 1))),
        replace(SCORE, years=Weighed(weight=10, at_least=(1, 2, 3, 4, 5))),
        replace(SCORE, at_least=((Grade.A, 101), *SCORE.at_least[1:])),
        replace(SCORE, at_least=SCORE.at_least[1:]),
        replace(POLICIES["sales_percentile"], at_least=(*SCORE.at_least[:4], (Grade.E, 1))),
    ],
)  # fmt: skip
def test_numbers_that_grade_wrongly_are_refused(wrong):
    with pytest.raises(GradingPolicyRefused):
        check(wrong)
