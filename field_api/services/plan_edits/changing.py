"""A visit moved, handed over, fixed or given a place by hand, checked before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import CyclePlan, PlanEdit
from crm.rules.access import Asker
from crm.text import N_
from crm.vocabulary import PlanEditKind
from field_api.schemas.plan_edits import EditBody, EditedAnswer, SeenPlan
from field_api.services.plan_edits.keeping import Deed, keep
from field_api.services.plan_edits.opened import Opened, Seen, opened
from field_api.services.plan_edits.passing import REFUSED, passed
from field_api.services.plan_edits.refusals import EditRefused
from field_api.services.plan_edits.told import also_moved, did, travel_in_words
from field_api.services.plan_edits.weighing import refuse_unknown
from field_api.services.planning.solving import PlanRefused
from field_api.services.travel.travel_times import travel_by
from field_api.settings import Settings
from field_api.wording import Language, listed
from routing.check import check
from routing.explain import taken, why_not
from routing.fingerprint import fingerprint
from routing.plan import Plan, Remedy
from routing.problem import Problem
from routing.reasons import RemedyCode
from routing.replan import ChangeRefused, Difference, Pin, replan
from routing.replan.difference import difference
from routing.travel.interface import TravelTimes

# what a plan can do by itself; for the others somebody's word has to change first
BY_THE_PLAN = frozenset(
    {
        RemedyCode.PIN,
        RemedyCode.OVERTIME,
        RemedyCode.SHORTEN_VISIT,
        RemedyCode.OTHER_DATE,
        RemedyCode.WIDEN_WINDOW,
        RemedyCode.RAISE_LIMIT,
        RemedyCode.CHANGE_FREQUENCY,
    }
)


@dataclass(frozen=True, kw_only=True)
class _Made:
    """One plan as it would be, and how it differs."""

    one: Opened
    problem: Problem
    plan: Plan
    difference: Difference
    after_on: date | None


def change(
    database: Database,
    settings: Settings,
    asker: Asker,
    body: EditBody,
    *,
    deed: UUID,
    now: datetime,
    language: Language,
) -> EditedAnswer:
    """Change the plan, and answer what that did. Of a plan in force the days after today change at
    once. Only the days touched are planned again; nothing else moves.

    Raises `PlanNotFound`, `NotEditable`, `PlanChanged`, `PlanReplaced`, and `EditRefused` where a
    rule forbids it or another visit would lose its place.
    """

    def work(session: Session) -> EditedAnswer:
        one = _opened(session, settings, asker, body, now, language)
        refuse_unknown(one, body.visit_id)
        before_on = _day_of(one.plan, body.visit_id)
        if body.to is not None:
            other = _opened(session, settings, asker, body.to, now, language)
            made = _handed_over(one, other, body, travel_by(settings, database))
        else:
            made = [_changed(one, body)]
        for each in made:
            _refuse_broken(each, body.visit_id)
        owner = next(v.customer_id for v in one.problem.visits if v.id == body.visit_id)
        doing = Deed(
            id=deed,
            kind=body.kind,
            visit_id=body.visit_id,
            customer_code=owner,
            before_on=before_on,
            after_on=next((each.after_on for each in made if each.after_on), None),
            purpose=body.purpose,
        )
        edits = [
            keep(session, asker, each.one, (each.problem, each.plan), doing, now=now)
            for each in made
        ]
        name = next(c.name for c in one.problem.customers if c.id == owner)
        row = session.get_one(CyclePlan, edits[0].plan_id)
        return _told(language, made, edits[0], row, name)

    return database.written(work, by=asker, at=now)


def _opened(
    session: Session,
    settings: Settings,
    asker: Asker,
    seen: SeenPlan,
    now: datetime,
    language: Language,
) -> Opened:
    looked_at = Seen(plan_id=seen.plan_id, fingerprint=seen.fingerprint)
    return opened(session, settings, asker, looked_at, now=now, language=language, to_change=True)


def _changed(one: Opened, body: EditBody) -> _Made:
    match body.kind:
        case PlanEditKind.UNPIN:
            problem, plan = _unpinned(one, body.visit_id)
        case PlanEditKind.REMEDY:
            problem, plan = _remedied(one, body)
        case _:
            return _pinned(one, one.problem, body.visit_id, _wanted_day(one, body))
    return _Made(
        one=one,
        problem=problem,
        plan=plan,
        difference=difference(one.problem, one.plan, problem, plan),
        after_on=_day_of(plan, body.visit_id),
    )


def _wanted_day(one: Opened, body: EditBody) -> date:
    on = body.day or _day_of(one.plan, body.visit_id)
    if on is None:
        raise EditRefused(N_("Visit {visit} stands on no day; name one."), visit=body.visit_id)
    return on


def _pinned(one: Opened, problem: Problem, visit_id: str, on: date) -> _Made:
    try:
        again = replan(
            problem, one.plan, [Pin(visit_id=visit_id, date=on)], scope="day", begun=one.begun
        )
    except ChangeRefused as error:
        raise EditRefused(REFUSED, cause=error) from None
    return _Made(
        one=one,
        problem=again.problem,
        plan=again.plan,
        difference=again.difference,
        after_on=_day_of(again.plan, visit_id),
    )


def _handed_over(
    one: Opened, other: Opened, body: EditBody, travel: TravelTimes
) -> Sequence[_Made]:
    """Both plans: the giver's day without the visit, the taker's with it."""
    both = passed(one, other, body.visit_id, travel)
    left = replan(both.giver, one.plan, [], scope="day", begun=one.begun)
    assert body.day is not None
    return [
        _Made(
            one=one,
            problem=left.problem,
            plan=left.plan,
            difference=left.difference,
            after_on=None,
        ),
        _pinned(other, both.taker, body.visit_id, body.day),
    ]


def _unpinned(one: Opened, visit_id: str) -> tuple[Problem, Plan]:
    """The same plan, whose next planning may move the visit."""
    visits = tuple(
        replace(visit, pinned=None) if visit_id in (visit.id, visit.accompanies) else visit
        for visit in one.problem.visits
    )
    problem = replace(one.problem, visits=visits)
    return problem, replace(one.plan, fingerprint=fingerprint(problem))


def _remedied(one: Opened, body: EditBody) -> tuple[Problem, Plan]:
    if all(missed.visit_id != body.visit_id for missed in one.plan.unserved):
        text = N_("Visit {visit} has a place by now.")
        raise EditRefused(text, visit=body.visit_id)
    remedy = _offered(one, body)
    if remedy is None or RemedyCode(remedy.code) not in BY_THE_PLAN:
        text = N_("This remedy of visit {visit} is none by now; look at what is offered.")
        raise EditRefused(text, visit=body.visit_id)
    try:
        return taken(one.problem, one.plan, body.visit_id, remedy)
    except (KeyError, ValueError):
        text = N_("This remedy of visit {visit} is none by now; look at what is offered.")
        raise EditRefused(text, visit=body.visit_id) from None


def _offered(one: Opened, body: EditBody) -> Remedy | None:
    found = why_not(one.problem, one.plan, body.visit_id).remedies
    return next((remedy for remedy in found if body.remedy in ("", remedy.code)), None)


def _refuse_broken(made: _Made, visit_id: str) -> None:
    """Raise for a plan that breaks a rule or costs a visit its place."""
    names = {customer.id: customer.name for customer in made.problem.customers}
    lost = {missed.visit_id for missed in made.difference.unserved} - {visit_id}
    if lost:
        owner = {v.id: v.customer_id for v in made.problem.visits}
        text = N_("That would leave {names} without a place. Nothing was changed.")
        named = ", ".join(sorted(names[owner[v]] for v in lost if v in owner))
        raise EditRefused(text, names=named)
    if any(missed.visit_id == visit_id for missed in made.plan.unserved):
        raise EditRefused(
            N_("There is no room for visit {visit} on that day. Nothing was changed."),
            visit=visit_id,
        )
    violations = check(made.problem, made.plan)
    if violations:
        raise PlanRefused(made.problem.id, violations)


def _day_of(plan: Plan, visit_id: str) -> date | None:
    days = (r.date for r in plan.routes for stop in r.stops if stop.visit_id == visit_id)
    return next(days, None)


def _told(
    language: Language, made: Sequence[_Made], edit: PlanEdit, row: CyclePlan, name: str
) -> EditedAnswer:
    travel_s = sum(each.difference.travel_s for each in made)
    text = listed(language, [did(language, edit, name), travel_in_words(language, travel_s)])
    return EditedAnswer(
        plan_id=row.id or 0,
        fingerprint=row.fingerprint,
        text=text,
        also=[
            line
            for each in made
            for line in also_moved(language, each.difference, each.problem, edit.visit_id)
        ],
        travel_s=travel_s,
        travel_m=sum(each.difference.travel_m for each in made),
    )
