"""Plans of every state over the wire: in short, and with every day and stop."""

from datetime import date as Date
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict

from crm.vocabulary import PlanState
from field_api.schemas import planned_stops
from field_api.schemas.planned_stops import PlannedStop
from field_api.schemas.plans import MOVE, UNSERVED, MoveAnswer, UnservedAnswer
from field_api.schemas.values import Sentence, Shape

SUMMARY: dict[str, Any] = {
    "plan_id": 8,
    "rep_code": "MT-1",
    "first_day": "2026-12-28",
    "last_day": "2027-01-24",
    "state": "proposed",
    "purpose": "",
    "created_at": "2026-12-18T09:00:00Z",
    "published_at": None,
    "figures": {"required": 188, "planned": 187},
    "needs_replan": False,
}
STOP: dict[str, Any] = planned_stops.STOP | {
    "customer_code": "C-0102",
    "customer_name": "Café Borg",
}
DAY: dict[str, Any] = {
    "date": "2026-12-28",
    "leave": "08:30",
    "leave_s": 30600,
    "lunch": "11:45",
    "lunch_s": 42300,
    "back": "17:12",
    "back_s": 61920,
    "travel_s": 6240,
    "travel_m": 48200,
    "stops": [STOP],
}
AGAINST: dict[str, Any] = {"plan_ids": [7], "moved": [MOVE], "added": [], "dropped": []}
STORY: dict[str, Any] = SUMMARY | {
    "fingerprint": "9f2c…",
    "seed": 1,
    "days": [DAY],
    "unserved": [UNSERVED],
    "against_published": AGAINST,
    "doubts": ["Promise P-7 to Café Borg finds no place by 2026-12-30: tell the customer."],
    "approval_id": "4e6f1f9c-5f0c-4a55-9d5b-7a3f0f4f2b11",
}


class PlanSummaryAnswer(Shape):
    """A plan in short. `needs_replan`: the world has changed since it was published, see its
    doubts."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY]})

    plan_id: int
    rep_code: str
    first_day: Date
    last_day: Date
    state: PlanState
    purpose: str
    created_at: datetime
    published_at: datetime | None
    figures: dict[str, Any]
    needs_replan: bool


class PlannedStopAnswer(PlannedStop):
    """A visit of a plan."""

    model_config = ConfigDict(json_schema_extra={"examples": [STOP]})

    customer_code: str
    customer_name: str


class PlannedDayAnswer(Shape):
    """A day of a plan with its stops in order."""

    model_config = ConfigDict(json_schema_extra={"examples": [DAY]})

    date: Date
    leave: str
    leave_s: int
    lunch: str | None
    lunch_s: int | None
    back: str
    back_s: int
    travel_s: int
    travel_m: int
    stops: list[PlannedStopAnswer]


class AgainstAnswer(Shape):
    """What the plan changes on its days against the published plans of the same rep."""

    plan_ids: list[int]
    moved: list[MoveAnswer]
    added: list[MoveAnswer]
    dropped: list[MoveAnswer]


class PlanStoryAnswer(PlanSummaryAnswer):
    """A plan with every day and stop, and the visits without a place. Before it is published also
    what it changes, the `doubts` against it (what no longer fits, commitments that it cannot
    keep), and the approval that it waits for; once it is published the doubts say why it should
    be planned again."""

    model_config = ConfigDict(json_schema_extra={"examples": [STORY]})

    fingerprint: str
    seed: int
    days: list[PlannedDayAnswer]
    unserved: list[UnservedAnswer]
    against_published: AgainstAnswer | None
    doubts: list[str]
    approval_id: UUID | None


class SubmitBody(Shape):
    """What is said with a plan that is sent for approval. `special_case`: asked for later than
    the procedure wants, for the reason given."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "New territory from January on"}]}
    )

    reason: Sentence = ""
    special_case: bool = False
