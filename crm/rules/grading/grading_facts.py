"""What a customer is graded from, which stretches of time count, and what a grade is."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol

from crm.vocabulary import Grade

YEAR_MONTHS = 12
WHOLE = 100  # percent
FULL_CREDIT = 100  # points of a card's credit score


class GradingFact(StrEnum):
    """Facts that may be missing: 成长性, 毛利, 合作年限, 信用."""

    GROWTH = "growth"
    MARGIN = "margin"
    YEARS = "years"
    CREDIT = "credit"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A customer's figures. Money is in hundredths of the company's currency.

    `sales_cents`: of the twelve months that are graded; no sales are 0. `year_cents` against
    `before_cents`: the last twelve whole months and the twelve before them (None: the company's
    sales on file do not reach back so far). `margin_cents` of the `margin_of_cents` of sales whose
    margin is known. `years`: whole years of working together, `since_first_sale`: reckoned from
    the first sale on file, so at least so many. `credit`: 0 (none) to 100 points. None: not known.
    """

    sales_cents: int
    year_cents: int = 0
    before_cents: int | None = None
    margin_cents: int | None = None
    margin_of_cents: int = 0
    years: int | None = None
    since_first_sale: bool = False
    credit: int | None = None

    @property
    def growth(self) -> "Ratio | None":
        """Growth in percent; None where nothing was bought in the year before, or it is not on
        file."""
        if self.before_cents is None or self.before_cents <= 0:
            return None
        return Ratio(above=WHOLE * (self.year_cents - self.before_cents), below=self.before_cents)

    @property
    def margin(self) -> "Ratio | None":
        """Margin in percent of the sales whose margin is known; None where it is of none."""
        if self.margin_cents is None or self.margin_of_cents <= 0:
            return None
        return Ratio(above=WHOLE * self.margin_cents, below=self.margin_of_cents)


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """An exact quotient, `below` more than 0: thresholds are compared without rounding."""

    above: int
    below: int

    def reaches(self, threshold: int) -> bool:
        """Whether it is the threshold or more."""
        return self.above >= threshold * self.below

    @property
    def shown(self) -> float:
        """To one decimal, for reading; cut and not rounded, so that what is shown to reach a
        threshold does."""
        return (10 * self.above // self.below) / 10


class Graded(Protocol):
    """A customer's grade and why."""

    @property
    def grade(self) -> Grade:
        """What it comes to."""

    @property
    def missing(self) -> tuple[GradingFact, ...]:
        """The facts that the policy asks for and nobody knows."""

    def evidence(self) -> dict[str, Any]:
        """The figures as they are kept with the grade; `sales_cents` is always among them."""


def sales_period(today: date, months: int = YEAR_MONTHS) -> tuple[date, date]:
    """(first day, last day) whose sales count: the months up to the day before today.

    Where the month has no such day (29 February), the period begins on the month's last.
    """
    year, month = divmod(today.year * YEAR_MONTHS + today.month - 1 - months, YEAR_MONTHS)
    day = today.day
    while True:
        try:
            first = date(year, month + 1, day)
            break
        except ValueError:
            day -= 1
    return first, today - timedelta(days=1)


def growth_years(last: date) -> tuple[date, date, date]:
    """(first day before, first day, last day) of the two years that growth compares: whole months,
    for sales are often on file by month, and the last one is not over. `last` is the last day that
    is graded; its month counts if that is the month's last."""
    this = (last + timedelta(days=1)).replace(day=1)
    return (
        this.replace(year=this.year - 2),
        this.replace(year=this.year - 1),
        this - timedelta(days=1),
    )


def reaches_back(first_sale: date | None, begin: date) -> bool:
    """Whether the company's sales on file begin in the month that begins on `begin`, or before."""
    return first_sale is not None and first_sale.replace(day=1) <= begin


def whole_years(since: date, until: date) -> int:
    """Whole years from a day to another; 0 where it lies ahead."""
    passed = until.year - since.year - ((until.month, until.day) < (since.month, since.day))
    return max(0, passed)
