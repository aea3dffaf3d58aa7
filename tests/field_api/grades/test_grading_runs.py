"""Grading over the API: dry, asked for, approved, and overtaken when the figures changed."""

from datetime import date

import pytest
from sqlmodel import select

from crm.models import AuditEntry, Customer, FieldChange, GradingRun, Sale
from crm.store.grades import grading
from crm.vocabulary import CustomerStatus
from field_api.services.pages import cursor
from tests.builders import VALLETTA, a_customer
from tests.field_api.approvals import decide, rows
from tests.field_api.world import API, NOW

URL = f"{API}/grading-runs"


@pytest.fixture
def sold(world):
    """The world's three customers, graded C, of whom C3 sold most and C1 nothing."""
    with world.database.writing(at=NOW) as session:
        for number in (2, 3):
            customer = session.exec(select(Customer).where(Customer.code == f"C{number}")).one()
            sold = {"date": date(2026, 10, 1), "amount_cents": number * 10000}
            session.add(Sale(customer_id=customer.id, **sold))
    return world


def run(world, who="general", **body):
    return world.client(who).post(URL, json={"dry_run": False} | body)


def grades(world):
    return {customer.code: customer.grade.value for customer in rows(world, Customer)}


def asked(world):
    return f"{API}/approvals/{run(world, reason='Yearly').json()['approval_id']}"


def test_a_dry_run_tells_who_moves_and_why(sold):
    told = run(sold, dry_run=True).json()
    assert (told["graded"], told["moved"], told["without_sales"]) == (3, 3, 1)
    assert (told["sales_from"], told["sales_to"]) == ("2025-11-30", "2026-11-29")
    assert [(m["customer_code"], m["before"], m["after"]) for m in told["moves"]] == [
        ("C1", "C", "E"),
        ("C2", "C", "E"),
        ("C3", "C", "D"),
    ]
    assert told["moves"][2]["evidence"]["smaller"] == 2
    assert told["approval_id"] is None
    assert rows(sold, GradingRun) == []


def test_grades_change_with_the_approval(sold):
    approval = asked(sold)
    assert set(grades(sold).values()) == {"C"}
    story = sold.client("chairman").get(approval).json()
    assert story["title"].startswith("Grading of 3 customers by sales from Sun 30 Nov 2025")
    assert story["changes"][2] == {"field": "C3.grade", "before": "C", "after": "D"}
    assert (story["waits_for"], story["size"]) == (["general_manager"], 3)
    told = decide(sold, "general", approval).json()
    assert grades(sold) == {"C1": "E", "C2": "E", "C3": "D"}
    (kept,) = rows(sold, GradingRun)
    assert told["outcome"] == {"grading_run_id": kept.id}
    (listed,) = sold.client("info").get(URL).json()["items"]
    assert (listed["id"], listed["graded"], listed["moved"]) == (kept.id, 3, 3)


def test_each_changed_grade_is_in_the_trail(sold):
    decide(sold, "general", asked(sold))
    (entry,) = [entry for entry in rows(sold, AuditEntry) if entry.action == "grade"]
    assert (entry.noun, entry.actor) == ("grading_run", "General")
    found = [(c.key, c.field, c.before, c.after) for c in rows(sold, FieldChange)]
    assert ("C3", "grade", "C", "D") in found
    assert len(found) == 3


@pytest.mark.parametrize("change", ["sale", "customer", "grade"])
def test_figures_that_changed_overtake_it(sold, change):
    approval = asked(sold)
    with sold.database.writing(at=NOW) as session:
        first = session.exec(select(Customer).where(Customer.code == "C1")).one()
        if change == "sale":
            session.add(Sale(customer_id=first.id, date=date(2026, 11, 1), amount_cents=1))
        elif change == "customer":
            session.add(a_customer("NEW", VALLETTA))
        else:
            first.grade = "A"
    answer = decide(sold, "general", approval)
    assert (answer.status_code, answer.json()["code"]) == (409, "overtaken")
    assert rows(sold, GradingRun) == []
    assert run(sold).status_code == 200


def test_what_does_not_count_changes_nothing(sold):
    """A later sale, and a customer who is struck out anyway."""
    approval = asked(sold)
    with sold.database.writing(at=NOW) as session:
        first = session.exec(select(Customer).where(Customer.code == "C1")).one()
        session.add(Sale(customer_id=first.id, date=date(2026, 11, 30), amount_cents=9))
        session.add(a_customer("OLD", VALLETTA, status=CustomerStatus.STRUCK_OUT))
    assert decide(sold, "chairman", approval).json()["state"] == "approved"


def test_one_grading_waits_at_a_time(sold):
    asked(sold)
    answer = run(sold)
    assert (answer.status_code, answer.json()["code"]) == (409, "already_asked")


def test_only_the_whole_company_is_graded(sold):
    for who in ("malta", "south", "info", "rep1"):
        assert run(sold, who).status_code == 403
    assert run(sold, policy="by_hand").status_code == 422


def test_the_list_comes_in_parts(sold):
    for _ in range(3):
        decide(sold, "general", asked(sold))
    client = sold.client("general")
    first = client.get(URL, params={"limit": 2}).json()
    rest = client.get(URL, params={"cursor": first["next_cursor"]}).json()
    numbers = [item["id"] for item in first["items"] + rest["items"]]
    assert numbers == sorted(numbers, reverse=True)
    assert (len(numbers), rest["next_cursor"]) == (3, None)
    assert first["items"][0]["moved"] == 0
    wrong = client.get(URL, params={"cursor": cursor("", 2**70)})
    assert wrong.status_code == 422


def test_a_run_without_anybody_counts_nobody(database):
    with database.writing(at=NOW) as session:
        kept = {"policy": "x", "sales_from": NOW.date(), "sales_to": NOW.date(), "run_at": NOW}
        grading.keep_run(session, GradingRun(**kept), [], {})
    with database.reading() as session:
        (run,) = grading.newest_runs(session, limit=5)
        assert (run.graded, run.moved) == (0, 0)
