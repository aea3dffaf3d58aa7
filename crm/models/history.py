"""What happened: sales, visits made, and the grades that followed from them."""

from datetime import date as Date
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import Grade


class Sale(SQLModel, table=True):
    """What a customer bought of a product on a day (or in the month that begins on it).
    `amount_cents` and `margin_cents` (毛利; None: not known) are in hundredths of the company's
    currency."""

    __table_args__ = (
        UniqueConstraint("customer_id", "date", "product"),
        # what a period's sales are added up from, without a look at the rows
        Index("ix_sale_of_days", "date", "product", "customer_id", "amount_cents", "margin_cents"),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    date: Date
    product: str = Field(default="", max_length=100)
    amount_cents: int = Field(sa_type=BigInteger)
    margin_cents: int | None = Field(default=None, sa_type=BigInteger)


class Visit(SQLModel, table=True):
    """A visit that was made: from the company's records or from a visit report."""

    __table_args__ = (UniqueConstraint("customer_id", "date", "rep_id"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    rep_id: int | None = Field(default=None, foreign_key="rep.id", index=True)
    date: Date
    report_id: UUID | None = Field(default=None, foreign_key="visit_report.id", index=True)


class GradingRun(SQLModel, table=True):
    """One application of a grading policy to all active customers."""

    __tablename__ = "grading_run"

    id: int | None = Field(default=None, primary_key=True)
    policy: str = Field(max_length=64)
    sales_from: Date
    sales_to: Date
    run_at: datetime


class GradeRecord(SQLModel, table=True):
    """A customer's grade in a run, the one before, and the figures that led to it."""

    __tablename__ = "grade_record"
    __table_args__ = (UniqueConstraint("run_id", "customer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="grading_run.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    grade: Grade = Field(sa_type=stored_by_value(Grade))
    previous: Grade | None = Field(default=None, sa_type=stored_by_value(Grade))
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
