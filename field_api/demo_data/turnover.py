"""What the customers bought in two years, and the grades that follow from the last of them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from crm.rules.grading.grading_facts import sales_period
from crm.rules.grading.sales_rank import DEFAULT_POLICY, RankGraded, grade_by_sales
from crm.vocabulary import CustomerStatus
from field_api.demo_data.cards import Card
from field_api.sample.dice import dice

MONTHS = 24
YEAR_MONTHS = 12
BUYS_NOTHING = 0.05  # share of the customers
MONTHLY_FROM_YUAN, QUARTERLY_FROM_YUAN = 900_000, 400_000  # a year; below, twice a year
QUARTER, HALF = 3, 6
GROWTH = (0.8, 1.3)  # of the second year against the first
CENTS = 100
RUN = 1  # the grading run's number


def sales_rows(worker_code: str, cards: Iterable[Card], today: date) -> list[dict[str, Any]]:
    """Rows of sales in the months before today's, of all but prospects."""
    chance = dice("sales of two years", worker_code)
    months = _months_before(today)
    rows = []
    for card in cards:
        if card.status is CustomerStatus.PROSPECT or chance.random() < BUYS_NOTHING:
            continue
        step = (
            1
            if card.year_yuan >= MONTHLY_FROM_YUAN
            else QUARTER
            if card.year_yuan >= QUARTERLY_FROM_YUAN
            else HALF
        )
        growth = chance.uniform(*GROWTH)
        for number in range(chance.randrange(step), MONTHS, step):
            yuan = card.year_yuan * step / YEAR_MONTHS * chance.uniform(0.5, 1.5)
            rows.append(
                {
                    "customer_id": card.id,
                    "date": months[number],
                    "product": chance.choice(card.trade.products),
                    "amount_cents": CENTS * round(yuan * (growth if number >= YEAR_MONTHS else 1)),
                }
            )
    return rows


def graded(
    cards: Iterable[Card], sales: Iterable[dict[str, Any]], today: date
) -> dict[int, RankGraded]:
    """The active customers' grades by number, which are noted on the cards too."""
    first, last = sales_period(today)
    active = {card.id: card for card in cards if card.status is CustomerStatus.ACTIVE}
    sums = dict.fromkeys(active, 0)
    for sale in sales:
        if sale["customer_id"] in sums and first <= sale["date"] <= last:
            sums[sale["customer_id"]] += sale["amount_cents"]
    found = grade_by_sales(sums)
    for number, one in found.items():
        active[number].grade = one.grade
    return found


def run_row(today: date, now: datetime) -> dict[str, Any]:
    """The row of the grading run."""
    first, last = sales_period(today)
    return {
        "id": RUN,
        "policy": DEFAULT_POLICY.name,
        "sales_from": first,
        "sales_to": last,
        "run_at": now,
    }


def record_rows(found: dict[int, RankGraded]) -> list[dict[str, Any]]:
    """Rows of each customer's grade with its reasons."""
    return [
        {
            "run_id": RUN,
            "customer_id": number,
            "grade": one.grade,
            "previous": None,
            "evidence": one.evidence(),
        }
        for number, one in found.items()
    ]


def _months_before(today: date) -> list[date]:
    this = today.year * YEAR_MONTHS + today.month - 1
    found = [divmod(this - MONTHS + number, YEAR_MONTHS) for number in range(MONTHS)]
    return [date(year, month + 1, 1) for year, month in found]
