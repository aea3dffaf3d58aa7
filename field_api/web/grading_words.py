"""Grading in sentences: what a policy does, and why a customer has its grade."""

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from crm.rules.grading.grading_facts import GradingFact
from crm.rules.grading.grading_policies import GradingPolicy
from crm.rules.grading.profit_growth import ProfitGrowthMatrix
from crm.rules.grading.sales_rank import CUMULATIVE, SalesPercentile
from crm.rules.grading.weighted_score import Indicator, WeightedScore
from crm.text import N_
from crm.vocabulary import Grade
from field_api.web.figures import money
from field_api.wording import Language, listed, say

CENTS = 100
WHOLE = 100
FROM_PERCENT, FROM_POINTS = N_("{grade} from {n} %"), N_("{grade} from {n} points")
NAMES: dict[str, str] = {
    "sales_percentile": N_("By sales, customers ranked"),
    "sales_cumulative": N_("By sales, money added up"),
    "head_count_tiers": N_("Five tiers by head-count"),
    "profit_growth_matrix": N_("Matrix of sales and growth"),
    "weighted_score": N_("Weighted score"),
}
INDICATORS: dict[str, str] = {
    Indicator.VOLUME: N_("yearly sales"),
    Indicator.YEARS: N_("years with us"),
    Indicator.MARGIN: N_("margin"),
    Indicator.PROSPECTS: N_("growth"),
    Indicator.CREDIT: N_("credit"),
}
UNITS: dict[str, str] = {
    Indicator.VOLUME: N_("in the company's currency"),
    Indicator.YEARS: N_("in years"),
    Indicator.MARGIN: N_("in percent"),
    Indicator.PROSPECTS: N_("in percent"),
    Indicator.CREDIT: N_("0 to 100 points"),
}
LACKING: dict[GradingFact, str] = {
    GradingFact.GROWTH: N_(
        "growth of {n} customers: nothing bought the year before, or it is not on file"
    ),
    GradingFact.MARGIN: N_(
        "the margin of {n} customers: no sales, or sales that came in without it"
    ),
    GradingFact.YEARS: N_("years with us of {n} customers: no sale on file, no day on the card"),
    GradingFact.CREDIT: N_("the credit of {n} customers: their cards have no score"),
}


def about(language: Language, policy: GradingPolicy) -> str:
    """What a policy does, with its numbers."""
    match policy:
        case SalesPercentile():
            return _ranked(language, policy)
        case ProfitGrowthMatrix():
            return _matrix(language, policy)
        case WeightedScore():
            return _score(language, policy)
    assert_never(policy)


def reason(language: Language, policy: str, grade: Grade, evidence: Mapping[str, Any]) -> str:
    """Why a customer has a grade by the policy of a name and the figures that were kept with it;
    those of sales may have been left out, for who does not see them."""
    if "smaller" in evidence:
        return _why_ranked(language, policy, grade, evidence)
    if "score" in evidence:
        return _why_scored(language, grade, evidence)
    if "growth" in evidence:
        return _why_in_the_cell(language, grade, evidence)
    return say(language, NAMES[policy]) if policy in NAMES else policy


def lacking(language: Language, missing: Mapping[GradingFact, int]) -> list[str]:
    """What is not known of how many customers."""
    return [say(language, LACKING[fact], n=f"{count:,}") for fact, count in missing.items()]


def value(language: Language, part: Mapping[str, Any], number: float | None) -> str:
    """A value of a score's indicator in its unit."""
    if number is None:
        return say(language, N_("not known"))
    if part["indicator"] == Indicator.VOLUME:
        return money(language, number)
    if part["indicator"] in (Indicator.MARGIN, Indicator.PROSPECTS):
        return f"{number:g} %"
    if part["indicator"] == Indicator.YEARS:
        years = f"{number:g}"
        return say(language, N_("{n} or more"), n=years) if part.get("at_least_so") else years
    return say(language, N_("{n} points"), n=f"{number:g}")


def _ranked(language: Language, policy: SalesPercentile) -> str:
    text = (
        N_(
            "Of all the money, the share that came from customers with strictly smaller sales in "
            "twelve months: {steps}, {last} the rest. Ties share a grade."
        )
        if policy.of_sales
        else N_(
            "Of all customers, the share that sold strictly less in twelve months: {steps}, {last} "
            "the rest. Ties share a grade."
        )
    )
    return say(language, text, **_steps(language, policy.at_least, FROM_PERCENT))


