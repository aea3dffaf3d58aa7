"""The numbers of the grading policies over the wire."""

from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, Tag

from crm.vocabulary import Grade
from field_api.schemas.grading_runs import PolicyName
from field_api.schemas.values import FilledSentence, Shape

MOST = 10**12  # of an amount of money
LEAST = -100  # percent, and points
RANK: dict[str, Any] = {"at_least": {"A": 90, "B": 75, "C": 60, "D": 45, "E": 0}}
MATRIX: dict[str, Any] = {
    "sales_above": 5_000_000,
    "sales_at_least": [3_000_000, 1_000_000],
    "growth_at_least": [30, 10, 0],
    "cells": ["AAAB", "AABC", "BBCD", "CCDE"],
    "unknown_growth": 0,
}

Amount = Annotated[int, Field(ge=0, le=MOST)]
Percent = Annotated[int, Field(ge=LEAST, le=MOST)]
FIVE = Field(min_length=len(Grade), max_length=len(Grade))
Row = Annotated[str, Field(pattern="^[A-E]{4}$")]


class Thresholds(Shape):
    """From which number on a customer has a grade; the last grade takes the rest, from 0 on."""

    A: Amount
    B: Amount
    C: Amount
    D: Amount
    E: Amount = 0


class RankNumbers(Shape):
    """Of the policies by rank: the percentile, or the share of all sales, a grade begins at."""

    at_least: Thresholds


class MatrixNumbers(Shape):
    """Of the matrix: rows of sales (in hundredths of the currency, the best one first), columns of
    growth in percent, and the grade of each cell. `unknown_growth` is taken for whoever has no
    sales before."""

    sales_above: Amount
    sales_at_least: Annotated[tuple[Amount, ...], Field(min_length=2, max_length=2)]
    growth_at_least: Annotated[tuple[Percent, ...], Field(min_length=3, max_length=3)]
    cells: Annotated[tuple[Row, ...], Field(min_length=4, max_length=4)]
    unknown_growth: Percent


class IndicatorNumbers(Shape):
    """An indicator's part in the score, in percent, and from which values on it gives 5 … 1."""

    weight: Amount
    at_least: Annotated[tuple[Percent, ...], FIVE]


class ScoreNumbers(Shape):
    """Of the weighted score; the weights come to 100."""

    volume: IndicatorNumbers
    years: IndicatorNumbers
    margin: IndicatorNumbers
    prospects: IndicatorNumbers
    credit: IndicatorNumbers
    at_least: Thresholds


def _kind(given: Any) -> str:
    """Which policies' numbers these are meant for."""
    names = set(given if isinstance(given, dict) else getattr(type(given), "model_fields", ()))
    if names & {"sales_above", "cells", "growth_at_least"}:
        return "matrix"
    return "score" if names & {"volume", "years", "margin", "prospects", "credit"} else "rank"


Numbers = Annotated[
    Annotated[RankNumbers, Tag("rank")]
    | Annotated[MatrixNumbers, Tag("matrix")]
    | Annotated[ScoreNumbers, Tag("score")],
    Discriminator(_kind),
]


class PolicyBody(Shape):
    """The company's own numbers of a policy; none: the product's hold again."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"numbers": RANK, "reason": "Fewer A customers"},
                {"numbers": None, "reason": "As it was"},
            ]
        }
    )

    numbers: Numbers | None
    reason: FilledSentence


class PolicyAnswer(Shape):
    """A policy with its numbers; `own`: the company's instead of the product's."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"policy": "sales_percentile", "own": True, "version": 1, "numbers": RANK},
                {"policy": "profit_growth_matrix", "own": False, "version": 0, "numbers": MATRIX},
            ]
        }
    )

    policy: PolicyName
    own: bool
    version: int
    numbers: Numbers
