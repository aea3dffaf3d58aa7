"""Grading all active customers, and telling a customer's grade in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import GradingRun
from crm.rules.access import OPERATOR, Asker
from crm.rules.grading.grading_facts import Graded, GradingFact, sales_period
from crm.rules.grading.grading_policies import POLICIES, GradingPolicy, grade
from crm.rules.grading.sales_rank import DEFAULT_POLICY
from crm.store.grades import grading, grading_numbers
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
    evidence: Mapping[str, Any]

    @property
    def up(self) -> bool:
        """Whether the customer is to be visited more often; a first grade is neither."""
        return self.before is not None and self.after < self.before


@dataclass(frozen=True, kw_only=True)
class GradingOutcome:
    """What a run found. `counts` has every grade; `without_sales` and `negative` are among the
    graded. `lacking`: of how many customers a fact is not known that the policy asks for. `applied`
    is False for a dry run and when no customer is active."""

    policy: str
    sales_from: date
    sales_to: date
    graded: int
    counts: dict[Grade, int]
    moves: tuple[Move, ...]
    without_sales: int
    negative: int
    lacking: dict[GradingFact, int]
    applied: bool


def grade_customers(
    database: Database,
    *,
    today: date,
    now: datetime,
    dry_run: bool = False,
    policy: str = DEFAULT_POLICY.name,
    asker: Asker = OPERATOR,
) -> GradingOutcome:
    """Grade every active customer by the policy of a name and keep the run with its figures.

    A percentile means something among all customers only: raises `Refused` for an asker who
    sees a part of them, and for a policy that there is not.
    """
    if policy not in POLICIES:
        raise Refused(
            N_("There is no grading policy “{name}”; there are {names}."),
            name=policy[:40],
            names=", ".join(POLICIES),
        )
    if not asker.sees_everything:
        raise Refused(N_("Only those who see all customers may grade them."))
    first, last = sales_period(today)
    scope = database.reading() if dry_run else database.writing(by=asker, at=now)
    with scope as session:
        chosen = grading_numbers.in_force(session)[policy]
        rows, found = worked_out(session, asker, chosen, first, last)
        if found and not dry_run:
            run = GradingRun(policy=chosen.name, sales_from=first, sales_to=last, run_at=now)
            grading.keep_run(session, run, rows, found)
    applied = bool(found) and not dry_run
    return outcome_of(rows, found, policy=chosen, first=first, last=last, applied=applied)


def worked_out(
    session: Session, asker: Asker, policy: GradingPolicy, first: date, last: date
) -> tuple[Sequence[ToGrade], Mapping[int, Graded]]:
    """The asker's active customers, and the grades that a policy gives them."""
    rows = grading.to_grade(session, asker, first, last, policy.facts)
    return rows, grade({row.id: row.facts for row in rows}, policy)


def outcome_of(
    rows: Sequence[ToGrade],
    found: Mapping[int, Graded],
    *,
    policy: GradingPolicy,
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
            evidence=found[row.id].evidence(),
        )
        for row in rows
        if row.grade != found[row.id].grade
    )
    lacked = Counter(fact for one in found.values() for fact in one.missing)
    return GradingOutcome(
        policy=policy.name,
        sales_from=first,
        sales_to=last,
        graded=len(rows),
        counts={g: sum(f.grade is g for f in found.values()) for g in Grade},
        moves=moves,
        without_sales=sum(row.facts.sales_cents == 0 for row in rows),
        negative=sum(row.facts.sales_cents < 0 for row in rows),
        lacking={fact: n for fact in GradingFact if (n := lacked[fact])},
        applied=applied,
    )


def grade_history(
    database: Database, code: str, *, asker: Asker = OPERATOR
) -> list[grading.PastGrade]:
    """A customer's grades with their evidence, newest first. Raises `CustomerNotFound`."""
    with database.reading() as session:
        return grading.past_grades(session, asker, code)
