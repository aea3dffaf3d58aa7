"""区域分析: customers and sales of each part of the company, year by year, with their shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """By which parts of the company is counted."""

    REGION = "region"
    DISTRICT = "district"
    TERRITORY = "territory"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A part in a year: customers who bought, and what they bought, in hundredths."""

    year: int
    code: str
    name: str
    customers: int
    sales_cents: int


@dataclass(frozen=True, kw_only=True)
class PartOfYear:
    """A part in a year with its shares of the year's total: 1 is all of it; of sales also below 0
    or above 1 where one part's returns outweigh its sales. None: the total is none (of sales
    also where returns outweigh them)."""

    code: str
    name: str
    customers: int
    customers_share: float | None
    sales_cents: int
    sales_share: float | None


@dataclass(frozen=True, kw_only=True)
class Year:
    """A year: its parts in order of code, and their total."""

    year: int
    parts: tuple[PartOfYear, ...]
    total: PartOfYear


def years_of(counted: Iterable[Counted], years: Sequence[int]) -> list[Year]:
    """Each of the years with its parts' shares, also a year in which nobody bought."""
    by_year: dict[int, list[Counted]] = {year: [] for year in years}
    for one in counted:
        by_year[one.year].append(one)
    return [_year(year, sorted(parts, key=lambda p: p.code)) for year, parts in by_year.items()]


def _year(year: int, parts: Sequence[Counted]) -> Year:
    customers = sum(part.customers for part in parts)
    sales = sum(part.sales_cents for part in parts)
    shared = tuple(
        PartOfYear(
            code=part.code,
            name=part.name,
            customers=part.customers,
            customers_share=_share(part.customers, customers),
            sales_cents=part.sales_cents,
            sales_share=_share(part.sales_cents, sales),
        )
        for part in parts
    )
    total = PartOfYear(
        code="",
        name="",
        customers=customers,
        customers_share=_share(customers, customers),
        sales_cents=sales,
        sales_share=_share(sales, sales),
    )
    return Year(year=year, parts=shared, total=total)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole > 0 else None
