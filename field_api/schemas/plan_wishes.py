"""Wishes on plans over the wire."""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict

from crm.vocabulary import WishState
from field_api.schemas.approvals import WishKind
from field_api.schemas.plans import MOVE, UNSERVED, MoveAnswer, UnservedAnswer
from field_api.schemas.values import Day, FilledSentence, Sentence, Shape

WISH: dict[str, Any] = {
    "id": 3,
    "plan_id": 8,
    "planned_visit_id": "C-0102/2",
    "customer_code": "C-0102",
    "customer_name": "Café Borg",
    "planned_on": "2027-01-04",
    "wish": "another_day",
    "wanted_on": "2027-01-05",
    "why": "Ms Borg is away on Mondays",
    "by": "Maria Vella",
    "made_at": "2026-12-18T11:00:00Z",
    "state": "open",
    "answer": "",
    "answered_by": "",
    "answered_at": None,
}


class PlanWishAnswer(Shape):
    """A wish on a planned visit and what was answered. `planned_on`: the visit's day by now, null
    for one that has none."""

    model_config = ConfigDict(json_schema_extra={"examples": [WISH]})

    id: int
    plan_id: int
    planned_visit_id: str
    customer_code: str | None
    customer_name: str | None
    planned_on: date | None
    wish: WishKind
    wanted_on: date | None
    why: str
    by: str
    made_at: datetime
    state: WishState
    answer: str
    answered_by: str
    answered_at: datetime | None


class TakeBody(Shape):
    """The day on which the visit is fixed; without one the day that was wished for. A dry run
    tells what else would move."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answer": "Agreed"}]})

    on: Day | None = None
    answer: Sentence = ""
    dry_run: bool = False


class RefuseBody(Shape):
    """Why not."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answer": "Tuesday is full"}]})

    answer: FilledSentence


class WishTaken(Shape):
    """The wish, and what the plan changed for it: visits moved, and those that lost their day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "wish": WISH | {"state": "taken", "answer": "Agreed"},
                    "moved": [MOVE],
                    "unserved": [UNSERVED],
                }
            ]
        }
    )

    wish: PlanWishAnswer
    moved: list[MoveAnswer]
    unserved: list[UnservedAnswer]
