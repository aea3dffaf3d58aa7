"""Work that goes on beside requests: what is to be done, by whom it is held, how far it is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import JobState


class PlanningRun(SQLModel, table=True):
    """A cycle asked for, of one or many reps; each rep's plan is a job of its own."""

    __tablename__ = "planning_run"

    id: UUID = Field(primary_key=True)
    asked_by_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    asked_at: datetime = Field(index=True)
    request: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Job(SQLModel, table=True):
    """A piece of work. Whoever runs it holds a lease until `lease_until` and lengthens it by a
    heartbeat; `fence` goes up with each taking, and a result counts only under the newest.
    `key`, where given, is unique: the same work is asked for once; a job of a run gives its key
    free when it ends. `changes` goes up with whatever those who watch a run should hear of."""

    id: UUID = Field(primary_key=True)
    kind: str = Field(max_length=64, index=True)
    key: str | None = Field(default=None, unique=True, max_length=140)
    run_id: UUID | None = Field(default=None, foreign_key="planning_run.id", index=True)
    rep_id: int | None = Field(default=None, foreign_key="rep.id", index=True)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    fingerprint: str = Field(default="", max_length=64)
    asked_by_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    created_at: datetime = Field(index=True)
    not_before: datetime
    state: JobState = Field(default=JobState.QUEUED, sa_type=stored_by_value(JobState), index=True)
    attempt: int = 0
    most_attempts: int = 3
    worker: str = Field(default="", max_length=100)
    lease_until: datetime | None = Field(default=None, index=True)
    fence: int = 0
    progress: float = 0.0  # 0 to 1
    note: str = Field(default="", max_length=300)
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    error: str = Field(default="", max_length=2000)
    finished_at: datetime | None = None
    changes: int = 0
