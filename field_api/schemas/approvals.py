"""Approvals over the wire."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from crm.rules.approvals import Word
from crm.rules.procedures import Step
from crm.vocabulary import ApprovalMatter, ApprovalState, DecisionKind, Role
from field_api.schemas.values import Day, FilledLine, Sentence, Shape, Text

MOST_WISHES = 200
LONGEST_COMMENT = 2000
SUMMARY: dict[str, Any] = {
    "id": "4e6f1f9c-5f0c-4a55-9d5b-7a3f0f4f2b11",
    "matter": "plan",
    "subject": "8",
    "title": "Plan of MT-1 from 2026-12-28 to 2027-01-24",
    "reason": "",
    "state": "open",
    "size": 1,
    "asked_by": "Joe Zammit",
    "asked_at": "2026-12-18T10:00:00Z",
    "needed_by": None,
    "special_case": False,
    "rep_code": "MT-1",
    "district_code": "MT",
    "region_code": "S",
    "waits_for": ["rep"],
    "due_at": "2026-12-20T10:00:00Z",
    "late": False,
    "closed_at": None,
    "i_may_decide": True,
    "i_may_withdraw": False,
}
WISH: dict[str, Any] = {
    "planned_visit_id": "C-0102/2",
    "wish": "another_day",
    "wanted_on": "2027-01-05",
    "text": "Ms Borg is away on Mondays",
}
STORY: dict[str, Any] = SUMMARY | {
    "changes": [{"field": "state", "before": "proposed", "after": "published"}],
    "payload": {"plan_id": 8},
    "steps": [
        {
            "decides": "rep",
            "alternatives": [],
            "within_hours": 48,
            "escalates_to": None,
            "from_size": 0,
            "lead_hours": 0,
            "second_person": False,
            "goes_on": True,
            "standing": "waiting",
            "escalated_at": None,
            "passed_over_at": None,
        },
    ],
    "decisions": [
        {
            "kind": "comment",
            "by": "Maria Vella",
            "role": "rep",
            "in_place_of": [],
            "at": "2026-12-18T11:00:00Z",
            "comment": "Tuesday would be better",
            "details": [WISH],
        }
    ],
    "earlier": [
        {
            "id": "0b6c7a52-5f2b-4f0b-8a86-5b1c0f6f9a11",
            "state": "refused",
            "reason": "",
            "asked_by": "Joe Zammit",
            "asked_at": "2026-12-17T10:00:00Z",
            "closed_at": "2026-12-17T12:00:00Z",
            "decisions": [
                {
                    "kind": "refuse",
                    "by": "Maria Vella",
                    "role": "rep",
                    "in_place_of": [],
                    "at": "2026-12-17T12:00:00Z",
                    "comment": "Too much on Mondays",
                    "details": [],
                }
            ],
        }
    ],
    "doubts": [],
    "outcome": {},
    "message": "",
}
STEP: dict[str, Any] = {
    "decides": "general_manager",
    "alternatives": ["chairman"],
    "within_hours": 24,
    "lead_hours": 72,
}


class WishKind(StrEnum):
    """What is wished of a single visit."""

    ANOTHER_DAY = "another_day"
    EARLIER = "earlier"
    LATER = "later"
    LEAVE_OUT = "leave_out"
    OTHER = "other"


class WishBody(Shape):
    """A wish on a part of what was asked for: for a plan, on a planned visit, with the day wanted
    instead."""

    model_config = ConfigDict(json_schema_extra={"examples": [WISH]})

    planned_visit_id: Annotated[FilledLine, Field(max_length=140)]
    wish: WishKind
    wanted_on: Day | None = None
    text: Sentence = ""


class DecisionBody(Shape):
    """What one says to an approval. A comment decides nothing; a refusal and a comment need
    words."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"kind": "approve", "comment": "Good", "details": [WISH]},
                {"kind": "refuse", "comment": "Too much on Mondays"},
            ]
        }
    )

    kind: DecisionKind
    comment: Annotated[Text, Field(max_length=LONGEST_COMMENT)] = ""
    details: Annotated[tuple[WishBody, ...], Field(max_length=MOST_WISHES)] = ()

    def word(self) -> Word:
        """What is said as the service takes it."""
        details = [wish.model_dump(mode="json", exclude_none=True) for wish in self.details]
        return Word(kind=self.kind, comment=self.comment, details=details)


