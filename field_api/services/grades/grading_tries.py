"""Grading policies tried side by side: who would move and why, and what it asks of each rep."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from crm.database import Database
from crm.rules.access import MANAGERS, Asker
from crm.rules.grading import POLICIES, SalesPercentile, grade_by_sales, sales_period
from crm.rules.reports import day_of
from crm.store import approvals
from crm.store.grades import grading
from crm.store.grades.grading import RunInShort
from crm.text import N_
from crm.vocabulary import ApprovalMatter, Grade
from field_api.errors import InvalidInput
from field_api.services.grades.grading import GradingOutcome, Move, outcome_of
from field_api.services.grades.visit_loads import Loads, loads_of
from field_api.services.people.roles import refuse_unless
from field_api.settings import Settings

SHOWN_MOVES = 200
SHOWN_RUNS = 5
NAMES: dict[str, str] = {
    "sales_percentile": N_("By sales, customers ranked"),
    "sales_cumulative": N_("By sales, money added up"),
    "head_count_tiers": N_("Five tiers by head-count"),
}
ABOUT: dict[str, str] = {
    "sales_percentile": N_(
        "Of all customers, the share that sold strictly less in twelve months: A from 90 %, B from "
        "80 %, C from 70 %, D from 60 %, E the rest. Ties share a grade."
    ),
    "sales_cumulative": N_(
        "Of all the money, the share that came from customers with strictly smaller sales in "
        "twelve months: A from 50 %, B from 30 %, C from 15 %, D from 5 %, E the rest."
    ),
    "head_count_tiers": N_(
        "Customers ranked by sales of twelve months: the best 8 % are A, the next 15 % B, 25 % C, "
        "35 % D, the last 17 % E. Ties share a grade."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What a policy comes to: its moves, from which grade to which (None: had none), and the
    reps' loads."""

    policy: SalesPercentile
    outcome: GradingOutcome
    matrix: Mapping[tuple[Grade | None, Grade], int]
    moves: Sequence[Move]
    loads: Loads

    @property
    def up(self) -> int:
        """How many are to be visited more often."""
        return sum(move.up for move in self.outcome.moves)

    @property
    def first(self) -> int:
        """How many get their first grade."""
        return sum(move.before is None for move in self.outcome.moves)

    @property
    def down(self) -> int:
        """How many are to be visited less often."""
        return len(self.outcome.moves) - self.up - self.first


@dataclass(frozen=True, kw_only=True)
class GradingShown:
    """The page of grades: how customers stand, what was tried, what waits, what was done."""

    counts: Mapping[Grade | None, int]
    may_grade: bool
    tried: Sequence[Tried]
    waiting: datetime | None
    runs: Sequence[RunInShort]
    loads: Loads


def shown(
    database: Database,
    settings: Settings,
    asker: Asker,
    looking: Asker,
    policies: Sequence[str],
    *,
    now: datetime,
) -> GradingShown:
    """The page for an asker, who is `looking` at a part of what is seen, with up to two policies
    tried. Raises `Forbidden` for who is no manager, `InvalidInput`."""
    refuse_unless(asker, MANAGERS, N_("Only managers do this; ask yours."))
    for name in policies:
        if name not in POLICIES:
            raise InvalidInput("query.policy", N_("There is no policy “{name}”."), name=name[:40])
    today = day_of(now, settings.zone)
    with database.reading() as session:
        may_grade = asker.sees_everything
        tried = []
        for name in dict.fromkeys(policies) if may_grade else ():
            policy = POLICIES[name]
            first, last = sales_period(today, policy)
            tried.append(_tried(session, asker, looking, policy, first, last))
        loads = tried[0].loads if tried else loads_of(session, looking)
        waiting = approvals.open_of(session, ApprovalMatter.GRADING)
        return GradingShown(
            counts=grading.counted(session, looking),
            may_grade=may_grade,
            tried=tried,
            waiting=waiting.asked_at if waiting else None,
            runs=grading.newest_runs(session, limit=SHOWN_RUNS) if may_grade else (),
            loads=loads,
        )


def _tried(
    session: Session, asker: Asker, looking: Asker, policy: SalesPercentile, first: date, last: date
) -> Tried:
    """All customers are graded, whoever is looked at: a share means something of all only."""
    rows = grading.to_grade(session, asker, first, last)
    found = grade_by_sales({row.id: row.sales_cents for row in rows}, policy)
    outcome = outcome_of(rows, found, policy=policy, first=first, last=last, applied=False)
    moved = {row.id: found[row.id].grade for row in rows if found[row.id].grade != row.grade}
    return Tried(
        policy=policy,
        outcome=outcome,
        matrix=Counter((row.grade, found[row.id].grade) for row in rows),
        moves=outcome.moves[:SHOWN_MOVES],
        loads=loads_of(session, looking, grades=moved),
    )
