"""What geocoders answered, and the places that a person has to settle."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import JSON, Field, SQLModel


class GeocodingAnswer(SQLModel, table=True):
    """A question to a geocoder and what it answered, so that it is asked once. `question` is a
    normalised address, or `@lat,lon` for what is at a position; no candidates: nothing found."""

    __tablename__ = "geocoding_answer"
    __table_args__ = (UniqueConstraint("provider", "question"),)

    id: int | None = Field(default=None, primary_key=True)
    provider: str = Field(max_length=20)
    question: str = Field(max_length=400)
    answered_at: datetime
    candidates: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class DoubtfulPlace(SQLModel, table=True):
    """What a geocoder found for a customer without a place, and why nobody may rely on it.

    `address` is the question as it was asked; once the card says another, it is asked again.
    """

    __tablename__ = "doubtful_place"

    customer_id: int = Field(primary_key=True, foreign_key="customer.id", ondelete="CASCADE")
    provider: str = Field(max_length=20)
    address: str = Field(max_length=400)
    noticed_at: datetime
    doubts: list[str] = Field(default_factory=list, sa_type=JSON)
    candidates: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
