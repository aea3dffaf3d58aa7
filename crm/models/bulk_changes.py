"""One change to many customers at once: seen first, then made, and undone as a whole."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import BulkKind


class BulkChange(SQLModel, table=True):
    """What somebody wants to change of many customers. Until `applied_at` it is a preview.
    `approval_id`: it was asked for, and nothing changes before it is approved."""

    __tablename__ = "bulk_change"

    id: UUID = Field(primary_key=True)
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    kind: BulkKind = Field(sa_type=stored_by_value(BulkKind))
    value: str = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=500)
    made_at: datetime = Field(index=True)
    applied_at: datetime | None = None
    undone_at: datetime | None = None
    approval_id: UUID | None = Field(default=None, foreign_key="approval.id")


class BulkChangeRow(SQLModel, table=True):
    """A customer in a bulk change: what its columns were, and its version then. `left_out` is why
    nothing is changed of it: a template of the catalogues with its `params`; empty: it is
    changed."""

    __tablename__ = "bulk_change_row"

    id: int | None = Field(default=None, primary_key=True)
    bulk_change_id: UUID = Field(foreign_key="bulk_change.id", index=True, ondelete="CASCADE")
    customer_id: int = Field(foreign_key="customer.id", ondelete="CASCADE")
    version: int
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    left_out: str = Field(default="", max_length=300)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
