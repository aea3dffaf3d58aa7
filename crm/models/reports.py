"""Visit reports: what was sent is never changed; a correction is a new version."""

from datetime import date as Date
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import ReviewVerdict, VisitOutcome


class VisitReport(SQLModel, table=True):
    """拜访报告 under an id that the client chose. `body` is what was sent first, `body_sha256`
    tells a repetition from a contradiction. The facts between `planned_visit_id` and `version`
    are read out of the newest version, for queries. `distance_m`: check-in to the customer's
    place; `far`: more than the allowance and the position's own accuracy; `leaving_distance_m` the
    same of the check-out. `plan_id` is the rep's plan that the report refers to. `flags` are values
    of `ReportFlag`, as they were when the newest version came in. `first_line` and `search_text`
    are written out of its texts. `verdict` is the last review's of the newest version.
    """

    __tablename__ = "visit_report"
    __table_args__ = (
        Index("ix_visit_report_newest", "received_at", "id"),
        Index("ix_visit_report_reps_days", "rep_id", "visited_on"),
        Index("ix_visit_report_customers_days", "customer_id", "visited_on"),
        Index("ix_visit_report_unread", "verdict", "received_at", "id", "rep_id"),
    )

    id: UUID = Field(primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    rep_id: int = Field(foreign_key="rep.id")
    planned_visit_id: str = Field(default="", max_length=140)
    visited_on: Date = Field(index=True)
    checked_in_at: datetime
    checked_out_at: datetime | None = None
    outcome: VisitOutcome = Field(sa_type=stored_by_value(VisitOutcome))
    distance_m: int | None = None
    far: bool = False
    leaving_distance_m: int | None = None
    plan_id: int | None = Field(default=None, foreign_key="cycle_plan.id", index=True)
    flags: list[str] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    first_line: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    search_text: str = Field(default="", sa_column_kwargs={"server_default": ""})
    verdict: ReviewVerdict | None = Field(default=None, sa_type=stored_by_value(ReviewVerdict))
    satisfaction: int | None = None  # 1 to 5
    version: int = 1
    body: dict[str, Any] = Field(sa_type=JSON)
    body_sha256: str = Field(max_length=64)
    received_at: datetime


class VisitReportCorrection(SQLModel, table=True):
    """A later version of a report, numbered from 2; the first version stays."""

    __tablename__ = "visit_report_correction"
    __table_args__ = (UniqueConstraint("report_id", "version"),)

    id: UUID = Field(primary_key=True)
    report_id: UUID = Field(foreign_key="visit_report.id", index=True)
    version: int
    reason: str = Field(max_length=500)
    body: dict[str, Any] = Field(sa_type=JSON)
    body_sha256: str = Field(max_length=64)
    received_at: datetime


class ReportReview(SQLModel, table=True):
    """What a manager said to a version of a report."""

    __tablename__ = "report_review"

    id: UUID = Field(primary_key=True)
    report_id: UUID = Field(foreign_key="visit_report.id", index=True)
    version: int
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    actor: str = Field(default="", max_length=200)
    verdict: ReviewVerdict = Field(sa_type=stored_by_value(ReviewVerdict))
    comment: str = Field(default="", max_length=2000)
    at: datetime
