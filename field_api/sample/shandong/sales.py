"""Invented sales: a year of monthly sums by product, and the grades that follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from field_api.sample.dice import dice
from field_api.sample.shandong.customers import Customer

MONTHS = tuple(date(2025 + (m + 8) // 12, (m + 8) % 12 + 1, 1) for m in range(12))  # from September
SPREAD = 0.9  # of the logarithm: a few customers buy a great deal, most buy little
BUYS_NOTHING = 0.06  # the share of customers without a sale in the year
MONTHLY_FROM_YUAN, QUARTERLY_BELOW_YUAN = 500_000, 150_000  # a year; between, every other month
# Building sites rest in winter and over the Spring Festival; from September to August.
SEASON = (1.2, 1.3, 1.1, 0.7, 0.5, 0.3, 0.9, 1.3, 1.4, 1.3, 1.1, 1.0)


@dataclass(frozen=True, kw_only=True)
class Sale:
    """What a customer bought of a product in the month that begins on `month`, whole yuan."""

    customer_code: str
    month: date
    product: str
    yuan: int


def sales(customers: Iterable[Customer]) -> tuple[Sale, ...]:
    """A year's sales of all that buy: active ones, and what the others bought before."""
    return tuple(sale for one in customers if one.status != "准客户" for sale in _year(one))


def year_sums(sold: Iterable[Sale]) -> dict[str, int]:
    """Yuan by customer."""
    sums: dict[str, int] = {}
    for sale in sold:
        sums[sale.customer_code] = sums.get(sale.customer_code, 0) + sale.yuan
    return sums


def _year(one: Customer) -> Iterator[Sale]:
    chance = dice("sales", one.code)
    if chance.random() < BUYS_NOTHING:
        return
    year_yuan = one.trade.typical_yuan * chance.lognormvariate(0, SPREAD)
    step = 1 if year_yuan >= MONTHLY_FROM_YUAN else 2 if year_yuan >= QUARTERLY_BELOW_YUAN else 3
    parts = {
        (month, product): SEASON[MONTHS.index(month)] * chance.uniform(0.5, 1.5)
        for month in MONTHS[chance.randrange(step) :: step]
        for product in one.trade.products
    }
    whole = sum(parts.values())
    for (month, product), part in parts.items():
        yuan = round(year_yuan * part / whole)
        yield Sale(customer_code=one.code, month=month, product=product, yuan=yuan)
