"""Analysis on the desk: reps beside each other, sales against a year before."""

import csv
from datetime import date, timedelta
from io import StringIO
from uuid import UUID

import pytest
from sqlmodel import select

from crm.models import Customer, Promise, Rep, Sale, SalesSum, Visit, VisitReport
from crm.rules.sales_periods import Period
from crm.store.analysis import sales_sums
from crm.vocabulary import PromiseState, VisitOutcome
from field_api.services.analysis import month_counts
from tests.field_api.world import NOW

HTML = {"accept": "text/html"}
TUESDAY = date(2026, 11, 24)


def rows(world, who, path, **params):
    answer = world.client(who).get(path, params={"form": "csv"} | params)
    assert answer.status_code == 200, answer.text
    lines = answer.content.decode("utf-8-sig").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(("Code", "List", "Level")))
    return list(csv.DictReader(StringIO("\n".join(lines[start:]))))


@pytest.fixture
def worked(world):
    """A rep with two visits on a day: an order told at once, a meeting told two days later."""
    with world.database.writing() as session:
        rep = session.exec(select(Rep).where(Rep.code == "R1")).one()
        customers = session.exec(select(Customer).order_by(Customer.code)).all()
        for n, (customer, hours) in enumerate(zip(customers[:2], (1, 48), strict=True)):
            begun = NOW - timedelta(days=6)
            report = VisitReport(
                id=UUID(int=n + 1),
                customer_id=customer.id,
                rep_id=rep.id,
                visited_on=TUESDAY,
                checked_in_at=begun,
                checked_out_at=begun + timedelta(minutes=20),
                outcome=VisitOutcome.MET if n else VisitOutcome.ORDER_TAKEN,
                body={},
                body_sha256="0" * 64,
                received_at=begun + timedelta(hours=hours),
            )
            session.add(report)
            session.flush()
            session.add(
                Visit(customer_id=customer.id, rep_id=rep.id, date=TUESDAY, report_id=report.id)
            )
        for n, (due, closed) in enumerate(((25, 25), (25, 26), (26, None))):
            session.add(
                Promise(
                    code=f"X{n}",
                    customer_id=customers[0].id,
                    owner_rep_id=rep.id,
                    what="x",
                    made_on=TUESDAY,
                    due=date(2026, 11, due),
                    state=PromiseState.KEPT if closed else PromiseState.OPEN,
                    closed_at=NOW.replace(day=closed) if closed else None,
                )
            )
        session.flush()
        month_counts.reckon(session, world.settings.zone, now=NOW)
    return world


def test_a_rep_s_figures_are_counted_by_hand(worked):
    found = {row["Code"]: row for row in rows(worked, "malta", "/desk/analysis")}
    own = found["R1"]
    assert float(own["visits a day"]) == 2
    assert float(own["strike rate (%)"]) == float(own["report timeliness (%)"]) == 50
    assert (own["promises kept: part"], own["promises kept: of"]) == ("1", "3")
    assert found[""]["Name"] == "All together"
    assert "R3" not in found


def test_the_trend_of_a_rep_stands_beside_all_together(worked):
    page = worked.client("malta").get("/desk/analysis?rep=R1&measure=strike", headers=HTML).text
    assert 'data-value="50.0"' in page
    assert "Nov 2026" in page
    assert "visits with an order" in page.lower()  # the definition, on hover


def test_another_s_rep_is_nobody(worked):
    page = worked.client("gozo").get("/desk/analysis?rep=R1", headers=HTML).text
    assert "Rep R1" not in page


def sell(world, *sold):
    with world.database.writing() as session:
        customers = {c.code: c.id for c in session.exec(select(Customer))}
        for code, day, product, amount, margin in sold:
            session.add(
                Sale(
                    customer_id=customers[code],
                    date=day,
                    product=product,
                    amount_cents=amount * 100,
                    margin_cents=None if margin is None else margin * 100,
                )
            )


def test_sales_are_set_against_the_same_months_a_year_before(world):
    sell(
        world,
        ("C1", date(2026, 10, 1), "Tea", 300, 60),
        ("C1", date(2025, 10, 1), "Tea", 200, None),
        ("C2", date(2026, 9, 1), "Tea", 100, None),
        ("C2", date(2026, 9, 1), "Nuts", 600, 300),
        ("C3", date(2026, 9, 1), "Nuts", 5000, 1),  # another district's
        ("C1", date(2024, 9, 1), "Tea", 9000, None),  # longer ago than a year before
    )
    found = rows(world, "malta", "/desk/analysis/sales")
    products = {row["Name"]: row for row in found if row["List"] == "Products"}
    assert float(products["Tea"]["Sales"]) == 400
    assert float(products["Tea"]["Growth (%)"]) == 100
    assert float(products["Tea"]["Margin (%)"]) == 20  # of the sales whose margin is known
    assert products["Nuts"]["Growth (%)"] == ""
    assert float(products["Nuts"]["Share of sales (%)"]) == 60
    by_list = {}
    for row in found:
        by_list.setdefault(row["List"], []).append(row["Code"])
    assert by_list["Top ten by sales"] == ["C2", "C1"]
    assert by_list["Top ten by growth"] == ["C1"]
    assert by_list["Top ten by margin"] == ["C2", "C1"]


@pytest.mark.parametrize("person", ["malta", "general"])
@pytest.mark.parametrize("months", list(Period))
@pytest.mark.parametrize("product", ["", "Tea"])
def test_sales_kept_in_sums_are_those_added_up_when_asked(world, person, months, product):
    newest = date(2026, 10, 1)
    sell(
        world,
        ("C1", newest, "Tea", 300, 60),
        ("C3", newest, "Nuts", 7, None),
        ("C1", date(2025, 10, 1), "Tea", 200, 10),
        *(
            (code, date(2025 + n // 12, n % 12 + 1, 1), ("Tea", "Nuts")[n % 2], 5 * n - 9, n % 3)
            for n in range(21)
            for code in ("C2", "C3")[: 1 + n % 2]
        ),
    )
    told = {"months": months.value, "product": product}
    asked = rows(world, person, "/desk/analysis/sales", **told)
    with world.database.writing() as session:
        sales_sums.reckon(session)
        assert session.exec(select(SalesSum)).first() is not None
    assert rows(world, person, "/desk/analysis/sales", **told) == asked
    assert asked


def test_a_product_is_looked_at_alone(world):
    sell(
        world,
        ("C1", date(2026, 10, 1), "Tea", 300, None),
        ("C2", date(2026, 10, 1), "Nuts", 600, None),
    )
    found = rows(world, "malta", "/desk/analysis/sales", product="Tea")
    assert [row["Code"] for row in found if row["List"] == "Top ten by sales"] == ["C1"]
    hostile = world.client("malta").get("/desk/analysis/sales?product=<script>", headers=HTML)
    assert "<script>" not in hostile.text.split("<main", 1)[1]


def test_pages_without_anything_say_what_to_do(world):
    for path in ("", "/sales", "/regions"):
        page = world.client("malta").get(f"/desk/analysis{path}", headers=HTML)
        assert 'href="/desk/imports"' in page.text.split("<main", 1)[1]


def test_regions_are_taken_along_by_year(world):
    sell(world, ("C1", date(2026, 10, 1), "Tea", 300, None))
    found = rows(world, "general", "/desk/analysis/regions", level="region")
    assert {row["Code"]: float(row["Sales"]) for row in found}["S"] == 300
    assert rows(world, "gozo", "/desk/analysis/regions", level="district") == []
