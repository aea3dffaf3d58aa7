"""When customers were visited last and when they are due again, as columns of queries on customers.

Who is overdue is the one rule's to say, of `overdue_customers`, by who was in whose care.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, case, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col, select

from crm.models import CareSpell, Customer, Visit
from crm.models.care_spells import EVER, FOREVER
from crm.rules.policy import DEFAULT_POLICY
from crm.vocabulary import Grade


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
    """Days from visit to visit: the customer's own, else the usual ones."""
    return func.coalesce(col(Customer.interval_days), usual_days())


def usual_days() -> ColumnElement[int]:
    """Days from visit to visit by the company's word for the grade and channel, else by the
    product's for the grade; ungraded counts as E."""
    of_grades = {grade: policy.interval_days for grade, policy in DEFAULT_POLICY.items()}
    by_grade = case(of_grades, value=col(Customer.grade), else_=of_grades[Grade.E])
    return func.coalesce(col(Customer.usual_interval_days), by_grade)


def last_visit() -> ColumnElement[date]:
    """The day on which the customer was visited last; null: never."""
    days = select(func.max(Visit.date)).where(col(Visit.customer_id) == col(Customer.id))
    return days.correlate(Customer).scalar_subquery()


def due_on() -> ColumnElement[date]:
    """The day one interval after the last visit, or for whom nobody visited yet, counted from the
    first day in care; null: nobody knows since when."""
    return DaysLater(func.coalesce(last_visit(), _eve_of_care()), interval_days())


def _eve_of_care() -> ColumnElement[date]:
    """The day before the customer came into the care of today; null: not in care, or ever."""
    since = select(col(CareSpell.in_care_since)).where(
        col(CareSpell.customer_id) == col(Customer.id),
        col(CareSpell.last_day) == FOREVER,
        col(CareSpell.in_care_since) > EVER,
    )
    return DaysLater(since.correlate(Customer).limit(1).scalar_subquery(), literal(-1))


def not_visited_since(day: date) -> ColumnElement[bool]:
    """Whether nobody visited the customer on the day or later."""
    since = select(Visit.id).where(
        col(Visit.customer_id) == col(Customer.id), col(Visit.date) >= day
    )
    return ~since.correlate(Customer).exists()
