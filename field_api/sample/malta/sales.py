"""Invented sales: a year of monthly sums by product group, and the grades that follow."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crm.rules.grading.sales_rank import grade_by_sales
from crm.vocabulary import Grade
from field_api.sample.dice import dice
from field_api.sample.malta.businesses import Business
from field_api.sample.malta.trades import DRINKS, FOODS, HORECA, HOUSEHOLD

MONTHS = tuple(date(2025, 12, 1) if m == 0 else date(2026, m, 1) for m in range(12))
SPREAD = 0.95  # of the logarithm: a few customers buy a great deal, most buy little
ON_GOZO = 0.7  # smaller businesses
BUYS_NOTHING = 0.05  # the share of customers without a sale in the year
MONTHLY_FROM_EUR, QUARTERLY_BELOW_EUR = 4000, 1200  # a year; between them every other month
SUMMER = (0.7, 0.6, 0.6, 0.8, 0.9, 1.0, 1.2, 1.4, 1.5, 1.3, 1.1, 0.9)  # HoReCa, from December
WEIGHTS = {DRINKS: 5.0, FOODS: 4.0, HOUSEHOLD: 1.5}


@dataclass(frozen=True, kw_only=True)
class Sale:
    """What a customer bought of a product group in the month that begins on `month`."""

    customer_code: str
    month: date
    product: str
    cents: int


def sales(businesses: Iterable[Business]) -> tuple[Sale, ...]:
    """A year's sales of all that buy: active ones, and what the others bought before."""
    return tuple(sale for one in businesses if one.status != "prospect" for sale in _year(one))


def _year(business: Business) -> Iterator[Sale]:
    random = dice("sales", business.code)
    if random.random() < BUYS_NOTHING:
        return
    year_eur = business.trade.typical_eur * random.lognormvariate(0, SPREAD)
    year_eur *= ON_GOZO if business.gozo else 1.0
    step = 1 if year_eur >= MONTHLY_FROM_EUR else 2 if year_eur >= QUARTERLY_BELOW_EUR else 3
    months = MONTHS[random.randrange(step) :: step]
    seasonal = business.trade.channel == HORECA
    parts = {
        (month, product): WEIGHTS[product]
        * (SUMMER[MONTHS.index(month)] if seasonal else 1.0)
        * random.uniform(0.6, 1.4)
        for month in months
        for product in business.trade.products
    }
    whole = sum(parts.values())
    for (month, product), part in parts.items():
        cents = round(year_eur * 100 * part / whole)
        yield Sale(customer_code=business.code, month=month, product=product, cents=cents)


def year_sums(sold: Iterable[Sale]) -> dict[str, int]:
    """Hundredths of a euro by customer."""
    sums: dict[str, int] = {}
    for sale in sold:
        sums[sale.customer_code] = sums.get(sale.customer_code, 0) + sale.cents
    return sums


def grades(codes: Iterable[str], sums: Mapping[str, int]) -> dict[str, Grade]:
    """The grades that the product's default policy will give to the active customers."""
    by_number = dict(enumerate(codes))
    graded = grade_by_sales({n: sums.get(code, 0) for n, code in by_number.items()})
    return {code: graded[n].grade for n, code in by_number.items()}
