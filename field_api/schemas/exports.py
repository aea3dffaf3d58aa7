"""Exports over the wire."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from crm.vocabulary import ExportKind
from field_api.schemas.customer_filters import LONGEST_QUERY
from field_api.schemas.values import Code, Day, FilledSentence, Line, Shape, Text

ASKED: dict[str, Any] = {
    "kind": "visit_reports",
    "filters": {"rep_code": "R1", "first_day": "2026-10-01", "last_day": "2026-10-31"},
    "reason": "Review of October with the regional director",
}
EXPORT: dict[str, Any] = ASKED | {
    "id": "0b5dd6ba-5b0c-4a9e-8f5e-0d3b1b0f6f11",
    "filters": ASKED["filters"] | {"territory_code": None, "listed": None, "unit": None},
    "state": "ready",
    "approval_id": "4e6f1f9c-5f0c-4a55-9d5b-7a3f0f4f2b11",
    "asked_at": "2026-11-30T09:00:00Z",
    "expires_at": "2026-12-02T10:15:00Z",
    "fetched": 1,
}
DAYS = frozenset({"rep_code", "first_day", "last_day"})
APPLICABLE: dict[ExportKind, frozenset[str]] = {
    ExportKind.CUSTOMERS: frozenset({"rep_code", "territory_code", "listed", "unit"}),
    ExportKind.VISIT_REPORTS: DAYS,
    ExportKind.PROMISES: DAYS,
    ExportKind.PLANS: DAYS,
    ExportKind.REGION_YEARS: frozenset({"first_day", "last_day"}),
}


class ExportState(StrEnum):
    """An export waits for its approval, is ready to be fetched, and expires; or it is not to be."""

    WAITING = "waiting"
    READY = "ready"
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ExportFormat(StrEnum):
    """What the file is."""

    XLSX = "xlsx"
    CSV = "csv"


class ExportFilters(Shape):
    """What is wanted: customers of a rep or territory, or as `listed` at the desk (what stands
    after the question mark of the list's address) in one `unit` of the company; visit reports,
    promises (by their due day) and plans of a rep and between days, both included; of the region
    analysis the years that the days lie in."""

    rep_code: Code | None = None
    territory_code: Code | None = None
    listed: Annotated[Text, Field(max_length=LONGEST_QUERY)] | None = None
    unit: Line | None = Field(default=None, description="As the desk remembers it: `district:MT`.")
    first_day: Day | None = None
    last_day: Day | None = None


class ExportBody(Shape):
    """What is to be taken out, and why; a second person approves it."""

    model_config = ConfigDict(json_schema_extra={"examples": [ASKED]})

    kind: ExportKind
    filters: ExportFilters = ExportFilters()
    reason: FilledSentence

    @model_validator(mode="after")
    def _filters_apply(self) -> Self:
        given = self.filters.model_dump(exclude_none=True)
        wrong = sorted(set(given) - APPLICABLE[self.kind])
        if wrong:
            raise ValueError(f"{', '.join(wrong)} cannot narrow {self.kind}; leave it out")
        first, last = self.filters.first_day, self.filters.last_day
        if first and last and first > last:
            raise ValueError("first_day is after last_day; were the two swapped?")
        return self


class ExportAnswer(Shape):
    """An export as it stands; `fetched` counts the copies that went out."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXPORT]})

    id: UUID
    kind: ExportKind
    filters: ExportFilters
    reason: str
    state: ExportState
    approval_id: UUID | None
    asked_at: datetime
    expires_at: datetime | None
    fetched: int
