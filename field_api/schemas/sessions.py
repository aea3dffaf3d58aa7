"""Logins over the wire."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict

from crm.vocabulary import SessionKind
from field_api.schemas.values import Shape

EXAMPLE: dict[str, Any] = {
    "id": "9f1c3a52-7b0e-4a51-9a3c-2f6d1e0b8c77",
    "kind": "api",
    "device": "Maria's phone",
    "created_at": "2026-11-30T08:40:00Z",
    "last_used_at": "2026-11-30T10:05:00Z",
    "expires_at": "2027-02-28T08:40:00Z",
    "current": True,
}


class SessionAnswer(Shape):
    """A device on which one is logged in; `current` is the one that asks."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    kind: SessionKind
    device: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    current: bool


class SessionsAnswer(Shape):
    """One's logins, the one used last first, two hundred at most."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [EXAMPLE]}]})

    items: list[SessionAnswer]


class EndedAnswer(Shape):
    """How many logins were ended."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"username": "maria", "ended": 2}]})

    username: str
    ended: int
