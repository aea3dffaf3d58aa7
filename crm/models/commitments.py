"""What is owed to a customer: appointments and promises."""

from datetime import date as Date
from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import PromiseState


class Appointment(SQLModel, table=True):
    """A visit booked for a date and time; `begin_s` is seconds after local midnight.

    `report_id` is the visit report in which it was agreed. `sent_sha256` is of the body that it was
    made from over the API, to tell a repetition from a contradiction; empty: made otherwise.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    date: Date = Field(index=True)
    begin_s: int
    minutes: int
    note: str = Field(default="", max_length=500)
    cancelled: bool = False
    report_id: UUID | None = Field(default=None, foreign_key="visit_report.id", unique=True)
    sent_sha256: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})


class Promise(SQLModel, table=True):
    """承诺: what, to whom, by when, and whose it is. `due` is the last day on which it is kept.

    `evidence` says what shows that it was kept, or why it was withdrawn; `attachment_id` is a photo
    that shows it. `sent_sha256` as of an appointment. `version` goes up by a change.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    owner_rep_id: int | None = Field(default=None, foreign_key="rep.id", index=True)
    what: str = Field(max_length=500)
    to_whom: str = Field(default="", max_length=200)
    made_on: Date
    due: Date = Field(index=True)
    state: PromiseState = Field(default=PromiseState.OPEN, sa_type=stored_by_value(PromiseState))
    closed_at: datetime | None = None
    evidence: str = Field(default="", max_length=1000)
    report_id: UUID | None = Field(default=None, foreign_key="visit_report.id", index=True)
    escalated_at: datetime | None = None  # when a manager was told that it is late
    attachment_id: UUID | None = Field(default=None, foreign_key="attachment.id", index=True)
    sent_sha256: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
