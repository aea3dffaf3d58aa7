"""Handing a rep's work over, over the wire."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict

from field_api.schemas.values import Code, FilledSentence, Shape

EXAMPLE: dict[str, Any] = {
    "from_rep_code": "MT-1",
    "to_rep_code": "MT-2",
    "territories": 1,
    "customers": 243,
    "promises": 5,
    "plans_ended": [7],
    "visits_to_plan": 96,
    "accounts_closed": ["maria"],
    "planning_run_id": "5f0c3a86-52a5-4c8e-9b53-7e64b4a6b6a0",
    "not_planned_because": "",
}


class HandOverBody(Shape):
    """Who takes the work over, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"to_rep_code": "MT-2", "reason": "Leaves the company at month's end"}]
        }
    )

    to_rep_code: Code
    reason: FilledSentence


class HandOverAnswer(Shape):
    """What passed, and what is left to do: `visits_to_plan` stood on the leaver's days from
    tomorrow on and are planned anew for the taker; the draft comes of the run
    `planning_run_id`, or `not_planned_because` says what keeps it from being made."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    from_rep_code: str
    to_rep_code: str
    territories: int
    customers: int
    promises: int
    plans_ended: list[int]
    visits_to_plan: int
    accounts_closed: list[str]
    planning_run_id: UUID | None
    not_planned_because: str
