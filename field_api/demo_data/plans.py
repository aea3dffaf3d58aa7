"""Published plans out of a rep's rounds, as rows. They were not solved: no document is kept with
them, and nobody has checked them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import Grade, PlanState
from field_api.demo_data.cards import Card
from field_api.demo_data.rounds import LUNCH_S, Cycle, Round, Stop
from field_api.demo_data.team import DAY_BEGIN_S, DAY_END_S, Worker
from routing.reasons import Bar, ReasonCode

MADE_BEFORE = timedelta(days=6)
FINGERPRINT = "0" * 64
SOURCE = "made up"


@dataclass
class PlanRows:
    """Rows by table."""

    plans: list[dict[str, Any]] = field(default_factory=list)
    days: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    unserved: list[dict[str, Any]] = field(default_factory=list)


def plan_rows(worker: Worker, cycles: Sequence[Cycle], first_id: int) -> PlanRows:
    """The rows of a rep's cycles, whose plans are numbered from `first_id`."""
    found = PlanRows()
    for number, cycle in enumerate(cycles, start=first_id):
        made = datetime.combine(cycle.first_day - MADE_BEFORE, time(2), UTC)
        found.plans.append(
            {
                "id": number,
                "rep_id": worker.id,
                "first_day": cycle.first_day,
                "last_day": cycle.last_day,
                "state": PlanState.PUBLISHED,
                "fingerprint": FINGERPRINT,
                "seed": 1,
                "created_at": made,
                "published_at": made + timedelta(days=2),
                "figures": _figures(cycle),
                "travel_source": SOURCE,
            }
        )
        for one in cycle.rounds:
            found.days.append(_day(number, one))
            found.visits += [_visit(number, one, n, s) for n, s in enumerate(one.stops, start=1)]
        found.unserved += [_unserved(number, card, n) for card, n in cycle.left_out]
    return found


def _day(plan_id: int, one: Round) -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "date": one.date,
        "leave_s": DAY_BEGIN_S,
        "return_s": one.stops[-1].end_s + one.home_s,
        "lunch_begin_s": one.lunch_begin_s,
        "travel_s": sum(stop.travel_s for stop in one.stops) + one.home_s,
        "travel_m": sum(stop.travel_m for stop in one.stops) + one.home_m,
    }


def _visit(plan_id: int, one: Round, position: int, stop: Stop) -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "visit_id": stop.visit_id,
        "customer_id": stop.card.id,
        "date": one.date,
        "position": position,
        "arrive_s": stop.arrive_s,
        "begin_s": stop.arrive_s,
        "end_s": stop.end_s,
        "travel_s": stop.travel_s,
        "travel_m": stop.travel_m,
        "purpose": DEFAULT_POLICY[stop.card.grade or Grade.E].purpose.value,
    }


def _unserved(plan_id: int, card: Card, number: int) -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "visit_id": f"{card.code}/{number}",
        "customer_id": card.id,
        "code": ReasonCode.HOURS_SHORT.value,
        "rule": Bar.DAY_END.value,
    }


def _figures(cycle: Cycle) -> dict[str, Any]:
    """As a solved plan has them."""
    stops = [stop for one in cycle.rounds for stop in one.stops]
    left_out = Counter(str(card.grade) for card, _ in cycle.left_out)
    planned = Counter(str(stop.card.grade) for stop in stops)
    needed = Counter[str]()
    for stop in stops:
        needed[str(stop.card.grade)] += stop.end_s - stop.arrive_s + stop.travel_s
    lunches = sum(one.lunch_begin_s is not None for one in cycle.rounds)
    return {
        "required": len(stops) + len(cycle.left_out),
        "planned": len(stops),
        "required_by_grade": dict(planned + left_out),
        "planned_by_grade": dict(planned),
        "unserved_by_code": {ReasonCode.HOURS_SHORT.value: len(cycle.left_out)}
        if cycle.left_out
        else {},
        "field_days": len(cycle.rounds),
        "working_days": len(cycle.rounds),
        "travel_s": sum(stop.travel_s for stop in stops) + sum(o.home_s for o in cycle.rounds),
        "travel_m": sum(stop.travel_m for stop in stops) + sum(o.home_m for o in cycle.rounds),
        "visit_s": sum(stop.end_s - stop.arrive_s for stop in stops),
        "wait_s": 0,
        "needed_s": needed.total(),
        "needed_s_by_grade": dict(needed),
        "available_s": len(cycle.rounds) * (DAY_END_S - DAY_BEGIN_S) - lunches * LUNCH_S,
    }
