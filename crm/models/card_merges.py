"""Merges of two cards, with what is needed to take one back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class CardMerge(SQLModel, table=True):
    """A card merged into another. `before` holds what was otherwise before it, `kept_version` and
    `dropped_version` how the cards stood right after it."""

    __tablename__ = "card_merge"

    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    dropped_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    merged_at: datetime = Field(index=True)
    merged_by: str = Field(default="", max_length=200)
    kept_version: int = 0
    dropped_version: int = 0
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    undone_at: datetime | None = None
