"""Changes made in a plan by hand."""

from datetime import date as Date
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from crm.vocabulary import PlanEditKind
from field_api.schemas.day_changes import PlannedVisitId
from field_api.schemas.values import Day, FilledLine, FilledSentence, Line, Shape

PlanId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class SeenPlan(Shape):
    """A plan with the fingerprint that it had when somebody looked at it."""

    plan_id: PlanId
    fingerprint: FilledLine


class EditBody(SeenPlan):
    """A visit moved to a day of the plan, or of another rep's (`to`); fixed to its day, or free
    again; or a remedy taken for one without a place."""

    kind: PlanEditKind
    visit_id: PlannedVisitId
    day: Day | None = None
    to: SeenPlan | None = None
    remedy: Line = ""  # its code, as the plan offers it
    purpose: FilledSentence

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        if self.kind in (PlanEditKind.MOVE, PlanEditKind.HAND_OVER) and self.day is None:
            raise ValueError(f"a change of kind {self.kind} needs a day")
        if self.kind is PlanEditKind.HAND_OVER and self.to is None:
            raise ValueError("to hand a visit over, name the other rep's plan in `to`")
        return self


class EditAnswer(Shape):
    """A change by hand, in words: who, when, what."""

    id: int
    kind: PlanEditKind
    visit_id: str
    customer_code: str
    customer_name: str
    before_on: Date | None
    after_on: Date | None
    by: str
    at: datetime
    purpose: str
    undone: bool
    text: str


class EditedAnswer(Shape):
    """What a change did: in a sentence, what else moved, and what it costs. `plan_id` and
    `fingerprint` are those of the plan from now on."""

    plan_id: int
    fingerprint: str
    text: str
    also: list[str]
    travel_s: int
    travel_m: int


class TargetAnswer(Shape):
    """A day for a visit: whether it may go there, in words, with the figures behind them."""

    rep_code: str
    date: Date
    fits: bool
    text: str
    detail: str
    travel_s: int | None
    begin_s: int | None
    back_s: int | None
    overtime_min: int | None


class TargetsAnswer(Shape):
    """What each day says to a visit."""

    visit_id: str
    targets: list[TargetAnswer]
