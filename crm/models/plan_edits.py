"""What people changed in a plan by hand, with what it takes to undo it."""

from datetime import date as Date
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import PlanEditKind


class PlanEdit(SQLModel, table=True):
    """A change of one plan by hand. A visit that passes to another rep changes two plans: two rows
    of one `deed`. `plan_id` is the plan with the change in it, `before_plan_id` the one before it:
    the same while it is not in force, and `document` is that one as it was. `fingerprint_before`
    and `fingerprint_after` tell whether the plan is still the one that somebody looks at."""

    __tablename__ = "plan_edit"

    id: int | None = Field(default=None, primary_key=True)
    deed: UUID = Field(index=True)
    plan_id: int = Field(foreign_key="cycle_plan.id", index=True, ondelete="CASCADE")
    before_plan_id: int = Field(foreign_key="cycle_plan.id", index=True, ondelete="CASCADE")
    kind: PlanEditKind = Field(sa_type=stored_by_value(PlanEditKind))
    visit_id: str = Field(max_length=140)
    customer_id: int = Field(foreign_key="customer.id")
    before_on: Date | None = None  # the visit's day before, where it had one
    after_on: Date | None = None
    leave_noted: bool = False  # with the hand-over of an absence; undoing that ends it
    purpose: str = Field(default="", max_length=500)  # 说明重新规划的目的
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    actor: str = Field(default="", max_length=200)
    made_at: datetime
    undone_at: datetime | None = None
    fingerprint_before: str = Field(max_length=64)
    fingerprint_after: str = Field(max_length=64)
    document: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
