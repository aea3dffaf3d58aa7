"""Grades: what they are reckoned from, and what was decided when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from crm.models import Customer, GradeRecord, GradingRun
from crm.rules.access import Asker
from crm.rules.grading.grading_facts import (
    Facts,
    Graded,
    GradingFact,
    growth_years,
    reaches_back,
    whole_years,
)
from crm.store.customers import customers, history
from crm.store.house import audit
from crm.store.imports.upsert import table_of, write_columns
from crm.vocabulary import CustomerStatus, Grade

NOUN = "grading_run"  # in the audit trail
A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ToGrade:
    """An active customer with the figures that count."""

    id: int
    code: str
    name: str
    grade: Grade | None
    facts: Facts


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


def to_grade(
    session: Session,
    asker: Asker,
    first: date,
    last: date,
    needed: Collection[GradingFact] = frozenset(),
) -> list[ToGrade]:
    """The active customers that the asker may see with their sales from `first` to `last`, and
    those of the other facts that are needed."""
    figures = _Figures(session, asker, first, last, needed)
    query = customers.visible_to(asker).where(Customer.status == CustomerStatus.ACTIVE)
    columns = query.with_only_columns(
        col(Customer.id),
        col(Customer.code),
        col(Customer.name),
        col(Customer.grade),
        col(Customer.credit_score),
        col(Customer.customer_since),
    ).order_by(col(Customer.code))
    return [
        ToGrade(
            id=id_ or 0,
            code=code,
            name=name,
            grade=grade,
            facts=figures.of(id_ or 0, credit, since),
        )
        for id_, code, name, grade, credit, since in session.connection().execute(columns)
    ]


class _Figures:
    """What sales tell of the asker's customers, a query for each fact that is needed."""

    def __init__(
        self,
        session: Session,
        asker: Asker,
        first: date,
        last: date,
        needed: Collection[GradingFact],
    ) -> None:
        self.last, self.needed = last, needed
        self.sales = history.sales_by_customer(session, asker, first, last)
        self.margins: Mapping[int, tuple[int, int]] = {}
        self.firsts: Mapping[int, date] = {}
        self.year: Mapping[int, int] = {}
        self.before: Mapping[int, int] | None = None
        if GradingFact.MARGIN in needed:
            self.margins = history.margins_by_customer(session, asker, first, last)
        if GradingFact.YEARS in needed:
            self.firsts = history.first_sales(session, asker)
        if GradingFact.GROWTH in needed:
            begin, middle, end = growth_years(last)
            if reaches_back(history.first_sale(session), begin):
                self.year = history.sales_by_customer(session, asker, middle, end)
                self.before = history.sales_by_customer(session, asker, begin, middle - A_DAY)

    def of(self, customer: int, credit: int | None, since: date | None) -> Facts:
        """A customer's."""
        margin, margin_of = self.margins.get(customer, (None, 0))
        begun = since or self.firsts.get(customer)
        years = GradingFact.YEARS in self.needed
        return Facts(
            sales_cents=self.sales.get(customer, 0),
            year_cents=self.year.get(customer, 0),
            before_cents=None if self.before is None else self.before.get(customer, 0),
            margin_cents=margin,
            margin_of_cents=margin_of,
            years=whole_years(begun, self.last) if years and begun else None,
            since_first_sale=years and since is None and begun is not None,
            credit=credit if GradingFact.CREDIT in self.needed else None,
        )


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


def past_grades(session: Session, asker: Asker, code: str) -> list[PastGrade]:
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
