"""Changes of a day that has begun, as its rep accepted them."""

from datetime import date as Date
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import DayChangeKind, DayChangeState


class DayChange(SQLModel, table=True):
    """Something that happened on a rep's day, under an id that the client chose. `plan_id` is the
    plan with the rest of the day in it: in force, or waiting for the approval. `answer` is what the
    rep was answered, `sent_sha256` of the body that was sent."""

    __tablename__ = "day_change"
    __table_args__ = (Index("ix_day_change_reps_days", "rep_id", "date"),)

    id: UUID = Field(primary_key=True)
    rep_id: int = Field(foreign_key="rep.id")
    date: Date
    kind: DayChangeKind = Field(sa_type=stored_by_value(DayChangeKind))
    state: DayChangeState = Field(sa_type=stored_by_value(DayChangeState))
    plan_id: int = Field(foreign_key="cycle_plan.id", index=True)
    approval_id: UUID | None = Field(default=None, foreign_key="approval.id", index=True)
    answer: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    sent_sha256: str = Field(max_length=64)
    accepted_at: datetime
