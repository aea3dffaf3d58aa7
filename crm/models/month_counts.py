"""Months in counts: what the figures of coverage and of reps are made of, reckoned once a day."""

from datetime import date as Date
from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class TerritoryMonth(SQLModel, table=True):
    """A territory and the rep who had it, in the month that begins on `month`, as far as it had
    gone on `until`. `customers` were active in it, `covered` of them visited; `required` visits
    fell due, `done` were made, `attained` is Σ min(done, required) by customer; `planned` visits
    stood in plans in force, `closed` of them found the door closed, `on_day` were made on their
    day; of `gaps` between visits `gaps_kept` were in time; `overdue` of `with_interval` customers
    were past their due day on `until`."""

    __tablename__ = "territory_month"
    __table_args__ = (Index("ix_territory_month", "month", "territory_id"),)

    id: int | None = Field(default=None, primary_key=True)
    month: Date
    until: Date
    reckoned_at: datetime
    territory_id: int | None = Field(default=None, foreign_key="territory.id", ondelete="SET NULL")
    rep_id: int | None = Field(default=None, foreign_key="rep.id")
    customers: int = 0
    covered: int = 0
    required: int = 0
    done: int = 0
    attained: int = 0
    planned: int = 0
    closed: int = 0
    on_day: int = 0
    gaps: int = 0
    gaps_kept: int = 0
    with_interval: int = 0
    overdue: int = 0


class RepMonth(SQLModel, table=True):
    """A rep's own work in the month that begins on `month`, as far as it had gone on `until`:
    `visits` on `field_days`; `reported` visits with a report, `productive` of them with an order,
    `timely` of them reported within the hours allowed; `with_window` arrivals at a booked time,
    `in_window` of them on it; promises `due` and `kept`; seconds and metres as planned."""

    __tablename__ = "rep_month"
    __table_args__ = (Index("ix_rep_month", "month", "rep_id"),)

    id: int | None = Field(default=None, primary_key=True)
    month: Date
    until: Date
    reckoned_at: datetime
    rep_id: int = Field(foreign_key="rep.id")
    visits: int = 0
    field_days: int = 0
    reported: int = 0
    productive: int = 0
    timely: int = 0
    with_window: int = 0
    in_window: int = 0
    due: int = 0
    kept: int = 0
    travel_s: int = 0
    away_s: int = 0
    travel_m: int = 0
