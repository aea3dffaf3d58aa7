"""The grading policies that a company may choose from, and its own numbers for them."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, assert_never

from crm.errors import Refused
from crm.rules.grading.grading_facts import Facts, Graded
from crm.rules.grading.profit_growth import ProfitGrowthMatrix, grade_by_matrix
from crm.rules.grading.sales_rank import (
    CUMULATIVE,
    DEFAULT_POLICY,
    TIERS,
    SalesPercentile,
    grade_by_sales,
)
from crm.rules.grading.weighted_score import Indicator, Weighed, WeightedScore, grade_by_score
from crm.text import N_
from crm.vocabulary import Grade

GradingPolicy = SalesPercentile | ProfitGrowthMatrix | WeightedScore

MATRIX = ProfitGrowthMatrix()
SCORE = WeightedScore()
POLICIES: dict[str, GradingPolicy] = {
    policy.name: policy for policy in (DEFAULT_POLICY, CUMULATIVE, TIERS, MATRIX, SCORE)
}
WHOLE = 100  # percent


class GradingPolicyRefused(Refused):
    """Numbers by which a customer would be graded wrongly, or never."""


def grade(facts: Mapping[int, Facts], policy: GradingPolicy) -> Mapping[int, Graded]:
    """Grades by customer id."""
    match policy:
        case SalesPercentile():
            return grade_by_sales({key: one.sales_cents for key, one in facts.items()}, policy)
        case ProfitGrowthMatrix():
            return grade_by_matrix(facts, policy)
        case WeightedScore():
            return grade_by_score(facts, policy)
    assert_never(policy)


def as_data(policy: GradingPolicy) -> dict[str, Any]:
    """A policy's numbers as they are kept and shown; grades by their letters."""
    match policy:
        case SalesPercentile():
            return {"at_least": _letters(policy.at_least)}
        case ProfitGrowthMatrix():
            return {
                "sales_above": policy.sales_above,
                "sales_at_least": list(policy.sales_at_least),
                "growth_at_least": list(policy.growth_at_least),
                "cells": ["".join(grade.value for grade in row) for row in policy.cells],
                "unknown_growth": policy.unknown_growth,
            }
        case WeightedScore():
            indicators = {
                one.value: {
                    "weight": policy.of(one).weight,
                    "at_least": list(policy.of(one).at_least),
                }
                for one in Indicator
            }
            return indicators | {"at_least": _letters(policy.at_least)}
    assert_never(policy)


def from_data(name: str, data: Mapping[str, Any]) -> GradingPolicy:
    """The policy that `as_data` wrote, of one of `POLICIES`. Raises `GradingPolicyRefused`."""
    product = POLICIES[name]
    made: GradingPolicy
    match product:
        case SalesPercentile():
            made = SalesPercentile(
                name=name, at_least=_grades(data["at_least"]), of_sales=product.of_sales
            )
        case ProfitGrowthMatrix():
            made = ProfitGrowthMatrix(
                sales_above=data["sales_above"],
                sales_at_least=tuple(data["sales_at_least"]),
                growth_at_least=tuple(data["growth_at_least"]),
                cells=tuple(tuple(Grade(letter) for letter in row) for row in data["cells"]),
                unknown_growth=data["unknown_growth"],
            )
        case WeightedScore():
            made = WeightedScore(
                volume=_weighed(data["volume"]),
                years=_weighed(data["years"]),
                margin=_weighed(data["margin"]),
                prospects=_weighed(data["prospects"]),
                credit=_weighed(data["credit"]),
                at_least=_grades(data["at_least"]),
            )
        case _:
            assert_never(product)
    check(made)
    return made


def check(policy: GradingPolicy) -> None:
    """Raise `GradingPolicyRefused` naming the first slip: thresholds that do not go down, weights
    that are no whole, more sales or growth for a worse grade."""
    match policy:
        case SalesPercentile():
            _check_grades(policy.at_least)
        case ProfitGrowthMatrix():
            _going_down((policy.sales_above, *policy.sales_at_least))
            _going_down(policy.growth_at_least)
            _check_cells(policy)
        case WeightedScore():
            _check_grades(policy.at_least)
            for one in Indicator:
                _going_down(policy.of(one).at_least)
            weight = sum(policy.of(one).weight for one in Indicator)
            if weight != WHOLE or not policy.volume.weight:
                raise GradingPolicyRefused(
                    N_(
                        "The weights come to {sum} %, that of sales being {volume} %. Let them "
                        "come to 100 %, and sales have a part in it: they are known of all."
                    ),
                    sum=weight,
                    volume=policy.volume.weight,
                )


def _weighed(data: Mapping[str, Any]) -> Weighed:
    return Weighed(weight=data["weight"], at_least=tuple(data["at_least"]))


def _check_cells(policy: ProfitGrowthMatrix) -> None:
    rows = len(policy.sales_at_least) + 2
    columns = len(policy.growth_at_least) + 1
    if len(policy.cells) != rows or any(len(row) != columns for row in policy.cells):
        raise GradingPolicyRefused(
            N_("The matrix needs {rows} rows of {columns} grades."), rows=rows, columns=columns
        )
    for line in (*policy.cells, *zip(*policy.cells, strict=True)):
        if list(line) != sorted(line):
            raise GradingPolicyRefused(
                N_(
                    "{grades}: more sales or growth would mean a worse grade. Let no grade get "
                    "better in a row to the right or in a column downwards."
                ),
                grades=" ".join(grade.value for grade in line),
            )


def _check_grades(at_least: Sequence[tuple[Grade, int]]) -> None:
    if [grade for grade, _ in at_least] != list(Grade) or at_least[-1][1] != 0:
        raise GradingPolicyRefused(
            N_("Name the thresholds of {grades}; the last grade takes the rest, from 0 on."),
            grades=" ".join(grade.value for grade in Grade),
        )
    _going_down([least for _, least in at_least])
    if at_least[0][1] > WHOLE:
        raise GradingPolicyRefused(
            N_("{value} is more than 100: nobody would reach it."), value=at_least[0][1]
        )


def _going_down(values: Sequence[int]) -> None:
    for better, worse in pairwise(values):
        if better <= worse:
            raise GradingPolicyRefused(
                N_("{better} is followed by {worse}: each threshold must be below the one before."),
                better=better,
                worse=worse,
            )


def _letters(at_least: Sequence[tuple[Grade, int]]) -> dict[str, int]:
    return {grade.value: least for grade, least in at_least}


def _grades(at_least: Mapping[str, int]) -> tuple[tuple[Grade, int], ...]:
    return tuple((grade, at_least.get(grade.value, 0)) for grade in Grade)
