"""A plan as a calendar: weeks and days with their visits in order, and what has no day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, ApprovalDecision, CyclePlan, Rep
from crm.rules.access import Asker
from crm.rules.plan_states import is_to_come, may_be_changed, was_sent_back
from crm.rules.reports import day_of
from crm.store import approvals
from crm.store.days import days
from crm.store.people import people
from crm.store.plans import plan_board, plan_edits, plan_list, publishing
from crm.vocabulary import ApprovalState, PlanState
from field_api.house import House
from field_api.schemas.plan_edits import EditAnswer
from field_api.schemas.plan_wishes import PlanWishAnswer
from field_api.services.people.accounts import zone_of
from field_api.services.plan_edits.told import edit_answers
from field_api.services.plans import plan_wishes
from field_api.services.plans.plan_approval import MATTER
from field_api.services.plans.plan_board import Cell
from field_api.services.plans.plan_fit import doubts, obstacles
from field_api.services.plans.plan_remedies import Missing, changes_from, missing_of
from field_api.services.plans.plan_weeks import DayShown, problem_of, weekdays_of, weeks_of
from field_api.services.plans.plans import replan_reasons
from field_api.settings import Settings
from field_api.wording import Language, say

EDITS_SHOWN = 8
BESIDE = (PlanState.DRAFT, PlanState.PROPOSED, PlanState.PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class Round:
    """A time that a plan was sent for approval, and what was said to it."""

    asked: Approval
    said: tuple[ApprovalDecision, ...]


@dataclass(frozen=True, kw_only=True)
class PlanShown:
    """A plan as its page shows it. `comparable`: another of these days is published. `sendable`:
    it may be sent, or sent again; `in_the_way` is the number of another plan of the same days, with
    which to go on instead."""

    rep: Rep
    row: CyclePlan
    cell: Cell
    weeks: tuple[tuple[DayShown, ...], ...]
    weekdays: tuple[int, ...]
    missing: tuple[Missing, ...]
    edits: tuple[EditAnswer, ...]
    wishes: tuple[PlanWishAnswer, ...]
    notes: tuple[str, ...]
    approval: Any
    rounds: tuple[Round, ...]
    sendable: bool
    in_the_way: int | None
    others: tuple[Cell, ...]
    comparable: bool
    may_change: bool
    undoable: bool


def shown(
    database: Database,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    plan_id: int | None,
    *,
    now: datetime,
    language: Language,
) -> PlanShown | None:
    """A plan of a rep's: the one named, else what is on its way, else the one in force; None where
    there is none. Raises `RepNotFound`, `PlanNotFound`."""
    with database.reading() as session:
        rep = people.get_rep(session, asker, rep_code)
        today = day_of(now, zone_of(rep, settings))
        lines = plan_board.lines(session, asker, since=today, rep=rep)
        row = wanted_row(session, settings, asker, rep_code, plan_id or best(lines), now=now)
        if row is None:
            return None
        cells = [Cell(line=line) for line in lines]
        cell = next((one for one in cells if one.line.id == row.id), None) or Cell(
            line=_line_of(row)
        )
        return _shown(session, rep, row, cell, cells, today, asker=asker, language=language)


def wanted_row(
    session: Session,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    plan_id: int | None,
    *,
    now: datetime,
) -> CyclePlan | None:
    """The plan of a rep's with this number, else the one that a page shows first; None where there
    is none. Raises `RepNotFound`, `PlanNotFound`."""
    rep = people.get_rep(session, asker, rep_code)
    if plan_id is None:
        today = day_of(now, zone_of(rep, settings))
        plan_id = best(plan_board.lines(session, asker, since=today, rep=rep))
    if plan_id is None:
        return None
    row = plan_list.get(session, asker, plan_id)
    if row.rep_id != rep.id:
        raise plan_list.PlanNotFound(plan_id)
    return row


def best(lines: Sequence[plan_board.PlanLine]) -> int | None:
    """The plan to look at first: what is on its way before what is in force."""
    order = [PlanState.PROPOSED, PlanState.DRAFT, PlanState.PUBLISHED, PlanState.REFUSED]
    best = min(
        lines, key=lambda line: (order.index(line.state), line.first_day, -line.id), default=None
    )
    return best.id if best else None


def _line_of(row: CyclePlan) -> plan_board.PlanLine:
    return plan_board.PlanLine(
        id=row.id or 0,
        rep_id=row.rep_id,
        first_day=row.first_day,
        last_day=row.last_day,
        state=row.state,
        figures=row.figures,
        needs_replan=bool(row.replan_because),
    )


def _shown(
    session: Session,
    rep: Rep,
    row: CyclePlan,
    cell: Cell,
    cells: Sequence[Cell],
    today: date,
    *,
    asker: Asker,
    language: Language,
) -> PlanShown:
    stops = plan_list.visits_of(session, [row], first_day=row.first_day, last_day=row.last_day)
    problem = problem_of(row)
    planned = {day.date: day for day in plan_list.days_of(session, row)}
    weeks = weeks_of(row, today, stops, planned, problem, language)
    _, unserved = days.visits_and_unserved(session, row)
    other = plan_list.in_the_way_of(session, row) if was_sent_back(row) else None
    notes = []
    if is_to_come(row) and other is None:
        notes = obstacles(session, row, today=today) + doubts(session, row, today=today)
    rounds = approvals.rounds_about(session, asker, MATTER, str(row.id))
    last = plan_edits.last_of(session, row)
    return PlanShown(
        rep=rep,
        row=row,
        cell=cell,
        weeks=weeks,
        weekdays=weekdays_of(weeks),
        missing=tuple(
            missing_of(one, customer, language, changes_from=changes_from(row, today))
            for one, customer in unserved
        ),
        edits=tuple(edit_answers(plan_edits.newest(session, row, limit=EDITS_SHOWN), language)),
        wishes=tuple(plan_wishes.wishes_of(session, asker, row.id or 0)),
        notes=(
            *(say(language, note.text, **note.params) for note in notes),
            *replan_reasons(row, language),
        ),
        approval=next((asked for asked, _ in rounds if asked.state is ApprovalState.OPEN), None),
        rounds=tuple(Round(asked=asked, said=tuple(said)) for asked, said in rounds),
        sendable=row.state is PlanState.DRAFT or (was_sent_back(row) and other is None),
        in_the_way=other.id if other else None,
        others=tuple(cells),
        comparable=bool(publishing.published_within(session, row)),
        may_change=may_be_changed(row)
        and other is None
        and row.last_day > today
        and problem is not None,
        undoable=last is not None and last.fingerprint_after == row.fingerprint,
    )


def page_of(
    house: House,
    asker: Asker,
    rep_code: str,
    plan_id: int | None,
    *,
    beside: str | None,
    now: datetime,
    language: Language,
) -> dict[str, Any]:
    """What the page of a plan shows: the plan, a colleague's of the same kind beside it, and the
    colleagues there are. Raises `RepNotFound`, `PlanNotFound`."""
    database, settings = house.database, house.settings
    one = shown(database, settings, asker, rep_code, plan_id, now=now, language=language)
    with database.reading() as session:
        reps = plan_board.reps_of(session, asker)
    rep = next((rep for rep in reps if rep.code == rep_code), one.rep if one else None)
    other = None
    if one is not None and beside and beside != rep_code:
        other = _beside(house, asker, beside, one, now=now, language=language)
    return {
        "rep_code": rep_code,
        "rep": rep,
        "plan": one,
        "beside": other,
        "beside_code": beside or "",
        "colleagues": [rep for rep in reps if rep.code != rep_code],
    }


def _beside(
    house: House, asker: Asker, beside: str, one: PlanShown, *, now: datetime, language: Language
) -> PlanShown | None:
    """A colleague's plan with days in common that is in force if this one is."""
    in_force = one.row.state is PlanState.PUBLISHED
    with house.database.reading() as session:
        rep = people.get_rep(session, asker, beside)
        lines = plan_board.lines(session, asker, since=one.row.first_day, rep=rep)
    fit = [
        line
        for line in lines
        if (line.state is PlanState.PUBLISHED) == in_force
        and line.state in BESIDE
        and line.first_day <= one.row.last_day
    ]
    if not fit:
        return None
    return shown(
        house.database, house.settings, asker, beside, fit[-1].id, now=now, language=language
    )
