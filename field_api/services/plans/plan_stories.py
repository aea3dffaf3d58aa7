"""Plans of every state: a list, and one of them day by day against the published one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from crm.database import Database
from crm.models import Customer, CyclePlan, PlannedDay, PlannedVisit, Rep
from crm.rules.access import Asker
from crm.rules.plan_changes import DayChange, OnDay, changes_between
from crm.rules.plan_states import is_to_come
from crm.rules.reports import day_of
from crm.rules.times_of_day import write_time
from crm.store import approvals
from crm.store.days import days
from crm.store.people import people
from crm.store.plans import plan_list, publishing
from crm.store.plans.plan_list import PlanFilter
from crm.vocabulary import PlanState
from field_api.schemas.plan_stories import (
    AgainstAnswer,
    PlannedDayAnswer,
    PlannedStopAnswer,
    PlanStoryAnswer,
    PlanSummaryAnswer,
)
from field_api.schemas.plans import MoveAnswer
from field_api.schemas.values import Page
from field_api.services.pages import cursor, place, row_number
from field_api.services.people.accounts import zone_of
from field_api.services.plans.plan_approval import MATTER
from field_api.services.plans.plan_fit import doubts, obstacles
from field_api.services.plans.planned_stops import facts_of
from field_api.services.plans.plans import replan_reasons, unserved_answers
from field_api.settings import Settings
from field_api.wording import Language, say

Stop = tuple[PlannedVisit, Customer]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which plans are wanted."""

    rep_code: str | None = None
    state: PlanState | None = None
    since: date | None = None


def listed(
    database: Database, asker: Asker, wanted: Wanted, *, after: str | None, limit: int
) -> Page[PlanSummaryAnswer]:
    """The plans of the asker's reps, the last made first. Raises `RepNotFound`."""
    before = place(after, lambda _, number: row_number(number))
    with database.reading() as session:
        rep = people.get_rep(session, asker, wanted.rep_code) if wanted.rep_code else None
        selection = PlanFilter(rep=rep, state=wanted.state, since=wanted.since)
        found = plan_list.newest(session, asker, selection, limit=limit + 1, before=before)
        shown = found[:limit]
        codes = plan_list.rep_codes_of(session, shown)
        end = cursor("", shown[-1].id or 0) if len(found) > limit else None
        items = [PlanSummaryAnswer(**_short(plan, codes[plan.rep_id])) for plan in shown]
        return Page(items=items, next_cursor=end)


def story(
    database: Database,
    settings: Settings,
    asker: Asker,
    plan_id: int,
    *,
    now: datetime,
    language: Language,
) -> PlanStoryAnswer:
    """A plan with its days, its gaps, and what it changes. Raises `PlanNotFound`."""
    with database.reading() as session:
        plan = plan_list.get(session, asker, plan_id)
        rep = session.exec(select(Rep).where(Rep.id == plan.rep_id)).one()
        stops = plan_list.visits_of(
            session, [plan], first_day=plan.first_day, last_day=plan.last_day
        )
        _, unserved = days.visits_and_unserved(session, plan)
        to_come = is_to_come(plan)
        notes = []
        if to_come:
            today = day_of(now, zone_of(rep, settings))
            notes += obstacles(session, plan, today=today)
            notes += doubts(session, plan, today=today)
        waits = approvals.open_about(session, MATTER, str(plan.id))
        return PlanStoryAnswer(
            **_short(plan, rep.code),
            fingerprint=plan.fingerprint,
            seed=plan.seed,
            days=_days(plan_list.days_of(session, plan), stops),
            unserved=unserved_answers(unserved),
            against_published=_against(session, plan, stops) if to_come else None,
            doubts=[
                *(say(language, note.text, **note.params) for note in notes),
                *replan_reasons(plan, language),
            ],
            approval_id=waits.id if waits else None,
        )


def _short(plan: CyclePlan, rep_code: str) -> dict[str, Any]:
    return {
        "plan_id": plan.id,
        "rep_code": rep_code,
        "first_day": plan.first_day,
        "last_day": plan.last_day,
        "state": plan.state,
        "purpose": plan.purpose,
        "created_at": plan.created_at,
        "published_at": plan.published_at,
        "figures": plan.figures,
        "needs_replan": bool(plan.replan_because),
    }


def _days(rows: Sequence[PlannedDay], stops: Sequence[Stop]) -> list[PlannedDayAnswer]:
    by_day: dict[date, list[Stop]] = defaultdict(list)
    for stop in stops:
        by_day[stop[0].date].append(stop)
    return [
        PlannedDayAnswer(
            date=row.date,
            leave=write_time(row.leave_s),
            leave_s=row.leave_s,
            lunch=None if row.lunch_begin_s is None else write_time(row.lunch_begin_s),
            lunch_s=row.lunch_begin_s,
            back=write_time(row.return_s),
            back_s=row.return_s,
            travel_s=row.travel_s,
            travel_m=row.travel_m,
            stops=[_stop(number, *stop) for number, stop in enumerate(by_day[row.date], start=1)],
        )
        for row in rows
    ]


def _stop(number: int, visit: PlannedVisit, customer: Customer) -> PlannedStopAnswer:
    return PlannedStopAnswer(
        **facts_of(number, visit), customer_code=customer.code, customer_name=customer.name
    )


def _against(session: Session, plan: CyclePlan, stops: Sequence[Stop]) -> AgainstAnswer:
    """The differences to the published plans on the plan's days."""
    published = publishing.published_within(session, plan)
    before = plan_list.visits_of(
        session, published, first_day=plan.first_day, last_day=plan.last_day
    )
    customers = {customer.id or 0: customer for _, customer in (*before, *stops)}
    found = changes_between([_on_day(v) for v, _ in before], [_on_day(v) for v, _ in stops])
    moves = [(change, _move(change, customers[change.customer_id])) for change in found]
    return AgainstAnswer(
        plan_ids=[other.id for other in published if other.id is not None],
        moved=[move for change, move in moves if change.before and change.after],
        added=[move for change, move in moves if change.before is None],
        dropped=[move for change, move in moves if change.after is None],
    )


def _on_day(visit: PlannedVisit) -> OnDay:
    return OnDay(visit_id=visit.visit_id, customer_id=visit.customer_id, date=visit.date)


def _move(change: DayChange, customer: Customer) -> MoveAnswer:
    return MoveAnswer(
        planned_visit_id=change.visit_id,
        customer_code=customer.code,
        customer_name=customer.name,
        before=change.before,
        after=change.after,
    )
