"""Shares of customers and sales, year by year."""

from crm.rules.region_years import Counted, years_of


def counted(code, customers, cents, year=2025):
    return Counted(year=year, code=code, name=code, customers=customers, sales_cents=cents)


def test_shares_of_the_year_and_the_total():
    (year,) = years_of([counted("B", 1, 2500), counted("A", 3, 7500)], [2025])
    assert [(p.code, p.customers_share, p.sales_share) for p in year.parts] == [
        ("A", 0.75, 0.75),
        ("B", 0.25, 0.25),
    ]
    total = year.total
    assert (total.customers, total.sales_cents, total.sales_share) == (4, 10_000, 1.0)


def test_years_stand_apart_and_an_empty_one_has_no_shares():
    first, second = years_of([counted("A", 0, 0), counted("A", 2, 9, 2026)], [2025, 2026])
    assert first.parts[0].sales_share is None
    assert second.parts[0].sales_share == 1.0
    assert years_of([], [2024])[0].parts == ()


def test_returns_that_outweigh_sales_have_no_share():
    (year,) = years_of([counted("A", 1, -500), counted("B", 1, 100)], [2025])
    assert year.total.sales_cents == -400
    assert {part.sales_share for part in year.parts} == {None}