class WithdrawBody(Shape):
    """Why one takes back what one asked for."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Planned anew"}]})

    reason: Sentence = ""


class ApprovalAnswer(Shape):
    """Something asked for, in short. `waits_for` are the roles that may decide the step it waits
    at; whoever is above them in line may, too. `late`: that step's time is or was over."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUMMARY]})

    id: UUID
    matter: ApprovalMatter
    subject: str
    title: str
    reason: str
    state: ApprovalState
    size: int
    asked_by: str
    asked_at: datetime
    needed_by: date | None
    special_case: bool
    rep_code: str | None
    district_code: str | None
    region_code: str | None
    waits_for: list[Role]
    due_at: datetime | None
    late: bool
    closed_at: datetime | None
    i_may_decide: bool
    i_may_withdraw: bool


class ChangeAnswer(Shape):
    """A field with its value before and after."""

    field: str
    before: Any = None
    after: Any = None


class StepAnswer(Shape):
    """A step of an approval, as the procedure stood when it was asked for, and how it stands."""

    decides: Role
    alternatives: list[Role]
    within_hours: int
    escalates_to: Role | None
    from_size: int
    lead_hours: int
    second_person: bool
    goes_on: bool
    standing: Literal["decided", "passed_over", "waiting", "not_reached"]
    escalated_at: datetime | None
    passed_over_at: datetime | None


class DecisionAnswer(Shape):
    """What somebody said, with the name and the role of that time. `in_place_of`: roles for whom
    somebody above decided."""

    kind: DecisionKind
    by: str
    role: Role
    in_place_of: list[Role]
    at: datetime
    comment: str
    details: list[dict[str, Any]]


class RoundAnswer(Shape):
    """How it went when the same was asked for before."""

    id: UUID
    state: ApprovalState
    reason: str
    asked_by: str
    asked_at: datetime
    closed_at: datetime
    decisions: list[DecisionAnswer]


class StoryAnswer(ApprovalAnswer):
    """The whole story of an approval: what will be done (`changes` with before and after, and the
    `payload`), the steps, what was said, what no longer fits (`doubts`), and what came of it
    (`outcome`; `message` tells how it was overtaken). `earlier` has the rounds before, of a plan
    that was sent back and is sent again."""

    model_config = ConfigDict(json_schema_extra={"examples": [STORY]})

    changes: list[ChangeAnswer]
    payload: dict[str, Any]
    steps: list[StepAnswer]
    decisions: list[DecisionAnswer]
    earlier: list[RoundAnswer]
    doubts: list[str]
    outcome: dict[str, Any]
    message: str


class StepBody(Shape):
    """A step of a procedure; see the answer of `GET /approval-procedures`."""

    model_config = ConfigDict(json_schema_extra={"examples": [STEP]})

    decides: Role
    alternatives: Annotated[tuple[Role, ...], Field(max_length=len(Role))] = ()
    within_hours: Annotated[int, Field(ge=1, le=24 * 90)] = 48
    escalates_to: Role | None = None
    from_size: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    lead_hours: Annotated[int, Field(ge=0, le=24 * 90)] = 0
    second_person: bool = False
    goes_on: bool = False

    def step(self) -> Step:
        """The step as the rules know it."""
        return Step(**self.model_dump())


class ProcedureBody(Shape):
    """The company's own steps of a matter; none: the product's hold again."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"steps": [STEP], "reason": "Decided by the board"}]}
    )

    steps: Annotated[tuple[StepBody, ...], Field(max_length=len(Role))]
    reason: Sentence = ""


class ProcedureAnswer(Shape):
    """How a matter is decided; `own`: by steps of the company's own instead of the product's."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"matter": "plan", "own": True, "version": 1, "steps": [STEP]}]
        }
    )

    matter: ApprovalMatter
    own: bool
    version: int
    steps: list[StepBody]
