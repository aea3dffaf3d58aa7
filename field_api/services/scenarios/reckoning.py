"""A situation in figures, before any search and, where asked for, by the plan itself."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from field_api.services.planning.figures import attainment, figures_of, total
from field_api.services.planning.solving import Effort, plan_all
from field_api.services.planning.visits import interval_of
from field_api.services.scenarios.situation import Cycle, Situation
from routing.hours import hours_needed
from routing.problem import Problem
from routing.territories import Judgement, TerritoryLoad

YEAR_DAYS = 365
SHARE_DECIMALS = 4


@dataclass(frozen=True, kw_only=True)
class RepFigures:
    """A rep's cycle: seconds needed (visits and estimated travel) and available, and what is
    short; visits a year by the intervals."""

    rep_code: str
    rep_name: str
    customers: int
    visits: int
    visits_a_year: int
    service_s: int
    travel_s: int
    needed_s: int
    available_s: int
    short_s: int


def problems_of(situation: Situation, cycle: Cycle) -> list[Problem]:
    """Each rep's cycle, in order of the reps' codes."""
    return [situation.problem(code, cycle) for code in sorted(situation.reps)]


def figures(situation: Situation, problems: Sequence[Problem]) -> dict[str, Any]:
    """The situation in figures, as JSON: by rep and together."""
    reps = [
        _rep(situation, code, problem)
        for code, problem in zip(sorted(situation.reps), problems, strict=True)
    ]
    fair = Judgement(territories=tuple(_load(one) for one in reps))
    return {
        "reps": [asdict(one) for one in reps],
        "customers": len(situation.customers),
        "without_rep": len(situation.without_rep),
        "visits": sum(one.visits for one in reps),
        "visits_a_year": sum(one.visits_a_year for one in reps),
        "needed_s": sum(one.needed_s for one in reps),
        "available_s": sum(one.available_s for one in reps),
        "travel_s": sum(one.travel_s for one in reps),
        "short_s": sum(one.short_s for one in reps),
        "overloaded": sum(one.short_s > 0 for one in reps),
        "imbalance": round(fair.imbalance, SHARE_DECIMALS),
        "variation": round(fair.variation, SHARE_DECIMALS),
        "attainment": None,
        "planned_travel_s": None,
    }


def planned(problems: Sequence[Problem], effort: Effort) -> dict[str, Any]:
    """What the plan of all reps reaches: visits on a day ÷ visits due, and its travel."""
    due = [problem for problem in problems if problem.visits]
    plans = plan_all(due, effort)
    summed = total([figures_of(one, plan) for one, plan in zip(due, plans, strict=True)])
    if not summed:
        return {"attainment": 1.0, "planned_travel_s": 0}
    return {
        "attainment": round(attainment(summed), SHARE_DECIMALS),
        "planned_travel_s": summed["travel_s"],
    }


def _rep(situation: Situation, code: str, problem: Problem) -> RepFigures:
    own = situation.customers_of(code)
    (rep,) = problem.reps
    hours = hours_needed(problem, rep)
    service_s = sum(visit.service_s for visit in problem.visits)
    return RepFigures(
        rep_code=code,
        rep_name=situation.reps[code].name,
        customers=len(own),
        visits=len(problem.visits),
        visits_a_year=round(sum(YEAR_DAYS / interval_of(one) for one in own)),
        service_s=service_s,
        travel_s=hours.total_s - service_s,
        needed_s=hours.total_s,
        available_s=hours.available_s,
        short_s=hours.short_s,
    )


def _load(one: RepFigures) -> TerritoryLoad:
    return TerritoryLoad(
        rep_id=one.rep_code,
        customers=one.customers,
        visits=one.visits,
        service_s=one.service_s,
        travel_s=one.travel_s,
        home_s=0,
        available_s=one.available_s,
        mean_distance_m=0.0,
    )
