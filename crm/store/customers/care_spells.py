"""Who is in whose care, noted day by day, whatever brought it about."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, delete, exists, func, insert, literal, update
from sqlalchemy import select as columns
from sqlmodel import Session, col

from crm.models import CareSpell, Customer, Territory, Visit
from crm.models.care_spells import EVER, FOREVER
from crm.rules.policy import DEFAULT_POLICY
from crm.store.imports.upsert import table_of
from crm.vocabulary import CustomerStatus, Grade

SPELL = table_of(CareSpell)


def note(session: Session, today: date) -> None:
    """End the spells that do not hold any more and begin those that hold from today on.

    What is there on the first day that anything is noted has been so for ever, and in care since
    the company's records of visits begin; what comes later begins on the day on which it is seen.
    Said twice a day, the later word holds for the day.
    """
    session.flush()
    connection = session.connection()
    began = connection.execute(columns(func.min(SPELL.c.noted_on))).scalar()
    first_time = began is None or began >= today
    still = exists().where(
        col(Customer.id) == SPELL.c.customer_id,
        col(Customer.status) == CustomerStatus.ACTIVE,
        _same(Customer.territory_id, SPELL.c.territory_id),
        _same(_rep(), SPELL.c.rep_id),
        _interval() == SPELL.c.interval_days,
    )
    over = and_(SPELL.c.last_day == FOREVER, ~still)
    connection.execute(delete(SPELL).where(over, SPELL.c.noted_on >= today))
    connection.execute(update(SPELL).where(over).values(last_day=today - timedelta(days=1)))
    before = SPELL.alias("before")
    since = (
        columns(func.max(before.c.in_care_since))
        .where(
            before.c.customer_id == col(Customer.id),
            before.c.last_day == today - timedelta(days=1),
        )
        .scalar_subquery()
    )
    begins = literal(EVER if first_time else today)
    known = exists().where(SPELL.c.customer_id == col(Customer.id), SPELL.c.last_day == FOREVER)
    new = columns(
        col(Customer.id),
        begins,
        literal(FOREVER),
        func.coalesce(since, literal(_records_begin(session) if first_time else today)),
        literal(today),
        _interval(),
        col(Customer.territory_id),
        _rep(),
    ).where(col(Customer.status) == CustomerStatus.ACTIVE, ~known)
    names = (
        "customer_id first_day last_day in_care_since noted_on interval_days territory_id rep_id"
    )
    connection.execute(insert(SPELL).from_select(names.split(), new))


def _records_begin(session: Session) -> date:
    """The day of the first visit on record; without one nobody knows."""
    first = session.connection().execute(columns(func.min(col(Visit.date)))).scalar()
    return first or EVER


def _interval() -> Any:
    """The customer's own interval, else the company's for the grade and channel, else the
    product's for the grade; without a grade E's."""
    by_grade = {grade.value: policy.interval_days for grade, policy in DEFAULT_POLICY.items()}
    lowest = by_grade[Grade.E.value]
    grades = [(col(Customer.grade) == Grade(g), days) for g, days in by_grade.items()]
    return func.coalesce(
        col(Customer.interval_days), Customer.usual_interval_days, case(*grades, else_=lowest)
    )


def _rep() -> Any:
    return (
        columns(col(Territory.rep_id))
        .where(col(Territory.id) == col(Customer.territory_id))
        .correlate(table_of(Customer))
        .scalar_subquery()
    )


def _same(a: Any, b: Any) -> Any:
    """Equal, or both of nobody."""
    return func.coalesce(a, 0) == func.coalesce(b, 0)
