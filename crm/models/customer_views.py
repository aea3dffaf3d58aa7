"""How people look at the list of customers: views that they saved, and the columns they want."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel


class CustomerView(SQLModel, table=True):
    """A filter of the list under a name. A shared one is everybody's whose customers are the
    owner's, too: `district_id` and `region_id` are the owner's when it was saved, and a view
    without either is the company's."""

    __tablename__ = "customer_view"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    name: str = Field(max_length=100)
    filters: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    columns: list[str] = Field(default_factory=list, sa_type=JSON)
    shared: bool = False
    district_id: int | None = Field(default=None, foreign_key="district.id", index=True)
    region_id: int | None = Field(default=None, foreign_key="region.id", index=True)
    saved_at: datetime


class CustomerColumns(SQLModel, table=True):
    """The columns that a person wants in the list of customers, from left to right."""

    __tablename__ = "customer_columns"

    user_id: int = Field(primary_key=True, foreign_key="user_account.id", ondelete="CASCADE")
    columns: list[str] = Field(default_factory=list, sa_type=JSON)
