"""The last change of a plan by hand taken back."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, CyclePlan, PlanEdit
from crm.rules.access import Asker
from crm.store.days import leave
from crm.store.days.leave import LeaveNotFound
from crm.store.house import audit
from crm.store.plans import plan_edits, plan_list
from crm.text import N_
from crm.vocabulary import PlanEditKind
from field_api.schemas.plan_edits import EditedAnswer, SeenPlan
from field_api.services.day_changes.joined import until
from field_api.services.plan_edits.keeping import NOUN, put
from field_api.services.plan_edits.opened import Seen, opened, with_the_day
from field_api.services.plan_edits.refusals import NothingToUndo
from field_api.services.plan_edits.told import did, travel_in_words
from field_api.services.planning.solving import PlanRefused
from field_api.services.travel.travel_times import travel_by
from field_api.settings import Settings
from field_api.wording import Language, listed, say
from routing.check import check
from routing.document import from_document
from routing.fingerprint import fingerprint
from routing.plan import Plan
from routing.replan import ahead
from routing.travel.interface import TravelTimes

UNDONE = N_("Undone: {what}")


def undo(
    database: Database,
    settings: Settings,
    asker: Asker,
    body: SeenPlan,
    *,
    now: datetime,
    language: Language,
) -> EditedAnswer:
    """Put the plan back to what it was before the last change by hand; the colleague's as well
    where a visit had passed. Raises `PlanNotFound`, `NotEditable`, `PlanChanged`,
    `NothingToUndo`."""

    travel = travel_by(settings, database)

    def work(session: Session) -> EditedAnswer:
        seen = Seen(plan_id=body.plan_id, fingerprint=body.fingerprint)
        one = opened(session, settings, asker, seen, now=now, language=language, to_change=True)
        last = plan_edits.last_of(session, one.row)
        if last is None:
            raise NothingToUndo(N_("No change by hand stands in this plan."))
        rows: list[CyclePlan] = []
        travel_s = travel_m = 0
        deed = sorted(plan_edits.of_deed(session, last), key=lambda edit: edit.id != last.id)
        for edit in deed:
            row, seconds, metres = _put_back(
                session, settings, asker, edit, travel, now=now, language=language
            )
            rows.append(row)
            travel_s, travel_m = travel_s + seconds, travel_m + metres
        customer = session.get_one(Customer, last.customer_id)
        what = say(language, UNDONE, what=did(language, last, customer.name))
        return EditedAnswer(
            plan_id=rows[0].id or 0,
            fingerprint=rows[0].fingerprint,
            text=listed(language, [what, travel_in_words(language, travel_s)]),
            also=[],
            travel_s=travel_s,
            travel_m=travel_m,
        )

    return database.written(work, by=asker, at=now)


def _put_back(
    session: Session,
    settings: Settings,
    asker: Asker,
    edit: PlanEdit,
    travel: TravelTimes,
    *,
    now: datetime,
    language: Language,
) -> tuple[CyclePlan, int, int]:
    """The plan as it was, and what that adds on the road."""
    _refuse_moved_on(session, asker, edit)
    seen = Seen(plan_id=edit.plan_id, fingerprint=edit.fingerprint_after)
    one = opened(
        session,
        settings,
        asker,
        seen,
        now=now,
        language=language,
        to_change=True,
        with_today=travel if _gave_today_away(edit, now) else None,
    )
    ((problem, plan),) = from_document(edit.document)
    if one.in_force:
        before = session.get_one(CyclePlan, edit.before_plan_id)
        problem, plan = with_the_day(session, before, (problem, plan), one.first_day, travel)
        problem, plan = ahead(*until(problem, plan, one.row.last_day), one.first_day)
        plan = replace(plan, fingerprint=fingerprint(problem))
    violations = check(problem, plan)
    if violations:
        raise PlanRefused(problem.id, violations)
    row = put(session, one, problem, plan, purpose=edit.purpose, now=now)
    assert row.id is not None
    edit.undone_at = now
    if edit.leave_noted and edit.before_on is not None:
        with suppress(LeaveNotFound):  # somebody ended it already
            leave.remove(session, asker, one.rep.code, edit.before_on)
    session.flush()
    if row.id != edit.plan_id:
        plan_edits.carry_over(session, edit.before_plan_id, row.id)
    audit.record(
        session,
        "undo",
        noun=NOUN,
        key=str(row.id),
        reason=edit.purpose,
        details={"edit": edit.id, "visit_id": edit.visit_id},
    )
    was, now_is = _travel(one.plan), _travel(plan)
    return row, now_is[0] - was[0], now_is[1] - was[1]


def _travel(plan: Plan) -> tuple[int, int]:
    """Seconds and metres of all days."""
    return sum(r.travel_s for r in plan.routes), sum(r.travel_m for r in plan.routes)


def _gave_today_away(edit: PlanEdit, now: datetime) -> bool:
    """Whether the day given away is the one on which it is taken back."""
    if edit.kind is not PlanEditKind.ABSENCE or edit.before_on is None:
        return False
    return edit.before_on >= now.date()


def _refuse_moved_on(session: Session, asker: Asker, edit: PlanEdit) -> None:
    row = plan_list.get(session, asker, edit.plan_id)
    if row.fingerprint != edit.fingerprint_after:
        raise NothingToUndo(
            N_("Plan {id} was changed in another way since; move the visit back by hand."),
            id=row.id,
        )
