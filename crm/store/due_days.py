"""When customers were visited last and when they are due again, as columns of queries on customers.

Overdue is whoever is visited, was visited before and is past the due day; a customer never visited
yet has no due day, and is found by its missing last visit.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col, select

from crm.models import Customer, Visit
from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import CustomerStatus, Grade


class DaysLater(FunctionElement[date]):
    """A day and a number of days: the day so many days later, on every database."""

    name = "days_later"
    type = Date()
    inherit_cache = True


@compiles(DaysLater, "sqlite")
def _in_sqlite(element: DaysLater, compiler: Any, **kw: Any) -> str:
    day, days = element.clauses
    return f"date({compiler.process(day, **kw)}, ({compiler.process(days, **kw)}) || ' days')"


@compiles(DaysLater)
def _elsewhere(element: DaysLater, compiler: Any, **kw: Any) -> str:
    day, days = element.clauses
    return f"(({compiler.process(day, **kw)}) + ({compiler.process(days, **kw)}))"


def interval_days() -> ColumnElement[int]:
    """Days from visit to visit: the customer's own, else the grade's; ungraded counts as E."""
    of_grades = {grade: policy.interval_days for grade, policy in DEFAULT_POLICY.items()}
    ungraded = of_grades[Grade.E]
    return func.coalesce(
        col(Customer.interval_days), case(of_grades, value=col(Customer.grade), else_=ungraded)
    )


def last_visit() -> ColumnElement[date]:
    """The day on which the customer was visited last; null: never."""
    days = select(func.max(Visit.date)).where(col(Visit.customer_id) == col(Customer.id))
    return days.correlate(Customer).scalar_subquery()


def due_on() -> ColumnElement[date]:
    """The day one interval after the last visit; null: never visited."""
    return DaysLater(last_visit(), interval_days())


def is_overdue(today: date) -> ColumnElement[bool]:
    """Whether an active customer is past its due day."""
    return and_(col(Customer.status) == CustomerStatus.ACTIVE, due_on() < literal(today, Date))


def not_visited_since(day: date) -> ColumnElement[bool]:
    """Whether nobody visited the customer on the day or later."""
    since = select(Visit.id).where(
        col(Visit.customer_id) == col(Customer.id), col(Visit.date) >= day
    )
    return ~since.correlate(Customer).exists()
