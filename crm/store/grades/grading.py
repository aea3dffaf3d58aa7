"""Grades: what they are reckoned from, and what was decided when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.models import Customer, GradeRecord, GradingRun
from crm.rules.access import Asker
from crm.rules.grading import Graded
from crm.store.customers import customers
from crm.store.customers.history import sales_by_customer
from crm.store.house import audit
from crm.store.imports.upsert import table_of, write_columns
from crm.vocabulary import CustomerStatus, Grade

NOUN = "grading_run"  # in the audit trail


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


@dataclass(frozen=True, kw_only=True)
class RunInShort:
    """A run with how many customers it graded and how many of them moved."""

    run: GradingRun
    graded: int
    moved: int


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


def counted(session: Session, asker: Asker) -> dict[Grade | None, int]:
    """How many of the asker's active customers have each grade (None: none yet)."""
    query = (
        select(col(Customer.grade), func.count())
        .where(customers.are_visible_to(asker), Customer.status == CustomerStatus.ACTIVE)
        .group_by(col(Customer.grade))
    )
    return {grade: int(count) for grade, count in session.connection().execute(query)}


def keep_run(
    session: Session, run: GradingRun, rows: Sequence[ToGrade], found: Mapping[int, Graded]
) -> None:
    """Keep a run with each customer's record, give the customers their grades, and note in the
    trail whose changed."""
    session.add(run)
    session.flush()
    records = [
        {
            "run_id": run.id,
            "customer_id": row.id,
            "grade": found[row.id].grade,
            "previous": row.grade,
            "evidence": found[row.id].evidence(),
        }
        for row in rows
    ]
    if records:
        session.connection().execute(insert(GradeRecord), records)
    moved = [(row, found[row.id].grade) for row in rows if found[row.id].grade != row.grade]
    write_columns(session, table_of(Customer), [(row.id, {"grade": grade}) for row, grade in moved])
    entry = audit.record(
        session,
        "grade",
        noun=NOUN,
        key=str(run.id),
        details={"policy": run.policy, "graded": len(rows), "moved": len(moved)},
    )
    audit.note_fields(
        session,
        entry,
        "customer",
        ((row.code, ("grade", row.grade, grade)) for row, grade in moved),
    )


def newest_runs(session: Session, *, limit: int, before: int | None = None) -> list[RunInShort]:
    """Up to `limit` runs, the last one first, those before one; of the whole company, so for those
    only who see all customers."""
    moved = func.sum(case((_differs(), 1), else_=0))
    query = (
        select(GradingRun, func.count(col(GradeRecord.id)), func.coalesce(moved, 0))
        .join(GradeRecord, col(GradeRecord.run_id) == GradingRun.id, isouter=True)
        .group_by(col(GradingRun.id))
        .order_by(col(GradingRun.id).desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(col(GradingRun.id) < before)
    return [
        RunInShort(run=run, graded=graded, moved=int(moved))
        for run, graded, moved in session.exec(query)
    ]


def _differs() -> ColumnElement[bool]:
    return col(GradeRecord.grade).is_distinct_from(col(GradeRecord.previous))


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
