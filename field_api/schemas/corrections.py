"""What the field asks for about customers, over the wire."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from crm.spreadsheets.kinds.customers import LONGEST_INTERVAL_DAYS
from field_api.schemas.card_changes import CHANGES_EXAMPLE, CardChanges
from field_api.schemas.values import FilledSentence, Shape
from field_api.schemas.visit_reports import Position


class CorrectionProposed(Shape):
    """What is wrong on a customer's card, why, and where the rep stood when noticing it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "changes": CHANGES_EXAMPLE,
                    "note": "Moved two doors down the street",
                    "position": {"lat": 35.8991, "lon": 14.5142, "accuracy_m": 12},
                }
            ]
        }
    )

    changes: CardChanges
    note: FilledSentence
    position: Position | None = None

    @model_validator(mode="after")
    def _seen_by_reps(self) -> Self:
        if "credit_score" in self.changes.model_fields_set:
            raise ValueError("credit_score is the managers' to judge: tell yours what you noticed")
        return self


class StrikeOutBody(Shape):
    """Why a customer is not to be visited any more."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Closed for good, the shop is empty"}]}
    )

    reason: FilledSentence


class FrequencyBody(Shape):
    """How many days shall lie between visits, instead of the grade's, and why; null: the grade's
    again."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"interval_days": 14, "reason": "Opens a second shop"}]}
    )

    interval_days: Annotated[int, Field(ge=1, le=LONGEST_INTERVAL_DAYS, strict=True)] | None
    reason: FilledSentence
