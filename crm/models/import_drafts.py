"""Imports that somebody began: kept with their file until they are taken in or dropped."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import ImportKind


class ImportDraft(SQLModel, table=True):
    """An import between upload and the last word. `columns` says which column (by number, from 0)
    is which field, None where nobody has said it yet; `system` is the coordinate system of rows
    that name none (empty: nobody said). `edits` are cells written anew, by line and then by
    column; `left_out` lines that are not to be taken. `found` is what the last check came to.
    Once taken in, `batch_id` names the import (None when it changed nothing), the file is gone
    and `taken_at` is set. `version` goes up by a change."""

    __tablename__ = "import_draft"

    id: UUID = Field(primary_key=True)
    kind: ImportKind = Field(sa_type=stored_by_value(ImportKind))
    filename: str = Field(max_length=255)
    content: bytes = Field(sa_type=LargeBinary)
    size_bytes: int
    rows: int
    columns: dict[str, int] | None = Field(default=None, sa_type=JSON)
    system: str = Field(default="", max_length=32)
    edits: dict[str, dict[str, str]] = Field(default_factory=dict, sa_type=JSON)
    left_out: list[int] = Field(default_factory=list, sa_type=JSON)
    found: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    begun_by_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    begun_by: str = Field(default="", max_length=200)
    begun_at: datetime
    changed_at: datetime = Field(index=True)
    taken_at: datetime | None = None
    batch_id: int | None = Field(
        default=None, foreign_key="import_batch.id", index=True, ondelete="SET NULL"
    )
    version: int = 1


class ImportLayout(SQLModel, table=True):
    """How a file's columns were mapped last, by the fingerprint of its headings. `columns` is
    field by heading in plain form."""

    __tablename__ = "import_layout"
    __table_args__ = (UniqueConstraint("kind", "fingerprint"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: ImportKind = Field(sa_type=stored_by_value(ImportKind))
    fingerprint: str = Field(max_length=64)
    columns: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    system: str = Field(default="", max_length=32)
    remembered_at: datetime
