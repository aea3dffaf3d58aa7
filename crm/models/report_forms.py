"""What a visit is prepared with and asked about, by line of business."""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class ReportForm(SQLModel, table=True):
    """The company's own checklist and report fields for a trade 业种, or for `any`; both empty:
    the product's hold again. The lists hold `Line`s and `Extra`s as data."""

    __tablename__ = "report_form"

    id: int | None = Field(default=None, primary_key=True)
    trade: str = Field(unique=True, max_length=100)
    checklist: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    fields: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    version: int = 1
