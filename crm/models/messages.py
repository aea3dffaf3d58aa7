"""What people are told: in the product, and on its way out of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import ChannelKind, DeliveryState


class Message(SQLModel, table=True):
    """A message to a person: `text` is a template of the catalogues. The same `key` is told a
    person once."""

    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True, ondelete="CASCADE")
    key: str = Field(max_length=200)
    kind: str = Field(max_length=64)
    text: str = Field(max_length=500)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    noun: str = Field(default="", max_length=64)  # what it is about
    subject: str = Field(default="", max_length=140)
    created_at: datetime = Field(index=True)
    read_at: datetime | None = None


class Delivery(SQLModel, table=True):
    """A message on its way to an address outside the product."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True, ondelete="CASCADE")
    kind: ChannelKind = Field(sa_type=stored_by_value(ChannelKind))
    address: str = Field(max_length=500)
    state: DeliveryState = Field(
        default=DeliveryState.WAITING, sa_type=stored_by_value(DeliveryState), index=True
    )
    attempts: int = 0
    not_before: datetime
    sent_at: datetime | None = None
    error: str = Field(default="", max_length=500)
