"""档案: what is known of a customer beyond the card, and the care taken of it."""

from datetime import date as Date
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import Attitude, RelationKind, SayInDecision, SourceLevel


class KeyPerson(SQLModel, table=True):
    """关键人: somebody at the customer's who matters for buying; `rank` 1 is prepared for first."""

    __tablename__ = "key_person"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=200)
    post: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=50)
    say: SayInDecision = Field(
        default=SayInDecision.UNKNOWN, sa_type=stored_by_value(SayInDecision)
    )
    attitude: Attitude = Field(default=Attitude.NONE_YET, sa_type=stored_by_value(Attitude))
    known_by: str = Field(default="", max_length=200)  # who of ours knows the person
    notes: str = Field(default="", max_length=2000)
    rank: int = 1
    version: int = 1
    removed: bool = False  # kept for the records, shown no more


class PersonRelation(SQLModel, table=True):
    """How a key person stands to another one at the same customer's, as `person_id` reports to,
    works with, listens to, … `other_id`."""

    __tablename__ = "person_relation"
    __table_args__ = (UniqueConstraint("person_id", "other_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="key_person.id", ondelete="CASCADE")
    other_id: int = Field(foreign_key="key_person.id", index=True, ondelete="CASCADE")
    kind: RelationKind = Field(sa_type=stored_by_value(RelationKind))
    note: str = Field(default="", max_length=200)


class CustomerFact(SQLModel, table=True):
    """A piece of information with its source level. A confidential one stands in the file that
    only the general manager and above may open."""

    __tablename__ = "customer_fact"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True, ondelete="CASCADE")
    topic: str = Field(max_length=100)  # credit, margin, plans, ownership, …
    content: str = Field(max_length=4000)
    source: SourceLevel = Field(sa_type=stored_by_value(SourceLevel))
    confidential: bool = False
    noted_on: Date
    noted_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    version: int = 1
    removed: bool = False  # kept for the records, shown no more


class CustomerCorrection(SQLModel, table=True):
    """A correction of a card that a rep proposed under an id that the phone chose. `body_sha256`
    tells a repetition from a contradiction."""

    __tablename__ = "customer_correction"

    id: UUID = Field(primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    rep_id: int = Field(foreign_key="rep.id", index=True)
    approval_id: UUID = Field(foreign_key="approval.id", index=True)
    body: dict[str, Any] = Field(sa_type=JSON)
    body_sha256: str = Field(max_length=64)
    received_at: datetime


class FileVerification(SQLModel, table=True):
    """A customer's file gone through in a quarter. `missing` names fields to be completed by
    `complete_by`; empty: the file is right."""

    __tablename__ = "file_verification"
    __table_args__ = (Index("ix_file_verification_in_quarter", "customer_id", "quarter"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", ondelete="CASCADE")
    quarter: str = Field(max_length=7)  # 2026-Q4
    verified_at: datetime
    verified_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    missing: list[str] = Field(default_factory=list, sa_type=JSON)
    complete_by: Date | None = Field(default=None, index=True)
    completed_at: datetime | None = None
    note: str = Field(default="", max_length=1000)


class FileLoan(SQLModel, table=True):
    """借阅卡: who opened a confidential file, when and why; `shown` are the facts' numbers."""

    __tablename__ = "file_loan"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    at: datetime = Field(index=True)
    reason: str = Field(max_length=500)
    shown: list[Any] = Field(default_factory=list, sa_type=JSON)
