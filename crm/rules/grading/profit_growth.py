"""客户细分: the matrix of profit and growth (handbook H1). Profit is measured by sales."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm.rules.grading.grading_facts import Facts, GradingFact
from crm.vocabulary import Grade

CENTS = 100


@dataclass(frozen=True, kw_only=True)
class ProfitGrowthMatrix:
    """Bands of sales by bands of growth, and the grade of each cell.

    The best band sells more than `sales_above`, the others at least as much as each of
    `sales_at_least`, the last one less: amounts of the currency in twelve months. `growth_at_least`
    parts the bands of growth in percent, the last one is below. `cells` has a row for each band of
    sales, the best first, and in it a grade for each band of growth. Whose growth is not known is
    taken to grow by `unknown_growth` percent. The amounts of the best three bands are the
    handbook's, all else is ours.
    """

    name: str = "profit_growth_matrix"
    sales_above: int = 5_000_000
    sales_at_least: tuple[int, ...] = (3_000_000, 1_000_000)
    growth_at_least: tuple[int, ...] = (30, 10, 0)
    cells: tuple[tuple[Grade, ...], ...] = tuple(
        tuple(Grade(letter) for letter in row) for row in ("AAAB", "ABBC", "BCCD", "CDEE")
    )
    unknown_growth: int = 0

    @property
    def facts(self) -> frozenset[GradingFact]:
        """What it asks for beside sales."""
        return frozenset({GradingFact.GROWTH})


@dataclass(frozen=True, kw_only=True)
class MatrixGraded:
    """A grade with the bands that meet in it; a band's limits are None where it is open.
    `growth` is None where it is not known and `growth_counted` stands in for it."""

    grade: Grade
    sales_cents: int
    sales_from: int | None
    sales_to: int | None
    growth: float | None
    growth_from: int | None
    growth_to: int | None
    growth_counted: int | None
    nothing_before: bool

    @property
    def missing(self) -> tuple[GradingFact, ...]:
        """Growth, where it is not known."""
        return (GradingFact.GROWTH,) if self.growth is None else ()

    def evidence(self) -> dict[str, Any]:
        """The figures as they are kept with the grade."""
        return {
            "sales_cents": self.sales_cents,
            "sales_from": self.sales_from,
            "sales_to": self.sales_to,
            "growth": self.growth,
            "growth_from": self.growth_from,
            "growth_to": self.growth_to,
        } | (
            {}
            if self.growth_counted is None
            else {"growth_counted": self.growth_counted, "nothing_before": self.nothing_before}
        )


def grade_by_matrix(
    facts: Mapping[int, Facts], policy: ProfitGrowthMatrix
) -> dict[int, MatrixGraded]:
    """Grades by customer id."""
    return {customer: _graded(one, policy) for customer, one in facts.items()}


def _graded(facts: Facts, policy: ProfitGrowthMatrix) -> MatrixGraded:
    amounts = (policy.sales_above, *policy.sales_at_least)
    row = next(
        (n for n, amount in enumerate(amounts) if _sells(facts.sales_cents, n, amount)),
        len(amounts),
    )
    growth, steps = facts.growth, policy.growth_at_least
    column = next(
        (
            n
            for n, step in enumerate(steps)
            if (policy.unknown_growth >= step if growth is None else growth.reaches(step))
        ),
        len(steps),
    )
    return MatrixGraded(
        grade=policy.cells[row][column],
        sales_cents=facts.sales_cents,
        sales_from=amounts[row] if row < len(amounts) else None,
        sales_to=amounts[row - 1] if row else None,
        growth=growth.shown if growth else None,
        growth_from=steps[column] if column < len(steps) else None,
        growth_to=steps[column - 1] if column else None,
        growth_counted=policy.unknown_growth if growth is None else None,
        nothing_before=facts.before_cents is not None,
    )


def _sells(sales_cents: int, band: int, amount: int) -> bool:
    """The handbook has the best band sell more than its amount, the others from theirs on."""
    return sales_cents > CENTS * amount if band == 0 else sales_cents >= CENTS * amount
