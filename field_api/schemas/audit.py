"""The audit trail over the wire."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict

from crm.vocabulary import Role
from field_api.schemas.values import Shape

CHANGE: dict[str, Any] = {
    "number": 77,
    "noun": "customer",
    "key": "C-0102",
    "field": "city",
    "before": "Valletta",
    "after": "Sliema",
}


class FieldChangeAnswer(Shape):
    """A field of `noun` `key` before and after. Both are null for what is confidential or
    secret: that it changed is told, not what."""

    model_config = ConfigDict(json_schema_extra={"examples": [CHANGE]})

    number: int
    noun: str
    key: str
    field: str
    before: Any
    after: Any


class AuditEntryAnswer(Shape):
    """Something that was done: to what (`noun`, `key`), by whom in which role, when and why, and
    the first of the fields that changed. With `more_changes` the rest is at `/audit/{number}
    /changes`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "number": 41,
                    "at": "2026-11-30T09:00:00Z",
                    "by": "Joe Vella",
                    "role": "district_manager",
                    "action": "change",
                    "noun": "customer",
                    "key": "C-0102",
                    "reason": "",
                    "details": {},
                    "request_id": "9f1c2b",
                    "changes": [CHANGE],
                    "more_changes": False,
                }
            ]
        }
    )

    number: int
    at: datetime
    by: str
    role: Role
    action: str
    noun: str
    key: str
    reason: str
    details: dict[str, Any]
    request_id: str
    changes: list[FieldChangeAnswer]
    more_changes: bool
