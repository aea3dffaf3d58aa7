"""What came in from files, with what is needed to take the last of it back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import ImportKind


class ImportBatch(SQLModel, table=True):
    """One accepted file. `before` holds the rows as they were, for undoing."""

    __tablename__ = "import_batch"

    id: int | None = Field(default=None, primary_key=True)
    kind: ImportKind = Field(sa_type=stored_by_value(ImportKind))
    filename: str = Field(max_length=255)
    imported_at: datetime
    added: int
    changed: int
    unchanged: int
    before: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    undone_at: datetime | None = None
    imported_by: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
