"""Cycle plans over the wire."""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict

from crm.vocabulary import PlanState
from field_api.schemas.values import Code, FilledSentence, Shape

UNSERVED: dict[str, Any] = {
    "planned_visit_id": "C-0777/1",
    "customer_code": "C-0777",
    "customer_name": "Night Kiosk",
    "reason": "no_open_hours",
    "rule": "open_hours",
    "params": {},
    "remedy": {
        "code": "widen_window",
        "params": {"date": "2026-12-01", "rep": "MT-1", "from_s": 60600, "to_s": 61800},
        "cost": 119,
    },
}
PLAN: dict[str, Any] = {
    "plan_id": 7,
    "rep_code": "MT-1",
    "first_day": "2026-11-30",
    "last_day": "2026-12-27",
    "state": "published",
    "purpose": "",
    "created_at": "2026-11-27T10:00:00Z",
    "fingerprint": "9f2c…",
    "travel_source": "osrm:2018-08-27T20:43:02Z",
    "visits": 187,
    "figures": {"required": 188, "planned": 187},
    "unserved": [UNSERVED],
    "replan_because": [],
}
MOVE: dict[str, Any] = {
    "planned_visit_id": "C-0102/2",
    "customer_code": "C-0102",
    "customer_name": "Café Borg",
    "before": "2026-12-07",
    "after": "2026-12-08",
}
CHANGE: dict[str, Any] = {
    "plan_id": 8,
    "rep_code": "MT-1",
    "purpose": "Ms Borg was promised a visit by Friday",
    "from_day": "2026-12-01",
    "moved": [MOVE],
    "added": [MOVE | {"planned_visit_id": "C-0102@promise:P-7", "before": None}],
    "dropped": [],
    "unserved": [UNSERVED],
    "stability": 0.98,
    "notes": [],
}


class RemedyAnswer(Shape):
    """The cheapest change found that would let a visit in: a stable code, its numbers, and what it
    asks of people in minutes of trouble."""

    code: str
    params: dict[str, Any]
    cost: int = 0


class UnservedAnswer(Shape):
    """A visit that is due and on no day: why, by which rule, and what would let it in."""

    planned_visit_id: str
    customer_code: str
    customer_name: str
    reason: str
    rule: str
    params: dict[str, Any]
    remedy: RemedyAnswer | None


class PlanAnswer(Shape):
    """A rep's plan in force, in figures; each figure names its own denominator. `replan_because`
    says why the rest of it should be planned again; empty: it stands."""

    model_config = ConfigDict(json_schema_extra={"examples": [PLAN]})

    plan_id: int
    rep_code: str
    first_day: date
    last_day: date
    state: PlanState
    purpose: str
    created_at: datetime
    fingerprint: str
    travel_source: str
    visits: int
    figures: dict[str, Any]
    unserved: list[UnservedAnswer]
    replan_because: list[str]


class ReplanBody(Shape):
    """Whose rest of the cycle, and what for 说明重新规划的目的."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"rep_code": "MT-1", "purpose": "Ms Borg was promised a visit by Friday"}]
        }
    )

    rep_code: Code
    purpose: FilledSentence


class MoveAnswer(Shape):
    """A visit whose day changed; null: it had none before, or has none now."""

    planned_visit_id: str
    customer_code: str
    customer_name: str
    before: date | None
    after: date | None


class PlanChangeAnswer(Shape):
    """What a replan changed. `stability`: planned visits still on their day ÷ those before."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHANGE]})

    plan_id: int
    rep_code: str
    purpose: str
    from_day: date
    moved: list[MoveAnswer]
    added: list[MoveAnswer]
    dropped: list[MoveAnswer]
    unserved: list[UnservedAnswer]
    stability: float
    notes: list[str]
