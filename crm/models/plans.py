"""Cycle plans as they were decided: days, visits in order, and visits without a place."""

from datetime import date as Date
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import PlanState


class CyclePlan(SQLModel, table=True):
    """拜访计划: one rep's call cycle. `document` is the checked plan with its problem, as
    exported; the rows below are the same facts for queries. `changes_plan_id`: the plan that
    was in force when a rep's day was changed by this one, whose document begins on that day."""

    __tablename__ = "cycle_plan"

    id: int | None = Field(default=None, primary_key=True)
    rep_id: int = Field(foreign_key="rep.id", index=True)
    first_day: Date = Field(index=True)
    last_day: Date
    state: PlanState = Field(
        default=PlanState.DRAFT, sa_type=stored_by_value(PlanState), index=True
    )
    fingerprint: str = Field(max_length=64)
    seed: int
    created_at: datetime
    purpose: str = Field(default="", max_length=500)  # 说明重新规划的目的
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    document: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    job_id: UUID | None = Field(default=None, foreign_key="job.id", unique=True)  # that made it
    published_at: datetime | None = None
    travel_source: str = Field(
        default="", max_length=400, sa_column_kwargs={"server_default": ""}
    )  # where the travel times came from
    # why the rest of it should be planned again: notes with the instant they came up
    replan_because: list[dict[str, Any]] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    changes_plan_id: int | None = Field(default=None, foreign_key="cycle_plan.id")


class PlannedDay(SQLModel, table=True):
    """A day of a plan. Times are seconds after local midnight."""

    __tablename__ = "planned_day"

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="cycle_plan.id", index=True, ondelete="CASCADE")
    date: Date = Field(index=True)
    leave_s: int
    return_s: int
    lunch_begin_s: int | None = None
    travel_s: int
    travel_m: int


class PlannedVisit(SQLModel, table=True):
    """A visit of a plan: its day, its place in the order, its times and its purpose."""

    __tablename__ = "planned_visit"
    __table_args__ = (
        Index("ix_planned_visit_plans_days", "plan_id", "date"),
        Index("ix_planned_visit_customers_days", "customer_id", "date"),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="cycle_plan.id", ondelete="CASCADE")
    visit_id: str = Field(max_length=140)  # stable within the cycle
    customer_id: int = Field(foreign_key="customer.id")
    date: Date = Field(index=True)
    position: int
    arrive_s: int
    begin_s: int
    end_s: int
    travel_s: int
    travel_m: int
    purpose: str = Field(max_length=64)
    promise_code: str = Field(default="", max_length=64)
    appointment_code: str = Field(default="", max_length=64)
    # a colleague's customer, whom the rep visits this once
    stands_in: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})


class UnservedVisit(SQLModel, table=True):
    """A visit that is due and on no day, with the reason and the cheapest remedy found."""

    __tablename__ = "unserved_visit"

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="cycle_plan.id", index=True, ondelete="CASCADE")
    visit_id: str = Field(max_length=140)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    code: str = Field(max_length=64)
    rule: str = Field(max_length=64)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    remedy: dict[str, Any] | None = Field(default=None, sa_type=JSON)
