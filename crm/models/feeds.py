"""Calendar feeds: a rep's route for calendar programs, under an address that can be taken back."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class CalendarFeed(SQLModel, table=True):
    """A feed's secret address, kept as its SHA-256."""

    __tablename__ = "calendar_feed"

    id: int | None = Field(default=None, primary_key=True)
    rep_id: int = Field(foreign_key="rep.id", index=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    token_sha256: str = Field(unique=True, max_length=64)
    created_at: datetime
    revoked_at: datetime | None = None
