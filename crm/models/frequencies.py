"""拜访频次 of the company: by grade and channel, where it differs from the product's."""

from typing import Any

from sqlalchemy import UniqueConstraint, inspect, select
from sqlalchemy import func as sql
from sqlalchemy.orm import MappedSQLExpression, column_property
from sqlmodel import Field, SQLModel, col

from crm.models.columns import stored_by_value
from crm.models.customers import Customer
from crm.vocabulary import Grade


class VisitFrequency(SQLModel, table=True):
    """How often, and for how long, customers of a grade are visited; an empty channel holds for
    all channels that have no row of their own."""

    __tablename__ = "visit_frequency"
    __table_args__ = (UniqueConstraint("grade", "channel"),)

    id: int | None = Field(default=None, primary_key=True)
    grade: Grade = Field(sa_type=stored_by_value(Grade))
    channel: str = Field(default="", max_length=100)
    interval_days: int
    service_minutes: int


def _usual(column: str) -> MappedSQLExpression[Any]:
    """What the company's table says of a customer; None where it says nothing."""
    grade = sql.coalesce(col(Customer.grade), Grade.E)
    return column_property(
        select(getattr(VisitFrequency, column))
        .where(
            col(VisitFrequency.grade) == grade,
            col(VisitFrequency.channel).in_(("", col(Customer.channel))),
        )
        .order_by(col(VisitFrequency.channel).desc())  # the channel's own before everybody's
        .limit(1)
        .correlate(Customer)
        .scalar_subquery()
    )


# Read with every card, so that no copy of the table can be out of date.
for _name, _column in (
    ("usual_interval_days", "interval_days"),
    ("usual_service_minutes", "service_minutes"),
):
    inspect(Customer).add_property(_name, _usual(_column))
