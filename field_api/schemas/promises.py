"""Promises over the wire."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict

from crm.rules.promises import PromiseStanding
from field_api.schemas.values import (
    Code,
    Day,
    FilledSentence,
    FilledText,
    Instant,
    Line,
    Sentence,
    Shape,
)

EXAMPLE: dict[str, Any] = {
    "code": "0b5dd6ba-5b0c-4a9e-8f5e-0d3b1b0f6f11",
    "what": "Sample sheet of the winter range",
    "to_whom": "Ms Borg",
    "made_on": "2026-11-30",
    "due": "2026-12-04",
    "standing": "due_soon",
    "evidence": "",
    "closed_at": None,
    "customer_code": "C-0102",
    "customer_name": "Café Borg",
    "owner_rep_code": "MT-1",
    "report_id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "attachment_id": None,
    "escalated_at": None,
    "version": 1,
}


class PromiseAnswer(Shape):
    """A promise and how it stands today where its owner is."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    code: str
    what: str
    to_whom: str
    made_on: date
    due: date
    standing: PromiseStanding
    evidence: str
    closed_at: datetime | None
    customer_code: str
    customer_name: str
    owner_rep_code: str | None
    report_id: UUID | None
    attachment_id: UUID | None
    escalated_at: datetime | None
    version: int


class NewPromiseBody(Shape):
    """A promise outside of a report, under a code that the client makes up (best a random UUID).
    Left out, `made_on` is today and the owner is the rep oneself, or the customer's rep."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    name: EXAMPLE[name]
                    for name in ("code", "customer_code", "what", "to_whom", "due")
                }
            ]
        }
    )

    code: Code
    customer_code: Code
    what: FilledSentence
    to_whom: Line = ""
    due: Day
    made_on: Day | None = None
    owner_rep_code: Code | None = None


class PromiseChanges(Shape):
    """What is to be different; what is left out stays. Moving the due day needs a reason."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"due": "2026-12-08", "reason": "The printer is late; Ms Borg agrees"}]
        }
    )

    what: FilledSentence | None = None
    to_whom: Line | None = None
    due: Day | None = None
    reason: Sentence = ""


class OwnerBody(Shape):
    """Whose promise it is from now on, and why."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"rep_code": "MT-2", "reason": "Maria is on leave"}]}
    )

    rep_code: Code
    reason: FilledSentence


class KeepBody(Shape):
    """What shows that it was kept, and when (left out: now); `attachment_id` is a photo of a report
    on the customer that shows it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"evidence": "Sheet handed to Ms Borg, signed"}]}
    )

    evidence: FilledText
    at: Instant | None = None
    attachment_id: UUID | None = None


class WithdrawBody(Shape):
    """Why it no longer holds, and since when (left out: now)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Ms Borg has ordered without the sheet"}]}
    )

    reason: FilledText
    at: Instant | None = None
