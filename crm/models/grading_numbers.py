"""The company's own numbers of grading policies, where they differ from the product's."""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class GradingNumbers(SQLModel, table=True):
    """Thresholds, weights and cells of a policy, as `crm.rules.grading` writes them."""

    __tablename__ = "grading_numbers"

    policy: str = Field(primary_key=True, max_length=64)
    numbers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
