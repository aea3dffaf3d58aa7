"""客户关系评估: a weighted score (handbook H4; H2, form 8), with the evidence of each indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm.rules.grading.grading_facts import Facts, GradingFact
from crm.vocabulary import Grade

CENTS = 100
POINTS = (100, 80, 60, 40, 20)  # of an indicator, by the steps that it reaches; below all: 0


class Indicator(StrEnum):
    """What is looked at: 业务规模, 合作年限, 业绩贡献, 合作前景, 风险评估."""

    VOLUME = "volume"  # sales of twelve months, in the company's currency
    YEARS = "years"  # of working together
    MARGIN = "margin"  # percent of sales
    PROSPECTS = "prospects"  # growth of sales in percent
    CREDIT = "credit"  # points from 0 to 100


FACT_OF: dict[Indicator, GradingFact] = {
    Indicator.YEARS: GradingFact.YEARS,
    Indicator.MARGIN: GradingFact.MARGIN,
    Indicator.PROSPECTS: GradingFact.GROWTH,
    Indicator.CREDIT: GradingFact.CREDIT,
}


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """An indicator's weight in percent, and the least values that 100, 80, 60, 40 and 20 points
    are given for."""

    weight: int
    at_least: tuple[int, int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class WeightedScore:
    """Indicators with their weights, and each grade's lowest score, best grade first; the last
    takes the rest. An indicator that nobody knows of a customer is left out, and the others'
    weights count in proportion. All numbers are ours: the handbooks name the indicators only."""

    name: str = "weighted_score"
    volume: Weighed = Weighed(
        weight=30, at_least=(5_000_000, 3_000_000, 1_000_000, 300_000, 100_000)
    )
    years: Weighed = Weighed(weight=10, at_least=(10, 5, 3, 2, 1))
    margin: Weighed = Weighed(weight=20, at_least=(30, 20, 15, 10, 5))
    prospects: Weighed = Weighed(weight=20, at_least=(30, 15, 5, 0, -10))
    credit: Weighed = Weighed(weight=20, at_least=(90, 75, 60, 45, 30))
    at_least: tuple[tuple[Grade, int], ...] = (
        (Grade.A, 80),
        (Grade.B, 65),
        (Grade.C, 50),
        (Grade.D, 35),
        (Grade.E, 0),
    )

    @property
    def indicators(self) -> dict[Indicator, Weighed]:
        """Those that count."""
        return {one: self.of(one) for one in Indicator if self.of(one).weight}

    def of(self, indicator: Indicator) -> Weighed:
        """How an indicator is weighed."""
        weighed: Weighed = getattr(self, indicator.value)
        return weighed

    @property
    def facts(self) -> frozenset[GradingFact]:
        """What it asks for beside sales."""
        return frozenset(FACT_OF[one] for one in self.indicators if one in FACT_OF)


@dataclass(frozen=True, kw_only=True)
class Part:
    """An indicator of a customer: its value (None: not known), the points that it is given, and
    the step that they are given for (None: it reaches none)."""

    indicator: Indicator
    weight: int
    value: float | None
    points: int
    reached: int | None
    at_least_so: bool = False  # years from the first sale on file


@dataclass(frozen=True, kw_only=True)
class ScoreGraded:
    """A grade with the score and all its parts; `threshold` is the grade's lowest score."""

    grade: Grade
    sales_cents: int
    parts: tuple[Part, ...]
    threshold: int

    @property
    def known_weight(self) -> int:
        """The weights of what is known, in percent."""
        return sum(part.weight for part in self.parts if part.value is not None)

    @property
    def score(self) -> float:
        """To one decimal, for reading; cut, as a threshold that is shown to be reached is."""
        return 10 * _weighed(self.parts) // self.known_weight / 10

    @property
    def missing(self) -> tuple[GradingFact, ...]:
        """The indicators left out."""
        return tuple(FACT_OF[part.indicator] for part in self.parts if part.value is None)

    def evidence(self) -> dict[str, Any]:
        """The figures as they are kept with the grade."""
        return {
            "sales_cents": self.sales_cents,
            "score": self.score,
            "threshold": self.threshold,
            "known_weight": self.known_weight,
            "parts": [
                {
                    "indicator": part.indicator.value,
                    "weight": part.weight,
                    "value": part.value,
                    "points": part.points,
                    "reached": part.reached,
                }
                | ({"at_least_so": True} if part.at_least_so else {})
                for part in self.parts
            ],
        }


def grade_by_score(facts: Mapping[int, Facts], policy: WeightedScore) -> dict[int, ScoreGraded]:
    """Grades by customer id."""
    return {customer: _graded(one, policy) for customer, one in facts.items()}


def _graded(facts: Facts, policy: WeightedScore) -> ScoreGraded:
    parts = tuple(_part(one, weighed, facts) for one, weighed in policy.indicators.items())
    known = sum(part.weight for part in parts if part.value is not None)
    grade, threshold = next(
        (grade, least) for grade, least in policy.at_least if _weighed(parts) >= least * known
    )
    return ScoreGraded(grade=grade, sales_cents=facts.sales_cents, parts=parts, threshold=threshold)


def _weighed(parts: tuple[Part, ...]) -> int:
    return sum(part.weight * part.points for part in parts)


def _part(indicator: Indicator, weighed: Weighed, facts: Facts) -> Part:
    value, reached = _reached(indicator, weighed, facts)
    points = 0 if value is None or reached is None else POINTS[weighed.at_least.index(reached)]
    return Part(
        indicator=indicator,
        weight=weighed.weight,
        value=value,
        points=points,
        reached=reached,
        at_least_so=indicator is Indicator.YEARS and facts.since_first_sale,
    )


def _reached(
    indicator: Indicator, weighed: Weighed, facts: Facts
) -> tuple[float | None, int | None]:
    """(the value for reading, the best step that it reaches)."""
    steps = weighed.at_least
    if indicator is Indicator.VOLUME:
        cents = facts.sales_cents
        return cents / CENTS, next((s for s in steps if cents >= CENTS * s), None)
    if indicator in (Indicator.MARGIN, Indicator.PROSPECTS):
        ratio = facts.margin if indicator is Indicator.MARGIN else facts.growth
        if ratio is None:
            return None, None
        return ratio.shown, next((s for s in steps if ratio.reaches(s)), None)
    number = facts.years if indicator is Indicator.YEARS else facts.credit
    if number is None:
        return None, None
    return number, next((s for s in steps if number >= s), None)
