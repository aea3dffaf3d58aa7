"""A plan opened to be changed by hand: its days that have not begun."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from crm.models import CyclePlan, Rep
from crm.rules.access import Asker
from crm.rules.plan_states import may_be_changed
from crm.rules.reports import day_of
from crm.store.days import day_changes
from crm.store.plans import plan_edits, plan_list
from crm.text import N_
from crm.vocabulary import PlanState
from field_api.services.day_changes.joined import in_front, on_its_own, until
from field_api.services.people.accounts import zone_of
from field_api.services.plan_edits.refusals import NotEditable, PlanChanged
from field_api.services.plan_edits.told import edit_answers
from field_api.services.planning.kept import PlanUnreadable, pair_of
from field_api.settings import Settings
from field_api.wording import Language
from routing.plan import Plan
from routing.problem import Problem
from routing.replan import ahead
from routing.travel.interface import TravelTimes


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`row` is the plan; `problem` and `plan` are its days, of one in force those from `first_day`
    on; `today` is the rep's."""

    row: CyclePlan
    rep: Rep
    today: date
    first_day: date
    problem: Problem
    plan: Plan

    @property
    def in_force(self) -> bool:
        """Whether the rep works by it."""
        return self.row.state is PlanState.PUBLISHED

    @property
    def begun(self) -> date | None:
        """Of a plan that is not in force, the day up to which it is too late for changes."""
        return self.today if not self.in_force and self.today >= self.row.first_day else None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A plan as somebody looks at it: its number, and the fingerprint that it had then."""

    plan_id: int
    fingerprint: str


def opened(
    session: Session,
    settings: Settings,
    asker: Asker,
    seen: Seen,
    *,
    now: datetime,
    language: Language,
    to_change: bool = False,
    with_today: TravelTimes | None = None,
) -> Opened:
    """The plan as it was seen; `with_today`: the rep does not set out, so that today can change as
    well, by these travel times. Raises `PlanNotFound`, `NotEditable`, and `PlanChanged` where it is
    another one by now."""
    row = plan_list.get(session, asker, seen.plan_id, to_change=to_change)
    if row.state is PlanState.REPLACED:
        newer = plan_edits.come_after(session, seen.plan_id)
        if newer is not None:
            raise _changed(session, newer, seen, language)
    _refuse_closed(row)
    if row.fingerprint != seen.fingerprint:
        raise _changed(session, row, seen, language)
    rep = session.exec(select(Rep).where(Rep.id == row.rep_id)).one()
    today = day_of(now, zone_of(rep, settings))
    first_day = today if with_today is not None else today + timedelta(days=1)
    if row.last_day < first_day:
        text = N_("Plan {id} has no day left to change; it ends on {day}.")
        raise NotEditable(text, id=row.id, day=row.last_day.isoformat())
    problem, plan = _pair(row)
    if with_today is not None:
        problem, plan = with_the_day(session, row, (problem, plan), today, with_today)
    if row.state is PlanState.PUBLISHED:
        problem, plan = ahead(*until(problem, plan, row.last_day), first_day)
    return Opened(row=row, rep=rep, today=today, first_day=first_day, problem=problem, plan=plan)


def with_the_day(
    session: Session, row: CyclePlan, pair: tuple[Problem, Plan], day: date, travel: TravelTimes
) -> tuple[Problem, Plan]:
    """A plan's problem and plan with a day in front that its document does not hold any more: the
    plan was changed by hand on that day, from the next one on."""
    if not row.first_day <= day < pair[0].first_day:
        return pair
    stops = plan_list.visits_of(session, [row], first_day=day, last_day=day)
    here = {visit.visit_id for visit, _ in stops}
    for older in day_changes.published_before(session, row):
        before, planned = _pair(older)
        stood = {s.visit_id for r in planned.routes if r.date == day for s in r.stops}
        if before.first_day <= day <= before.last_day and stood == here:
            return in_front(on_its_own(before, planned, day), until(*pair, row.last_day), travel)
    text = N_("How {day} was planned is not known any more; begin with the next day.")
    raise NotEditable(text, day=day.isoformat())


def _refuse_closed(row: CyclePlan) -> None:
    if not may_be_changed(row):
        text = N_("Plan {id} is {state}; open the rep's plan again and change that one.")
        raise NotEditable(text, id=row.id, state=row.state)


def _pair(row: CyclePlan) -> tuple[Problem, Plan]:
    try:
        return pair_of(row)
    except PlanUnreadable:
        text = N_("Plan {id} has no document to plan from; plan the cycle again.")
        raise NotEditable(text, id=row.id) from None


def _changed(session: Session, row: CyclePlan, seen: Seen, language: Language) -> PlanChanged:
    since = edit_answers(plan_edits.after(session, row, seen.fingerprint), language)
    if since:
        text = N_(
            "{who} changed this plan since you opened it: {what}. Yours was not done; look, then "
            "do it again."
        )
        error = PlanChanged(text, who=since[-1].by, what=since[-1].text)
    else:
        error = PlanChanged(
            N_("This plan was changed since you opened it. Yours was not done; look at it again.")
        )
    error.more = {
        "plan_id": row.id,
        "changes": [answer.model_dump(mode="json") for answer in since],
    }
    return error
