"""Grading policies tried side by side: who would move and why, and what it asks of each rep."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from crm.database import Database
from crm.rules.access import MANAGERS, Asker
from crm.rules.grading.grading_facts import sales_period
from crm.rules.grading.grading_policies import POLICIES, GradingPolicy
from crm.rules.reports import day_of
from crm.store import approvals
from crm.store.grades import grading, grading_numbers
from crm.store.grades.grading import RunInShort
from crm.text import N_
from crm.vocabulary import ApprovalMatter, Grade
from field_api.errors import InvalidInput
from field_api.services.grades.grading import GradingOutcome, Move, outcome_of, worked_out
from field_api.services.grades.visit_loads import Loads, loads_of
from field_api.services.people.roles import refuse_unless
from field_api.settings import Settings

SHOWN_MOVES = 200  # in all, of the policies that are tried
SHOWN_RUNS = 5


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What a policy comes to: its moves, from which grade to which (None: had none), and the
    reps' loads."""

    policy: GradingPolicy
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
    policies: Sequence[GradingPolicy]
    tried: Sequence[Tried]
    waiting: datetime | None
    runs: Sequence[RunInShort]
    loads: Loads


def shown(
    database: Database,
    settings: Settings,
    asker: Asker,
    looking: Asker,
    wanted: Sequence[str],
    *,
    now: datetime,
) -> GradingShown:
    """The page for an asker, who is `looking` at a part of what is seen, with the wanted
    policies tried. Raises `Forbidden` for who is no manager, `InvalidInput`."""
    refuse_unless(asker, MANAGERS, N_("Only managers do this; ask yours."))
    names = tuple(dict.fromkeys(wanted))
    for name in names:
        if name not in POLICIES:
            raise InvalidInput("query.policy", N_("There is no policy “{name}”."), name=name[:40])
    first, last = sales_period(day_of(now, settings.zone))
    with database.reading() as session:
        may_grade = asker.sees_everything
        policies = grading_numbers.in_force(session)
        tried = [
            _tried(session, asker, looking, policies[name], first, last, SHOWN_MOVES // len(names))
            for name in (names if may_grade else ())
        ]
        loads = tried[0].loads if tried else loads_of(session, looking)
        waiting = approvals.open_of(session, ApprovalMatter.GRADING)
        return GradingShown(
            counts=grading.counted(session, looking),
            may_grade=may_grade,
            policies=tuple(policies.values()),
            tried=tried,
            waiting=waiting.asked_at if waiting else None,
            runs=grading.newest_runs(session, limit=SHOWN_RUNS) if may_grade else (),
            loads=loads,
        )


def _tried(
    session: Session,
    asker: Asker,
    looking: Asker,
    policy: GradingPolicy,
    first: date,
    last: date,
    shown_moves: int,
) -> Tried:
    """All customers are graded, whoever is looked at: a share means something of all only."""
    rows, found = worked_out(session, asker, policy, first, last)
    outcome = outcome_of(rows, found, policy=policy, first=first, last=last, applied=False)
    moved = {row.id: found[row.id].grade for row in rows if found[row.id].grade != row.grade}
    return Tried(
        policy=policy,
        outcome=outcome,
        matrix=Counter((row.grade, found[row.id].grade) for row in rows),
        moves=outcome.moves[:shown_moves],
        loads=loads_of(session, looking, grades=moved),
    )
