"""区域分析: over the API, within what each sees, as a file and on the command line."""

from datetime import date

import openpyxl
import pytest
from sqlmodel import select

from crm.models import Customer, Sale
from crm.rules.access import OPERATOR
from crm.rules.region_years import Level
from field_api.services.analysis import region_years
from tests.field_api.world import API

URL = f"{API}/region-years"
SALES = (("C1", "2024-12-31", 100), ("C1", "2025-01-01", 7500), ("C1", "2025-05-01", 500),
         ("C2", "2025-12-31", 2000), ("C3", "2025-06-01", 10_000))  # fmt: skip


@pytest.fixture
def sold(world):
    with world.database.writing() as session:
        ids = dict(session.exec(select(Customer.code, Customer.id)).all())
        session.add_all(
            Sale(customer_id=ids[code], date=date.fromisoformat(day), product=day, amount_cents=n)
            for code, day, n in SALES
        )
    return world


def parts(world, asker, **query):
    answer = world.client(asker).get(URL, params=query)
    assert answer.status_code == 200, answer.text
    return {
        (year["year"], part["code"]): (part["customers"], part["sales_cents"], part["sales_share"])
        for year in answer.json()["years"]
        for part in [*year["parts"], year["total"]]
    }


def test_per_year_and_region_with_shares_and_total(sold):
    assert parts(sold, "general", level="region") == {
        (2024, "N"): (0, 0, 0.0),
        (2024, "S"): (1, 100, 1.0),
        (2024, ""): (1, 100, 1.0),
        (2025, "N"): (1, 10_000, 0.5),
        (2025, "S"): (2, 10_000, 0.5),
        (2025, ""): (3, 20_000, 1.0),
    }
    assert parts(sold, "general", level="territory", first_year=2025)[2025, "T2"] == (1, 2000, 0.1)


def test_only_what_one_sees_is_counted(sold):
    assert parts(sold, "malta", first_year=2025) == {
        (2025, "MT"): (2, 10_000, 1.0),
        (2025, ""): (2, 10_000, 1.0),
    }
    assert parts(sold, "rep2", level="territory", first_year=2025) == {
        (2025, "T2"): (1, 2000, 1.0),
        (2025, ""): (1, 2000, 1.0),
    }


def test_a_world_without_sales_and_years_that_are_none(world):
    assert world.client("general").get(URL).json()["years"] == []
    swapped = world.client("general").get(URL, params={"first_year": 2026, "last_year": 2025})
    assert (swapped.status_code, swapped.json()["errors"][0]["path"]) == (422, "query.first_year")
    many = world.client("general").get(URL, params={"first_year": 2000, "last_year": 2100})
    assert many.json()["errors"][0]["path"] == "query.last_year"


def test_the_definitions_are_told_in_the_readers_language(sold):
    client = sold.client("general")
    told = client.get(URL, headers={"Accept-Language": "zh"}).json()["definitions"]
    assert "客户" in told[0]


@pytest.mark.one_database
def test_a_file_of_it(sold, tmp_path):
    for name in ("years.xlsx", "years.csv"):
        region_years.write_file(
            sold.database,
            OPERATOR,
            Level.DISTRICT,
            tmp_path / name,
            "en",
            first_year=2025,
            last_year=None,
        )
    book = openpyxl.load_workbook(tmp_path / "years.xlsx").active
    assert [row[2:] for row in book.iter_rows(min_row=3, values_only=True)] == [
        ("GZ", "Gozo", 1, 33.33, 100, 50),
        ("MT", "Malta", 2, 66.67, 100, 50),
        (None, "Total", 3, 100, 200, 100),
    ]
    assert "District,2025,MT,Malta,2,66.67,100.0,50.0" in (tmp_path / "years.csv").read_text(
        "utf-8-sig"
    )


def test_it_is_exported_like_other_tables(sold):
    body = {"kind": "region_years", "filters": {"first_day": "2025-01-01"}, "reason": "year's end"}
    asked = sold.client("malta").post(f"{API}/exports", json=body)
    assert asked.status_code == 202, asked.text
    story = sold.client("south").get(f"{API}/approvals/{asked.json()['approval_id']}").json()
    assert story["title"] == "Export of the region analysis, 7 rows"
