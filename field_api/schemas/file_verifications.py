"""档案核实 over the wire."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from crm.rules.files import CheckedField
from field_api.schemas.values import Day, FilledSentence, Sentence, Shape

FOUND: dict[str, Any] = {
    "missing": ["contact_phone", "opening_hours"],
    "complete_by": "2026-12-11",
    "note": "The phone number is no longer in use",
}
EXAMPLE: dict[str, Any] = FOUND | {
    "number": 21,
    "customer_code": "C-0102",
    "customer_name": "Café Borg",
    "quarter": "2026-Q4",
    "verified_at": "2026-11-30T09:00:00Z",
    "verified_by": "Joe Vella",
    "completed_at": None,
    "overdue": False,
}


class VerificationBody(Shape):
    """What was found when the file was gone through. Nothing missing: the file is right."""

    model_config = ConfigDict(json_schema_extra={"examples": [FOUND]})

    missing: Annotated[tuple[CheckedField, ...], Field(max_length=len(CheckedField))] = ()
    complete_by: Day | None = None
    note: Sentence = ""


class CompletionBody(Shape):
    """How the missing was completed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"note": "Asked Ms Borg, entered both"}]}
    )

    note: FilledSentence


class VerificationAnswer(Shape):
    """A verification. `complete_by` is the last day for completing what is missing; `overdue`:
    it has passed."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    number: int
    customer_code: str
    customer_name: str
    quarter: str
    verified_at: datetime
    verified_by: str
    missing: list[str]
    complete_by: date | None
    note: str
    completed_at: datetime | None
    overdue: bool
