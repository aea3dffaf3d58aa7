"""Messages over the wire."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from field_api.schemas.values import Shape

LARGEST_NUMBER = 2**31 - 1
EXAMPLE: dict[str, Any] = {
    "number": 41,
    "kind": "promise_late",
    "text": "Promise “Sample sheet” to Corner Bakery (C-0102) was due on Fri 4 Dec 2026, late.",
    "noun": "promise",
    "subject": "P-7",
    "created_at": "2026-12-05T07:00:00Z",
    "read_at": None,
}


class MessageAnswer(Shape):
    """A message, in the reader's language; `noun` and `subject` name what it is about."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    number: int
    kind: str
    text: str
    noun: str
    subject: str
    created_at: datetime
    read_at: datetime | None


class MessagesAnswer(Shape):
    """A part of one's messages, the newest first, and how many are unread in all."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [EXAMPLE], "next_cursor": None, "unread": 1}]}
    )

    items: list[MessageAnswer]
    next_cursor: str | None
    unread: int


class ReadBody(Shape):
    """Up to which message everything is read."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"up_to": 41}]})

    up_to: Annotated[int, Field(ge=0, le=LARGEST_NUMBER, strict=True)]


class ReadAnswer(Shape):
    """How many messages became read by it, and how many are left."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"read": 3, "unread": 0}]})

    read: int
    unread: int
