"""Grades: what they are reckoned from, and what was decided when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.models import Customer, GradeRecord, GradingRun
from crm.rules.access import Asker
from crm.rules.grading import Graded
from crm.store import customers
from crm.store.history import sales_by_customer
from crm.store.upsert import table_of, write_columns
from crm.vocabulary import CustomerStatus, Grade


@dataclass(frozen=True, kw_only=True)
class ToGrade:
    """An active customer with the sales that count."""

    id: int
    code: str
    name: str
    grade: Grade | None
    sales_cents: int


@dataclass(frozen=True, kw_only=True)
class PastGrade:
    """A grade that was given: when, from which period's sales, and the figures."""

    run_at: datetime
    sales_from: date
    sales_to: date
    policy: str
    grade: Grade
    previous: Grade | None
    evidence: Mapping[str, Any]


def to_grade(session: Session, asker: Asker, first: date, last: date) -> list[ToGrade]:
    """The active customers that the asker may see with their sales from `first` to `last`."""
    sales = sales_by_customer(session, asker, first, last)
    query = customers.visible_to(asker).where(Customer.status == CustomerStatus.ACTIVE)
    columns = query.with_only_columns(
        col(Customer.id), col(Customer.code), col(Customer.name), col(Customer.grade)
    ).order_by(col(Customer.code))
    return [
        ToGrade(id=id_ or 0, code=code, name=name, grade=grade, sales_cents=sales.get(id_ or 0, 0))
        for id_, code, name, grade in session.connection().execute(columns)
    ]


def keep_run(
    session: Session,
    run: GradingRun,
    before: Mapping[int, Grade | None],
    found: Mapping[int, Graded],
) -> None:
    """Keep a run with each customer's record, and give the customers their grades."""
    session.add(run)
    session.flush()
    rows = [
        {
            "run_id": run.id,
            "customer_id": customer,
            "grade": graded.grade,
            "previous": before[customer],
            "evidence": graded.evidence(),
        }
        for customer, graded in found.items()
    ]
    if rows:
        session.connection().execute(insert(GradeRecord), rows)
    moved = [
        (customer, {"grade": graded.grade})
        for customer, graded in found.items()
        if graded.grade != before[customer]
    ]
    write_columns(session, table_of(Customer), moved)


def history(session: Session, asker: Asker, code: str) -> list[PastGrade]:
    """A customer's grades, newest first. Raises `CustomerNotFound`."""
    customer = customers.get(session, asker, code)
    return [_past(record, run) for record, run in session.exec(_records_of(customer))]


def latest(session: Session, customer: Customer) -> PastGrade | None:
    """The last grade given to a customer that the asker was let see."""
    found = session.exec(_records_of(customer).limit(1)).first()
    return None if found is None else _past(*found)


def _records_of(customer: Customer) -> Select[GradeRecord, GradingRun]:
    return (
        select(GradeRecord, GradingRun)
        .join(GradingRun, col(GradingRun.id) == GradeRecord.run_id)
        .where(GradeRecord.customer_id == customer.id)
        .order_by(col(GradingRun.run_at).desc(), col(GradingRun.id).desc())
    )


def _past(record: GradeRecord, run: GradingRun) -> PastGrade:
    return PastGrade(
        run_at=run.run_at,
        sales_from=run.sales_from,
        sales_to=run.sales_to,
        policy=run.policy,
        grade=record.grade,
        previous=record.previous,
        evidence=record.evidence,
    )