def _matrix(language: Language, policy: ProfitGrowthMatrix) -> str:
    amounts = [policy.sales_above, *policy.sales_at_least]
    return say(
        language,
        N_(
            "Sales of twelve months, with limits at {amounts}, against their growth over the year "
            "before, with limits at {growths}; each cell has its grade. Where growth is not known, "
            "{unknown} % is taken."
        ),
        amounts=listed(language, (money(language, one) for one in amounts)),
        growths=listed(language, (f"{one} %" for one in policy.growth_at_least)),
        unknown=policy.unknown_growth,
    )


def _score(language: Language, policy: WeightedScore) -> str:
    weights = (
        f"{say(language, INDICATORS[one])} {weighed.weight} %"
        for one, weighed in policy.indicators.items()
    )
    return say(
        language,
        N_(
            "Points from 0 to 100 for each of {weights}: {steps}, {last} the rest. What is not "
            "known is left out, and the other weights count in proportion."
        ),
        weights=listed(language, weights),
        **_steps(language, policy.at_least, FROM_POINTS),
    )


def _steps(language: Language, at_least: Sequence[tuple[Grade, int]], each: str) -> dict[str, str]:
    steps = (say(language, each, grade=grade.value, n=least) for grade, least in at_least[:-1])
    return {"steps": listed(language, steps), "last": at_least[-1][0].value}


def _why_ranked(language: Language, policy: str, grade: Grade, evidence: Mapping[str, Any]) -> str:
    figures = {
        "percent": f"{evidence['percentile']:g}",
        "grade": grade.value,
        "threshold": evidence["threshold"],
    }
    if policy == CUMULATIVE.name:
        text = N_(
            "{percent} % of the money came from smaller ones; {grade} begins at {threshold} %"
        )
        return say(language, text, **figures)
    return say(
        language,
        N_("{smaller} of {graded} sold less: {percent} %; {grade} begins at {threshold} %"),
        smaller=f"{evidence['smaller']:,}",
        graded=f"{evidence['graded']:,}",
        **figures,
    )


def _why_in_the_cell(language: Language, grade: Grade, evidence: Mapping[str, Any]) -> str:
    amount = money(language, evidence["sales_cents"] / CENTS)
    begin, end = (money(language, evidence[key]) for key in ("sales_from", "sales_to"))
    if evidence["sales_to"] is None:
        text = N_("sales {amount} > {begin}")
    elif evidence["sales_from"] is None:
        text = N_("sales {amount} < {end}")
    else:
        text = N_("sales {amount} in {begin} to {end}")
    sales = say(language, text, amount=amount, begin=begin, end=end)
    parts = listed(language, (_growth(language, evidence), sales))
    return f"{parts} → {grade.value}"


def _growth(language: Language, evidence: Mapping[str, Any]) -> str:
    growth, begin, end = (evidence[key] for key in ("growth", "growth_from", "growth_to"))
    if growth is None:
        text = (
            N_("growth not known (nothing bought the year before), taken as {n} %")
            if evidence.get("nothing_before")
            else N_("growth not known (sales on file do not go back two years), taken as {n} %")
        )
        return say(language, text, n=evidence["growth_counted"])
    limit = f"< {end} %" if begin is None else f"≥ {begin} %"
    return say(language, N_("growth {n} % {limit}"), n=f"{growth:g}", limit=limit)


def _why_scored(language: Language, grade: Grade, evidence: Mapping[str, Any]) -> str:
    head = say(
        language,
        N_("score {score} ≥ {threshold} → {grade}"),
        score=f"{evidence['score']:g}",
        threshold=evidence["threshold"],
        grade=grade.value,
    )
    if "parts" not in evidence:
        return head
    said = [_part(language, part) for part in evidence["parts"] if part["value"] is not None]
    names = [INDICATORS[part["indicator"]] for part in evidence["parts"] if part["value"] is None]
    left_out = [say(language, name) for name in names]
    if left_out:
        text = N_("not known and left out: {names}; the rest, {weight} %, counts as the whole")
        said.append(
            say(
                language,
                text,
                names=listed(language, left_out),
                weight=evidence["known_weight"],
            )
        )
    return f"{head}{say(language, N_(': '))}{say(language, N_('; ')).join(said)}"


def _part(language: Language, part: Mapping[str, Any]) -> str:
    reached, name = part["reached"], INDICATORS[part["indicator"]]
    return say(
        language,
        N_("{name} {value}{limit}: {points} points × {weight} %"),
        name=say(language, name),
        value=value(language, part, part["value"]),
        limit="" if reached is None else f" ≥ {_limit(language, part, reached)}",
        points=part["points"],
        weight=part["weight"],
    )


def _limit(language: Language, part: Mapping[str, Any], reached: int) -> str:
    return money(language, reached) if part["indicator"] == Indicator.VOLUME else str(reached)
