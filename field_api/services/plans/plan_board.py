"""The reps with this cycle's and the next cycle's plan, and what is being planned just now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from crm.database import Database
from crm.models import Rep
from crm.rules.access import Asker
from crm.rules.jobs import OPEN, state_of_all
from crm.store.people import people
from crm.store.plans import plan_board, planning_runs
from crm.store.plans.plan_board import PlanLine
from crm.text import N_
from crm.vocabulary import PlanState
from field_api.services.planning.figures import total
from field_api.services.plans.planning_runs import rep_answer
from field_api.wording import Language

WEEKS = 4
A_DAY = timedelta(days=1)
RUNS_LOOKED_AT = 4  # the last ones asked for
WORDS: dict[str, tuple[str, str]] = {  # how a state is shown, and in which words
    "draft": ("planned", N_("draft")),
    "at_rep": ("waiting", N_("with the rep to confirm")),
    "confirmed": ("waiting", N_("confirmed by the rep, waits for approval")),
    "published": ("good", N_("published")),
    "refused": ("unserved", N_("sent back")),
    "replaced": ("unserved", N_("replaced by a newer plan")),
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A plan in figures; `kind` and `words` say its state."""

    line: PlanLine

    @property
    def standing(self) -> str:
        """One of the keys of `WORDS`."""
        if self.line.state is PlanState.PROPOSED:
            return "confirmed" if self.line.steps_done else "at_rep"
        return self.line.state.value

    @property
    def kind(self) -> str:
        """How the state is drawn."""
        return WORDS[self.standing][0]

    @property
    def words(self) -> str:
        """What the state is called."""
        return WORDS[self.standing][1]

    @property
    def figures(self) -> dict[str, Any]:
        """The plan's figures, those missing as 0."""
        return defaultdict(int, self.line.figures)

    @property
    def unserved(self) -> int:
        """Visits due without a day."""
        return max(0, int(self.figures["required"]) - int(self.figures["planned"]))


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """A rep with the plan in force and with the next one."""

    rep: Rep
    now: tuple[Cell, ...] = ()
    next: tuple[Cell, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunShown:
    """A run that has not ended, with its reps' progress."""

    id: UUID
    first_day: date
    asked_by: str
    state: str
    reps: Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Board:
    """The reps, the sums over the plans shown, and where the next cycle would begin."""

    rows: tuple[BoardRow, ...]
    runs: tuple[RunShown, ...]
    next_first: date
    weeks: int
    sums: dict[str, dict[str, Any]] = field(default_factory=dict)


def board(database: Database, asker: Asker, *, today: date, language: Language) -> Board:
    """Every rep of the asker's with the plans of today and after."""
    with database.reading() as session:
        reps = plan_board.reps_of(session, asker)
        lines = plan_board.lines(session, asker, since=today)
        runs = tuple(_running(session, asker, language))
    of_rep: dict[int, list[PlanLine]] = defaultdict(list)
    for line in lines:
        of_rep[line.rep_id].append(line)
    rows = tuple(_row(rep, of_rep[rep.id or 0], today) for rep in reps)
    published = [line for line in lines if line.state is PlanState.PUBLISHED]
    ends = [line.last_day for line in published if line.first_day <= today]
    first = max(ends, default=None)
    return Board(
        rows=rows,
        runs=runs,
        next_first=first + A_DAY if first else _monday_after(today),
        weeks=_weeks(published),
        sums={
            "now": _summed([cell for row in rows for cell in row.now[:1]]),
            "next": _summed([cell for row in rows for cell in row.next[:1]]),
        },
    )


def _summed(cells: Sequence[Cell]) -> dict[str, Any]:
    """The figures of plans added up, those missing as 0; empty where there is no plan."""
    summed = total([dict(cell.figures) for cell in cells])
    return defaultdict(int, summed) if cells else {}


def _row(rep: Rep, lines: Sequence[PlanLine], today: date) -> BoardRow:
    """The last made of each state first; drafts that overlap the plan in force belong to now."""
    published = [line for line in lines if line.state is PlanState.PUBLISHED]
    running = next((line for line in published if line.first_day <= today), None)
    later = [line for line in lines if line.first_day > (running.last_day if running else today)]
    now = [line for line in lines if line not in later and line is not running]
    return BoardRow(
        rep=rep,
        now=tuple(Cell(line=line) for line in ([running] if running else []) + _newest(now)),
        next=tuple(Cell(line=line) for line in _newest(later)),
    )


def _newest(lines: Sequence[PlanLine]) -> list[PlanLine]:
    """Of each first day and state the last made, what is on its way before what is published."""
    order = [PlanState.PROPOSED, PlanState.DRAFT, PlanState.PUBLISHED, PlanState.REFUSED]
    last = {(line.first_day, line.state): line for line in lines}
    on_its_way = {line.first_day for line in lines if line.state is not PlanState.REFUSED}
    kept = [
        line
        for line in last.values()
        if line.state is not PlanState.REFUSED or line.first_day not in on_its_way
    ]
    return sorted(kept, key=lambda line: (line.first_day, order.index(line.state)))


def _running(session: Any, asker: Asker, language: Language) -> list[RunShown]:
    found = []
    for run in planning_runs.newest(session, asker, after=None, limit=RUNS_LOOKED_AT):
        reps = planning_runs.reps_of(session, asker, run.id)
        if not any(rep.job.state in OPEN for rep in reps):
            continue
        _, user = planning_runs.get(session, asker, run.id)
        found.append(
            RunShown(
                id=run.id,
                first_day=date.fromisoformat(run.request["first_day"]),
                asked_by=user.name if user is not None else "",
                state=state_of_all(rep.job.state for rep in reps).value,
                reps=[rep_answer(rep, language) for rep in reps],
            )
        )
    return found


def _monday_after(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _weeks(published: Sequence[PlanLine]) -> int:
    lengths = [((line.last_day - line.first_day).days + 1) // 7 for line in published]
    return max(1, max(lengths, default=WEEKS))


def rep_named(database: Database, asker: Asker, rep_code: str) -> Rep:
    """A rep of the asker's. Raises `RepNotFound`."""
    with database.reading() as session:
        return people.get_rep(session, asker, rep_code)
