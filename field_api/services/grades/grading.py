"""Grading all active customers, and telling a customer's grade in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crm.database import Database
from crm.errors import Refused
from crm.models import GradingRun
from crm.rules.access import OPERATOR, Asker
from crm.rules.grading import DEFAULT_POLICY, Graded, SalesPercentile, grade_by_sales, sales_period
from crm.store.grades import grading
from crm.store.grades.grading import ToGrade
from crm.text import N_
from crm.vocabulary import Grade


@dataclass(frozen=True, kw_only=True)
class Move:
    """A customer whose grade differs from before (None: had none), and the figures why."""

    code: str
    name: str
    before: Grade | None
    after: Grade
    percentile: float
    evidence: Mapping[str, Any]

    @property
    def up(self) -> bool:
        """Whether the customer is to be visited more often; a first grade is neither."""
        return self.before is not None and self.after < self.before


@dataclass(frozen=True, kw_only=True)
class GradingOutcome:
    """What a run found. `counts` has every grade; `without_sales` and `negative` are among the
    graded. `applied` is False for a dry run and when no customer is active."""

    policy: str
    sales_from: date
    sales_to: date
    graded: int
    counts: dict[Grade, int]
    moves: tuple[Move, ...]
    without_sales: int
    negative: int
    applied: bool


def grade_customers(
    database: Database,
    *,
    today: date,
    now: datetime,
    dry_run: bool = False,
    policy: SalesPercentile = DEFAULT_POLICY,
    asker: Asker = OPERATOR,
) -> GradingOutcome:
    """Grade every active customer by the policy and keep the run with its figures.

    A percentile means something among all customers only: raises `Refused` for an asker who
    sees a part of them.
    """
    if not asker.sees_everything:
        raise Refused(N_("Only those who see all customers may grade them."))
    first, last = sales_period(today, policy)
    scope = database.reading() if dry_run else database.writing(by=asker, at=now)
    with scope as session:
        rows = grading.to_grade(session, asker, first, last)
        found = grade_by_sales({row.id: row.sales_cents for row in rows}, policy)
        if found and not dry_run:
            run = GradingRun(policy=policy.name, sales_from=first, sales_to=last, run_at=now)
            grading.keep_run(session, run, rows, found)
    applied = bool(found) and not dry_run
    return outcome_of(rows, found, policy=policy, first=first, last=last, applied=applied)


def outcome_of(
    rows: Sequence[ToGrade],
    found: Mapping[int, Graded],
    *,
    policy: SalesPercentile,
    first: date,
    last: date,
    applied: bool,
) -> GradingOutcome:
    """What a grading of customers comes to."""
    moves = tuple(
        Move(
            code=row.code,
            name=row.name,
            before=row.grade,
            after=found[row.id].grade,
            percentile=found[row.id].percentile,
            evidence=found[row.id].evidence(),
        )
        for row in rows
        if row.grade != found[row.id].grade
    )
    return GradingOutcome(
        policy=policy.name,
        sales_from=first,
        sales_to=last,
        graded=len(rows),
        counts={g: sum(f.grade is g for f in found.values()) for g in Grade},
        moves=moves,
        without_sales=sum(row.sales_cents == 0 for row in rows),
        negative=sum(row.sales_cents < 0 for row in rows),
        applied=applied,
    )


def grade_history(
    database: Database, code: str, *, asker: Asker = OPERATOR
) -> list[grading.PastGrade]:
    """A customer's grades with their evidence, newest first. Raises `CustomerNotFound`."""
    with database.reading() as session:
        return grading.history(session, asker, code)
