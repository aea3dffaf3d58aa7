"""客户分级 by sales among all customers.

Percentile = 100 × customers with strictly smaller sales ÷ graded customers, so customers with
equal sales share a grade (handbook H2, form 4).
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from crm.rules.grading.grading_facts import GradingFact
from crm.vocabulary import Grade


@dataclass(frozen=True, kw_only=True)
class SalesPercentile:
    """`at_least` names each grade's lowest percentile, best grade first; the last takes the
    rest. With `of_sales` the percentile is not of customers but of money: 100 × what customers with
    strictly smaller sales bought ÷ what all bought."""

    name: str = "sales_percentile"
    at_least: tuple[tuple[Grade, int], ...] = (
        (Grade.A, 90),
        (Grade.B, 80),
        (Grade.C, 70),
        (Grade.D, 60),
        (Grade.E, 0),
    )
    of_sales: bool = False

    @property
    def facts(self) -> frozenset[GradingFact]:
        """What it asks for beside sales: nothing."""
        return frozenset()


DEFAULT_POLICY = SalesPercentile()
# the other reading of the same form, and five tiers by head-count (8, 15, 25, 35, 17 %)
CUMULATIVE = SalesPercentile(
    name="sales_cumulative",
    at_least=((Grade.A, 50), (Grade.B, 30), (Grade.C, 15), (Grade.D, 5), (Grade.E, 0)),
    of_sales=True,
)
TIERS = SalesPercentile(
    name="head_count_tiers",
    at_least=((Grade.A, 92), (Grade.B, 77), (Grade.C, 52), (Grade.D, 17), (Grade.E, 0)),
)


@dataclass(frozen=True, kw_only=True)
class RankGraded:
    """A customer's grade and the figures behind it. `threshold` is the grade's lowest
    percentile; `smaller` of `graded` customers sold strictly less."""

    grade: Grade
    sales_cents: int
    smaller: int
    graded: int
    threshold: int
    smaller_cents: int | None = None  # what they bought, and what all did, where that decides
    all_cents: int | None = None

    @property
    def percentile(self) -> float:
        """100 × smaller ÷ graded, to two decimals, for reading; grades use exact numbers."""
        if self.smaller_cents is not None and self.all_cents:
            return round(100 * self.smaller_cents / self.all_cents, 2)
        return round(100 * self.smaller / self.graded, 2)

    @property
    def missing(self) -> tuple[GradingFact, ...]:
        """Nothing: who has no sales on file sold nothing."""
        return ()

    def evidence(self) -> dict[str, Any]:
        """The figures as they are kept with the grade."""
        return {
            "sales_cents": self.sales_cents,
            "smaller": self.smaller,
            "graded": self.graded,
            "percentile": self.percentile,
            "threshold": self.threshold,
        } | (
            {}
            if self.smaller_cents is None
            else {"smaller_cents": self.smaller_cents, "all_cents": self.all_cents}
        )


def grade_by_sales(
    sales_cents: Mapping[int, int], policy: SalesPercentile = DEFAULT_POLICY
) -> dict[int, RankGraded]:
    """Grades by customer id, of the customers given and their sales in hundredths.

    No sales are 0; more returns than sales are negative and rank below no sales.
    """
    ordered = sorted(sales_cents.values())
    if policy.of_sales:
        return _by_money(sales_cents, ordered, policy)
    return {
        customer: _graded(cents, bisect_left(ordered, cents), len(ordered), policy)
        for customer, cents in sales_cents.items()
    }


def _graded(cents: int, smaller: int, graded: int, policy: SalesPercentile) -> RankGraded:
    # Whole numbers: 100 × smaller ÷ graded ≥ threshold without a rounded quotient.
    grade, threshold = next(
        (g, least) for g, least in policy.at_least if 100 * smaller >= least * graded
    )
    return RankGraded(
        grade=grade, sales_cents=cents, smaller=smaller, graded=graded, threshold=threshold
    )


def _by_money(
    sales_cents: Mapping[int, int], ordered: Sequence[int], policy: SalesPercentile
) -> dict[int, RankGraded]:
    bought = list(accumulate((max(0, cents) for cents in ordered), initial=0))
    whole = bought[-1]
    found = {}
    for customer, cents in sales_cents.items():
        smaller = bisect_left(ordered, cents)
        grade, threshold = next(
            (g, least)
            for g, least in policy.at_least
            if least == 0 or (whole and 100 * bought[smaller] >= least * whole)
        )
        found[customer] = RankGraded(
            grade=grade,
            sales_cents=cents,
            smaller=smaller,
            graded=len(ordered),
            threshold=threshold,
            smaller_cents=bought[smaller],
            all_cents=whole,
        )
    return found
