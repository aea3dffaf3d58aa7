"""Cards that may be of one and the same customer."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class DuplicatePair(SQLModel, table=True):
    """Two cards found alike; `first_id` is the smaller number. `percent` is how sure it is,
    `name_percent` how alike the names are, `metres` how far apart (None: a place is unknown).
    Somebody who looked may have said that these are two: `apart`."""

    __tablename__ = "duplicate_pair"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    second_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    percent: int = Field(index=True)
    name_percent: int
    metres: int | None = None
    same_phone: bool = False
    found_at: datetime
    apart: bool = Field(default=False, index=True)
    apart_by: str = Field(default="", max_length=200)
    apart_at: datetime | None = None
