"""Managers' reviews of visit reports over the wire."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from crm.vocabulary import ReviewVerdict
from field_api.schemas.values import Shape, Text

MOST_VERSIONS = 10_000
LONGEST_COMMENT = 2000
EXAMPLE: dict[str, Any] = {
    "id": "8f14e45f-ceea-467f-a8d2-1f0b2d1c9b11",
    "version": 1,
    "verdict": "sent_back",
    "comment": "Which crates does Ms Borg want?",
    "by": "Joe Camilleri",
    "at": "2026-11-30T17:20:00Z",
}


class ReviewBody(Shape):
    """What a manager says to a report. `sent_back` asks for a correction and says in `comment` what
    is to be corrected. `version` is the one that was read; left out: the newest."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{name: EXAMPLE[name] for name in ("verdict", "comment", "version")}]
        }
    )

    verdict: ReviewVerdict
    comment: Annotated[Text, Field(max_length=LONGEST_COMMENT)] = ""
    version: Annotated[int, Field(ge=1, le=MOST_VERSIONS, strict=True)] | None = None

    @model_validator(mode="after")
    def _sent_back_says_why(self) -> Self:
        if self.verdict is ReviewVerdict.SENT_BACK and not self.comment:
            raise ValueError("sent back without a comment; say what is to be corrected")
        return self


class ReviewAnswer(Shape):
    """A review as kept: of which version, by whom, when."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    version: int
    verdict: ReviewVerdict
    comment: str
    by: str
    at: datetime
