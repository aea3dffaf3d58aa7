"""档案 over the wire: key people, facts, and the confidential file with its borrowing card."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from crm.vocabulary import Attitude, Role, SayInDecision, SourceLevel
from field_api.schemas.values import Day, FilledLine, FilledSentence, Given, Line, Shape, Text

PERSON: dict[str, Any] = {
    "name": "Ms Borg",
    "post": "owner",
    "phone": "+356 2100 0000",
    "say": "decides",
    "attitude": "positive",
    "known_by": "Maria Vella",
    "notes": "Prefers mornings",
    "rank": 1,
}
FACT: dict[str, Any] = {
    "topic": "plans",
    "content": "Opens a second shop in May",
    "source": "contact",
    "confidential": False,
    "noted_on": "2026-11-23",
}
LOWEST_RANK = 1000

Rank = Annotated[int, Field(ge=1, le=LOWEST_RANK, strict=True, description="1 is prepared first.")]
Phone = Annotated[Line, Field(max_length=50)]
Notes = Annotated[Text, Field(max_length=2000)]
Topic = Annotated[FilledLine, Field(max_length=100, description="Credit, margin, plans, …")]
Content = Annotated[Text, Field(min_length=1)]


class KeyPersonBody(Shape):
    """关键人: somebody at the customer's who matters for buying."""

    model_config = ConfigDict(json_schema_extra={"examples": [PERSON]})

    name: FilledLine
    post: Line = ""
    phone: Phone = ""
    say: SayInDecision = SayInDecision.UNKNOWN
    attitude: Attitude = Attitude.NONE_YET
    known_by: Line = ""
    notes: Notes = ""
    rank: Rank = 1


class KeyPersonChanges(Given):
    """The fields that change; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"attitude": "negative"}]})

    name: FilledLine = ""
    post: Line = ""
    phone: Phone = ""
    say: SayInDecision = SayInDecision.UNKNOWN
    attitude: Attitude = Attitude.NONE_YET
    known_by: Line = ""
    notes: Notes = ""
    rank: Rank = 1


class KeyPersonAnswer(Shape):
    """A key person as kept; `version` is also the ETag. Null: only in the working copy."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"number": 3, "version": 1} | PERSON]}
    )

    number: int
    version: int
    name: str
    post: str
    phone: str
    say: SayInDecision
    attitude: Attitude | None
    known_by: str | None
    notes: str | None
    rank: int


class FactBody(Shape):
    """A piece of information with its source level. A confidential one is written by managers and
    read in the confidential file only. `noted_on` left out: today."""

    model_config = ConfigDict(json_schema_extra={"examples": [FACT]})

    topic: Topic
    content: Content
    source: SourceLevel
    confidential: bool = False
    noted_on: Day | None = None


class FactChanges(Given):
    """The fields that change; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"content": "In April already"}]})

    topic: Topic = ""
    content: Content = ""
    source: SourceLevel = SourceLevel.PUBLIC
    confidential: bool = False
    noted_on: Day = date.min


class FactAnswer(Shape):
    """A fact as kept; `version` is also the ETag. The content of a confidential one is null: it
    stands in the confidential file."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"number": 5, "version": 1} | FACT]})

    number: int
    version: int
    topic: str
    content: str | None
    source: SourceLevel
    confidential: bool
    noted_on: date


class OpenFileBody(Shape):
    """Why the confidential file is opened; it stands on the borrowing card."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Preparing the yearly contract"}]}
    )

    reason: FilledSentence


class EarlierContent(Shape):
    """What a field of a confidential fact was before somebody changed it."""

    at: datetime
    by: str
    field: str
    before: Any


class ConfidentialFact(Shape):
    """A fact of the confidential file, with what it was before."""

    number: int
    version: int
    topic: str
    content: str
    source: SourceLevel
    noted_on: date
    earlier: list[EarlierContent]


class ConfidentialFile(Shape):
    """A confidential file as it was opened; the loan is its borrowing card 借阅卡."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "customer_code": "C-0102",
                    "loan": 12,
                    "opened_at": "2026-11-30T09:00:00Z",
                    "opened_by": "Ann Vella",
                    "reason": "Preparing the yearly contract",
                    "facts": [
                        {
                            "number": 6,
                            "version": 2,
                            "topic": "credit",
                            "content": "Limit 20,000, 45 days",
                            "source": "insider",
                            "noted_on": "2026-11-02",
                            "earlier": [
                                {
                                    "at": "2026-11-02T10:00:00Z",
                                    "by": "Joe Vella",
                                    "field": "content",
                                    "before": "Limit 10,000, 30 days",
                                }
                            ],
                        }
                    ],
                }
            ]
        }
    )

    customer_code: str
    loan: int
    opened_at: datetime
    opened_by: str
    reason: str
    facts: list[ConfidentialFact]


class FileLoanAnswer(Shape):
    """借阅卡: that a confidential file was opened, when and by whom. Why, and how many facts were
    shown, is null for those who may not open it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "loan": 12,
                    "opened_at": "2026-11-30T09:00:00Z",
                    "opened_by": "Ann Vella",
                    "reason": "Preparing the yearly contract",
                    "facts_shown": 3,
                }
            ]
        }
    )

    loan: int
    opened_at: datetime
    opened_by: str
    reason: str | None
    facts_shown: int | None


class HistoryRow(Shape):
    """A change of one field: who made it when and why, and the value before and after."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "at": "2026-11-30T09:00:00Z",
                    "by": "Joe Vella",
                    "role": "district_manager",
                    "action": "change",
                    "reason": "",
                    "field": "city",
                    "before": "Valletta",
                    "after": "Sliema",
                }
            ]
        }
    )

    at: datetime
    by: str
    role: Role
    action: str
    reason: str
    field: str
    before: Any
    after: Any
