"""Grading runs: dry, applied, repeated, explained."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from crm.errors import Refused
from crm.models import GradeRecord, GradingRun
from crm.rules.access import Asker
from crm.rules.grading.grading_facts import GradingFact
from crm.store.customers.customers import CustomerNotFound
from crm.vocabulary import Grade, Role
from field_api.services.grades.grading import grade_customers, grade_history
from tests.field_api.import_files import HEADING, TODAY, bring, customer, everything

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture
def sold(database, tmp_path):
    """Ten active customers, C0 without sales, C9 with the most; a prospect who bought more."""
    rows = "".join(f"C{n},X,35.9,14.5,active\n" for n in range(10))
    bring(database, tmp_path, "customers", f"{HEADING},status\n{rows}P1,X,35.9,14.5,prospect\n")
    sales = "".join(f"C{n},2026-10-01,{n}.50\n" for n in range(1, 10))
    old = "C0,2025-11-26,999\nC0,2026-11-27,999\nP1,2026-10-01,999\n"
    bring(database, tmp_path, "sales", f"customer_code,date,amount\n{sales}{old}")
    return database


def test_a_dry_run_writes_nothing(sold):
    before = everything(sold)
    outcome = grade_customers(sold, today=TODAY, now=NOW, dry_run=True)
    assert outcome.counts == {Grade.A: 1, Grade.B: 1, Grade.C: 1, Grade.D: 1, Grade.E: 6}
    assert not outcome.applied
    assert everything(sold) == before


def test_only_active_customers_and_the_last_twelve_months_count(sold):
    outcome = grade_customers(sold, today=TODAY, now=NOW)
    assert (outcome.graded, outcome.without_sales, outcome.negative) == (10, 1, 0)
    assert (outcome.sales_from, outcome.sales_to) == (date(2025, 11, 27), date(2026, 11, 26))
    assert customer(sold, "C9").grade is Grade.A
    assert customer(sold, "C0").grade is Grade.E
    assert customer(sold, "P1").grade is None
    with sold.reading() as session:
        assert len(session.exec(select(GradeRecord)).all()) == 10


def test_a_run_that_moves_nobody_is_kept_and_says_so(sold):
    first = grade_customers(sold, today=TODAY, now=NOW)
    second = grade_customers(sold, today=TODAY, now=NOW)
    assert (len(first.moves), second.moves, second.applied) == (10, (), True)
    with sold.reading() as session:
        assert len(session.exec(select(GradingRun)).all()) == 2


def test_who_moves_up_and_down(sold, tmp_path):
    grade_customers(sold, today=TODAY, now=NOW)
    bring(sold, tmp_path, "sales", "customer_code,date,amount\nC0,2026-11-01,100\n")
    outcome = grade_customers(sold, today=TODAY, now=NOW)
    assert [(m.code, m.before, m.after) for m in outcome.moves if m.up] == [("C0", "E", "A")]
    assert {m.code for m in outcome.moves if not m.up} == {"C9", "C8", "C7", "C6"}


def test_history_explains_each_grade(sold, tmp_path):
    grade_customers(sold, today=TODAY, now=NOW)
    bring(sold, tmp_path, "sales", "customer_code,date,amount\nC0,2026-11-01,-100\n")
    grade_customers(sold, today=TODAY, now=NOW.replace(hour=10))
    newest, oldest = grade_history(sold, "C0")
    assert (newest.grade, newest.previous) == (Grade.E, Grade.E)
    assert newest.evidence["sales_cents"] == -10000
    assert oldest.previous is None
    assert oldest.evidence == {
        "sales_cents": 0,
        "smaller": 0,
        "graded": 10,
        "percentile": 0.0,
        "threshold": 0,
    }


def test_nobody_to_grade(database):
    outcome = grade_customers(database, today=TODAY, now=NOW)
    assert (outcome.graded, outcome.applied) == (0, False)


def test_whose_history_one_may_read(sold):
    rep = Asker(role=Role.REP, rep_id=1)
    with pytest.raises(CustomerNotFound):
        grade_history(sold, "C0", asker=rep)
    with pytest.raises(Refused):
        grade_customers(sold, today=TODAY, now=NOW, asker=rep)


def test_all_that_a_score_asks_for_comes_with_the_import(database, tmp_path):
    """C1 has all of it; C2 has nothing but this year's sales, and is not a zero for it."""
    cards = "C1,X,35.9,14.5,80,2019-04-01\nC2,X,35.9,14.5,,\n"
    bring(database, tmp_path, "customers", f"{HEADING},credit_score,customer_since\n{cards}")
    sales = "C1,2026-10-01,4000000,1000000\nC1,2024-11-01,3000000,\nC2,2026-10-01,4000000,\n"
    bring(database, tmp_path, "sales", f"customer_code,date,amount,margin\n{sales}")
    outcome = grade_customers(database, today=TODAY, now=NOW, policy="weighted_score")
    assert outcome.lacking == {GradingFact.GROWTH: 1, GradingFact.MARGIN: 1, GradingFact.CREDIT: 1}
    (one,), (other,) = grade_history(database, "C1"), grade_history(database, "C2")
    parts = {part["indicator"]: part for part in one.evidence["parts"]}
    assert {name: (part["value"], part["points"]) for name, part in parts.items()} == {
        "volume": (4_000_000, 80),
        "years": (7, 80),
        "margin": (25.0, 80),
        "prospects": (33.3, 100),
        "credit": (80, 80),
    }
    assert (one.grade, one.evidence["score"]) == (Grade.A, 84.0)
    assert (other.evidence["known_weight"], other.evidence["score"]) == (40, 60.0)
    assert other.evidence["parts"][1]["at_least_so"] is True


def test_a_policy_that_there_is_not_is_named(sold):
    with pytest.raises(Refused, match="by_hand"):
        grade_customers(sold, today=TODAY, now=NOW, policy="by_hand")
