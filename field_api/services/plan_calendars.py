"""A plan as a calendar: weeks and days with their visits in order, and what has no day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, CyclePlan, PlannedDay, PlannedVisit, Rep, UnservedVisit
from crm.rules.access import Asker
from crm.rules.reports import day_of
from crm.store import approvals, days, people, plan_board, plan_edits, plan_list
from crm.text import N_
from crm.vocabulary import PlanState
from field_api.house import House
from field_api.schemas.plan_edits import EditAnswer
from field_api.schemas.plan_wishes import PlanWishAnswer
from field_api.services import plan_wishes
from field_api.services.accounts import zone_of
from field_api.services.plan_approval import MATTER
from field_api.services.plan_board import Cell
from field_api.services.plan_edits.changing import BY_THE_PLAN
from field_api.services.plan_edits.refusals import EditRefused
from field_api.services.plan_edits.told import edit_answers
from field_api.services.plan_fit import doubts, obstacles
from field_api.services.planning.reasons import reason_in_words, remedy_in_words
from field_api.services.plans import replan_reasons
from field_api.settings import Settings
from field_api.terms import purpose_in_words
from field_api.wording import Language, say
from maps.figures import day as day_said
from routing.document import DocumentError, from_document
from routing.explain import why_not
from routing.problem import Problem, WorkDay

A_WEEK, SATURDAY = 7, 5
EDITS_SHOWN = 8
EDITABLE = (PlanState.DRAFT, PlanState.PROPOSED, PlanState.PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A visit on a day. `promise` and `appointment` are their codes; `fixed`: a person chose the
    day; `may_move`: its day has not begun; `stands_in`: the customer is a colleague's."""

    visit_id: str
    order: int
    customer: Customer
    begin_s: int
    end_s: int
    travel_s: int
    purpose: str
    promise: str
    appointment: str
    fixed: bool
    may_move: bool
    stands_in: bool
    due: date | None
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, kw_only=True)
class DayShown:
    """A day of the calendar. `out_s` of `hours_s`: from leaving to coming back without the break,
    of the working hours without it; None: no working day."""

    date: date
    blocks: tuple[Block, ...]
    in_cycle: bool
    gone: bool
    out_s: int = 0
    hours_s: int | None = None
    leave_s: int | None = None
    back_s: int | None = None
    travel_s: int = 0


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A visit without a day: the reason, and the cheapest remedy in words; `by_plan`: one click
    does it, else somebody has to be asked first."""

    visit_id: str
    customer: Customer
    reason: str
    remedy: str
    code: str
    by_plan: bool
    cost: int


@dataclass(frozen=True, kw_only=True)
class PlanShown:
    """A plan as its page shows it."""

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
    said: tuple[Any, ...]
    others: tuple[Cell, ...]
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
    weeks = _weeks(row, today, stops, planned, problem, language)
    _, unserved = days.visits_and_unserved(session, row)
    to_come = row.state in (PlanState.DRAFT, PlanState.PROPOSED)
    notes = (
        obstacles(session, row, today=today) + doubts(session, row, today=today) if to_come else []
    )
    waits = approvals.open_about(session, MATTER, str(row.id))
    last = plan_edits.last_of(session, row)
    return PlanShown(
        rep=rep,
        row=row,
        cell=cell,
        weeks=weeks,
        weekdays=_weekdays(weeks),
        missing=tuple(_missing(one, customer, language) for one, customer in unserved),
        edits=tuple(edit_answers(plan_edits.newest(session, row, limit=EDITS_SHOWN), language)),
        wishes=tuple(plan_wishes.wishes_of(session, asker, row.id or 0)),
        notes=(
            *(say(language, note.text, **note.params) for note in notes),
            *replan_reasons(row, language),
        ),
        approval=waits,
        said=tuple(approvals.decisions_of(session, waits)) if waits else (),
        others=tuple(cells),
        may_change=row.state in EDITABLE and row.last_day > today and problem is not None,
        undoable=last is not None and last.fingerprint_after == row.fingerprint,
    )


def problem_of(row: CyclePlan) -> Problem | None:
    """What a plan was made from; None for one without a document that can be read."""
    try:
        ((problem, _),) = from_document(row.document)
    except (DocumentError, ValueError, KeyError):
        return None
    return problem


def _weeks(
    row: CyclePlan,
    today: date,
    stops: Sequence[tuple[PlannedVisit, Customer]],
    planned: dict[date, PlannedDay],
    problem: Problem | None,
    language: Language,
) -> tuple[tuple[DayShown, ...], ...]:
    visits = {visit.id: visit for visit in problem.visits} if problem else {}
    joint = {v.accompanies for v in visits.values()} | {
        v.id for v in visits.values() if v.accompanies
    }
    hours = {day.date: day for day in problem.reps[0].workdays} if problem else {}
    on_day: dict[date, list[Block]] = defaultdict(list)
    for visit, customer in stops:
        due = visits.get(visit.visit_id)
        on_day[visit.date].append(
            Block(
                visit_id=visit.visit_id,
                order=len(on_day[visit.date]) + 1,
                customer=customer,
                begin_s=visit.begin_s,
                end_s=visit.end_s,
                travel_s=visit.travel_s,
                purpose=purpose_in_words(language, visit.purpose),
                promise=visit.promise_code,
                appointment=visit.appointment_code,
                fixed=due is not None and due.pinned is not None,
                may_move=due is not None and visit.date > today and visit.visit_id not in joint,
                stands_in=visit.stands_in,
                due=due.ideal if due else None,
                earliest=due.earliest if due else None,
                latest=due.latest if due else None,
            )
        )
    monday = row.first_day - timedelta(days=row.first_day.weekday())
    count = (row.last_day - monday).days // A_WEEK + 1
    return tuple(
        tuple(
            _day(
                monday + timedelta(days=A_WEEK * week + number), row, today, planned, hours, on_day
            )
            for number in range(A_WEEK)
        )
        for week in range(count)
    )


def _day(
    on: date,
    row: CyclePlan,
    today: date,
    planned: dict[date, PlannedDay],
    hours: dict[date, WorkDay],
    on_day: dict[date, list[Block]],
) -> DayShown:
    route, workday = planned.get(on), hours.get(on)
    lunch_s = workday.lunch.duration_s if workday and workday.lunch else 0
    out_s = route.return_s - route.leave_s if route else 0
    if route and route.lunch_begin_s is not None:
        out_s -= lunch_s
    return DayShown(
        date=on,
        blocks=tuple(on_day.get(on, ())),
        in_cycle=row.first_day <= on <= row.last_day,
        gone=on <= today,
        out_s=out_s,
        hours_s=workday.end_s - workday.begin_s - lunch_s if workday else None,
        leave_s=route.leave_s if route else None,
        back_s=route.return_s if route else None,
        travel_s=route.travel_s if route else 0,
    )


def _weekdays(weeks: Sequence[Sequence[DayShown]]) -> tuple[int, ...]:
    """Monday to Friday, and the days of the weekend that are worked."""
    worked = {d.date.weekday() for week in weeks for d in week if d.hours_s or d.blocks}
    return tuple(number for number in range(A_WEEK) if number < SATURDAY or number in worked)


def _missing(row: UnservedVisit, customer: Customer, language: Language) -> Missing:
    remedy = row.remedy
    return Missing(
        visit_id=row.visit_id,
        customer=customer,
        reason=reason_in_words(language, row.code),
        remedy=remedy_said(language, remedy["code"], remedy["params"]) if remedy else "",
        code=remedy["code"] if remedy else "",
        by_plan=remedy is not None and remedy["code"] in BY_THE_PLAN,
        cost=remedy["cost"] if remedy else 0,
    )


def remedy_said(language: Language, code: str, params: Mapping[str, Any]) -> str:
    """A remedy in words, its date with the weekday."""
    on = params.get("date")
    said = {"date": day_said(date.fromisoformat(str(on)), language)} if on else {}
    return remedy_in_words(language, code, {**params, **said})


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
        and line.state in EDITABLE
        and line.first_day <= one.row.last_day
    ]
    if not fit:
        return None
    return shown(
        house.database, house.settings, asker, beside, fit[-1].id, now=now, language=language
    )


def remedies_of(
    database: Database,
    asker: Asker,
    rep_code: str,
    plan_id: int | None,
    visit_id: str,
    *,
    language: Language,
) -> dict[str, Any]:
    """Everything that would let a visit in, the cheapest first. Raises `PlanNotFound`, and
    `EditRefused` for a visit that has a place."""
    with database.reading() as session:
        row = plan_list.get(session, asker, plan_id or 0)
    try:
        ((problem, plan),) = from_document(row.document)
        found = why_not(problem, plan, visit_id).remedies
    except (DocumentError, ValueError, KeyError):
        raise EditRefused(N_("Visit {visit} has a place by now."), visit=visit_id) from None
    return {
        "visit_id": visit_id,
        "rep_code": rep_code,
        "remedies": [
            {
                "code": remedy.code,
                "text": remedy_said(language, remedy.code, remedy.params),
                "cost": remedy.cost,
                "by_plan": remedy.code in BY_THE_PLAN,
            }
            for remedy in found
        ],
    }
