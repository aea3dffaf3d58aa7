"""Hours at which driving takes longer, or less."""

from sqlmodel import Field, SQLModel

from crm.rules.peak_hours import QUICKEST_PERCENT, SLOWEST_PERCENT


class PeakHours(SQLModel, table=True):
    """From `from_s` until `to_s` (local time) on some weekdays driving takes `percent` hundredths
    of the ordinary time, in a district or, where that has no rows, in the whole company.
    `weekdays` are digits, Monday is 0."""

    __tablename__ = "peak_hours"

    id: int | None = Field(default=None, primary_key=True)
    district_id: int | None = Field(default=None, foreign_key="district.id", index=True)
    weekdays: str = Field(max_length=7)
    from_s: int
    to_s: int
    percent: int = Field(ge=QUICKEST_PERCENT, le=SLOWEST_PERCENT)
