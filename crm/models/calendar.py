"""Days that are not like their weekday, for a country or for one rep."""

from datetime import date as Date  # a field named date would hide the type

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from crm.models.columns import stored_by_value
from crm.vocabulary import DayPart, LeaveKind


class CalendarDay(SQLModel, table=True):
    """A day of a country (two letters of ISO 3166) as the operator states it: worked by everyone
    with a full week, or by nobody. It comes before what is known of the country otherwise."""

    __tablename__ = "calendar_day"
    __table_args__ = (UniqueConstraint("country", "date"),)

    id: int | None = Field(default=None, primary_key=True)
    country: str = Field(max_length=8)
    date: Date
    is_workday: bool
    name: str = Field(default="", max_length=200)


class RepLeave(SQLModel, table=True):
    """请假: a rep does not work from `first_day` to `last_day`, both included, or only one half
    of each of these days."""

    __tablename__ = "rep_leave"
    __table_args__ = (UniqueConstraint("rep_id", "first_day", "part"),)

    id: int | None = Field(default=None, primary_key=True)
    rep_id: int = Field(foreign_key="rep.id", index=True)
    first_day: Date
    last_day: Date = Field(index=True)
    part: DayPart = Field(default=DayPart.WHOLE, sa_type=stored_by_value(DayPart))
    kind: LeaveKind = Field(default=LeaveKind.OTHER, sa_type=stored_by_value(LeaveKind))
    note: str = Field(default="", max_length=500)
