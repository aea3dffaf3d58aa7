"""审批: procedures as data, what was asked, and what was decided."""

from datetime import date as Date
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import ApprovalMatter, ApprovalState, DecisionKind, Role

OPEN_ONLY = text("state = 'open'")


class ApprovalStep(SQLModel, table=True):
    """A step of a matter's procedure, where the company has one of its own; without any, the
    product's default holds. `from_size`: the step is needed from this size of the matter on
    (rows, customers, cents: what the matter says); `alternatives`: roles of which one will do as
    well; `second_person`: whoever asks may not decide; `goes_on`: not waited for any longer when
    its time is over."""

    __tablename__ = "approval_step"
    __table_args__ = (UniqueConstraint("matter", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    matter: ApprovalMatter = Field(sa_type=stored_by_value(ApprovalMatter))
    position: int
    decides: Role = Field(sa_type=stored_by_value(Role))
    alternatives: list[str] = Field(default_factory=list, sa_type=JSON)  # roles
    within_hours: int = 48
    escalates_to: Role | None = Field(default=None, sa_type=stored_by_value(Role))
    from_size: int = 0
    lead_hours: int = 0  # how long before it takes effect it must be asked for
    second_person: bool = False
    goes_on: bool = False


class Approval(SQLModel, table=True):
    """Something asked for. `payload` is what will be done, `steps` the procedure as it stood when
    it was asked, `position` the step that is waited for, `waits_for` the roles it waits for as
    "|role|role|", `second_person` whether whoever asked may not decide that step. `rep_id`,
    `district_id` and `region_id` say whose matter it is; none of them: the company's. A special
    case was asked for later than its lead time allows."""

    __table_args__ = (
        Index(
            "ix_approval_one_open",
            "matter",
            "subject",
            unique=True,
            sqlite_where=OPEN_ONLY,
            postgresql_where=OPEN_ONLY,
        ),
    )

    id: UUID = Field(primary_key=True)
    matter: ApprovalMatter = Field(sa_type=stored_by_value(ApprovalMatter), index=True)
    subject: str = Field(max_length=140, index=True)  # the plan's number, the customer's code, …
    title: str = Field(max_length=300)  # a template of the catalogues
    title_params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    reason: str = Field(default="", max_length=1000)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    size: int = 1
    asked_by_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    asked_at: datetime = Field(index=True)
    needed_by: Date | None = None
    rep_id: int | None = Field(default=None, foreign_key="rep.id", index=True)
    district_id: int | None = Field(default=None, foreign_key="district.id", index=True)
    region_id: int | None = Field(default=None, foreign_key="region.id", index=True)
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    position: int = 0
    waits_for: str = Field(default="", max_length=100)
    second_person: bool = False
    special_case: bool = False
    due_at: datetime | None = Field(default=None, index=True)
    escalated: bool = False
    state: ApprovalState = Field(
        default=ApprovalState.OPEN, sa_type=stored_by_value(ApprovalState), index=True
    )
    closed_at: datetime | None = None
    outcome: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # what applying it gave


class ApprovalDecision(SQLModel, table=True):
    """What somebody said to an approval. It decided the steps from `position` up to `until`
    (none, if they are the same); `details` holds wishes on parts of what was asked for: for a
    plan, visits that should be on another day."""

    __tablename__ = "approval_decision"

    id: int | None = Field(default=None, primary_key=True)
    approval_id: UUID = Field(foreign_key="approval.id", index=True, ondelete="CASCADE")
    position: int
    until: int
    kind: DecisionKind = Field(sa_type=stored_by_value(DecisionKind))
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    actor: str = Field(default="", max_length=200)
    role: Role = Field(sa_type=stored_by_value(Role))
    at: datetime
    comment: str = Field(default="", max_length=2000)
    details: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
