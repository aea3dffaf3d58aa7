"""Tables taken out of the house: asked for, approved by a second person, logged, expiring."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import ExportKind


class Export(SQLModel, table=True):
    """An export. It may be fetched by who asked once its approval is through, until it expires;
    each copy bears `id` as its watermark."""

    id: UUID = Field(primary_key=True)
    kind: ExportKind = Field(sa_type=stored_by_value(ExportKind))
    filters: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    reason: str = Field(max_length=500)
    asked_by_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    asked_at: datetime
    approval_id: UUID | None = Field(default=None, foreign_key="approval.id", index=True)
    expires_at: datetime | None = None
    fetched: int = 0
