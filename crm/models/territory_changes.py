"""Changes of territories to come, and scenarios that nothing came of yet."""

from datetime import date as Date
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import ChangeState, ScenarioState


class TerritoryChange(SQLModel, table=True):
    """An approved change of territories that holds from a later day on. What it is stands in the
    approval's payload; `codes` are its territories as "|T1|T2|"."""

    __tablename__ = "territory_change"

    id: int | None = Field(default=None, primary_key=True)
    approval_id: UUID = Field(foreign_key="approval.id", unique=True)
    takes_effect_on: Date = Field(index=True)
    codes: str
    state: ChangeState = Field(
        default=ChangeState.WAITING, sa_type=stored_by_value(ChangeState), index=True
    )
    settled_at: datetime | None = None
    outcome: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Scenario(SQLModel, table=True):
    """What if a district were worked otherwise: `changes` is what would be other, `figures` what
    was reckoned for today and for then; nothing of it is in force."""

    __table_args__ = (UniqueConstraint("district_id", "name"),)

    id: UUID = Field(primary_key=True)
    district_id: int = Field(foreign_key="district.id", index=True)
    name: str = Field(max_length=200)
    made_by_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    made_at: datetime = Field(index=True)
    changes: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: ScenarioState = Field(
        default=ScenarioState.KEPT, sa_type=stored_by_value(ScenarioState), index=True
    )
    approvals: list[str] = Field(default_factory=list, sa_type=JSON)  # what was asked for
    closed_at: datetime | None = None
