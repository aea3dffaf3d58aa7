"""The one audit trail: who did what when and why, and what each field was before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import Role

ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers INTEGER keys only
LONGEST_REASON = 4000  # of all that people may say to what they do


class AuditEntry(SQLModel, table=True):
    """Something that was done. `noun` and `key` name what it was done to (`customer`, its code);
    `actor` is the name at that time. Entries are added and never changed."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "noun", "key"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    at: datetime = Field(index=True)
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    actor: str = Field(default="", max_length=200)
    role: Role = Field(sa_type=stored_by_value(Role))
    action: str = Field(max_length=64, index=True)
    noun: str = Field(max_length=64)
    key: str = Field(default="", max_length=140)
    reason: str = Field(default="", max_length=LONGEST_REASON)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    request_id: str = Field(default="", max_length=64)


class FieldChange(SQLModel, table=True):
    """A field's value before and after, as JSON; who and why stand in the entry."""

    __tablename__ = "field_change"
    __table_args__ = (Index("ix_field_change_subject", "noun", "key", "field"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=ROW_NUMBER)
    entry_id: int = Field(foreign_key="audit_entry.id", index=True, sa_type=ROW_NUMBER)
    noun: str = Field(max_length=64)
    key: str = Field(max_length=140)
    field: str = Field(max_length=64)
    before: Any = Field(default=None, sa_type=JSON)
    after: Any = Field(default=None, sa_type=JSON)
