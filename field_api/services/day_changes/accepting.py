"""Previews of a changed day, and accepting one: once, in one transaction."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, CyclePlan, DayChange, PlannedDay, Rep
from crm.rules.access import OPERATOR
from crm.store.approvals import Place, ask
from crm.store.customers import customers
from crm.store.days import day_changes
from crm.store.house import audit
from crm.store.people import messages
from crm.store.plans import plans
from crm.store.plans.plans import PlanReplaced
from crm.text import N_
from crm.vocabulary import ApprovalMatter, DayChangeKind, DayChangeState, PlanState, Role
from field_api.auth import Caller
from field_api.errors import Conflict
from field_api.schemas.day_changes import DayChangeAccepted, DayChangeAnswer, DayChangePreview
from field_api.services.day_changes import told
from field_api.services.day_changes.refusals import PreviewOutdated
from field_api.services.day_changes.rest import Rest, free_at, planned_again
from field_api.services.day_changes.under_way import read
from field_api.services.planning.rows import Past, keep_plan
from field_api.services.travel.travel_times import travel_by
from field_api.settings import Settings
from field_api.wording import Language, say
from routing.travel.interface import TravelTimes

NOUN = "day_change"
PREVIEW_HOLDS_S = 15 * 60  # then the rep is somewhere else
PURPOSES: dict[DayChangeKind, str] = {
    DayChangeKind.RUNNING_LATE: N_("The rep is running late."),
    DayChangeKind.CUSTOMER_CLOSED: N_("The customer was closed."),
    DayChangeKind.NO_SHOW: N_("The customer was not there."),
    DayChangeKind.URGENT: N_("An urgent visit came in."),
    DayChangeKind.FINISH_EARLY: N_("The rep finishes early."),
}
TOLD: dict[DayChangeKind, str] = {
    DayChangeKind.RUNNING_LATE: N_("{rep} is running late on {day}; visits put off: {n}."),
    DayChangeKind.CUSTOMER_CLOSED: N_(
        "{rep} found a customer closed on {day}; visits put off: {n}."
    ),
    DayChangeKind.NO_SHOW: N_("{rep} met nobody at a customer on {day}; visits put off: {n}."),
    DayChangeKind.URGENT: N_("{rep} makes an urgent visit on {day}; visits put off: {n}."),
    DayChangeKind.FINISH_EARLY: N_("{rep} finishes early on {day}; visits put off: {n}."),
}


def preview(
    database: Database,
    settings: Settings,
    caller: Caller,
    day: date,
    body: DayChangePreview,
    *,
    now: datetime,
    language: Language,
) -> DayChangeAnswer:
    """The rest of the caller's day before and after; nothing is kept. Raises as `planned_again`
    and `under_way.read` do."""
    travel = travel_by(settings, database)
    with database.reading() as session:
        rest = _planned(session, settings, caller, day, body, body.id, travel=travel, now=now)
        sent = told.sent_digest(body.model_dump(mode="json", exclude_defaults=True))
        return told.answer(rest, body.id, body.kind, sent, language=language)


def accept(
    database: Database,
    settings: Settings,
    caller: Caller,
    day: date,
    change_id: UUID,
    body: DayChangeAccepted,
    *,
    now: datetime,
    language: Language,
) -> DayChangeAnswer:
    """Put a preview in force, or ask for its approval where it costs a visit that is owed. The
    same again is answered as the first time.

    Raises `PreviewOutdated` with a fresh preview, `Conflict` for another body under the same id,
    and as `preview` does.
    """
    sent = told.sent_digest(body.model_dump(mode="json", exclude_defaults=True))
    travel = travel_by(settings, database)
    with database.reading() as session:
        kept = _kept(session, caller, day, change_id, sent)
        if kept is not None:
            return kept
        rest = _as_previewed(
            session, settings, caller, day, change_id, body, sent, travel, now, language
        )

    def work(session: Session) -> DayChangeAnswer:
        kept = _kept(session, caller, day, change_id, sent)
        if kept is not None:
            return kept
        plans.refuse_replaced(session, rest.under_way.row, rest.under_way.rep.code)
        return _keep(session, caller, change_id, body, rest, sent, now=now, language=language)

    try:
        return database.written(work, by=caller.asker, at=now)
    except PlanReplaced:
        with database.reading() as session:
            again = _planned(
                session, settings, caller, day, body, change_id, travel=travel, now=now
            )
        raise _outdated(again, change_id, body, sent, language) from None


def listed(database: Database, caller: Caller, rep_code: str, day: date) -> list[DayChangeAnswer]:
    """What was changed on a day, in order, each as it stands by now."""
    with database.reading() as session:
        found = day_changes.of_day(session, caller.asker, rep_code, day)
        return [_as_kept(change) for change in found]


def _planned(
    session: Session,
    settings: Settings,
    caller: Caller,
    day: date,
    body: DayChangePreview | DayChangeAccepted,
    change_id: UUID,
    *,
    travel: TravelTimes,
    now: datetime,
) -> Rest:
    under_way = read(
        session, settings, caller.asker, caller.rep_code or "", day, travel=travel, now=now
    )
    return planned_again(session, caller.asker, under_way, body, change_id, now=now)


def _as_previewed(
    session: Session,
    settings: Settings,
    caller: Caller,
    day: date,
    change_id: UUID,
    body: DayChangeAccepted,
    sent: str,
    travel: TravelTimes,
    now: datetime,
    language: Language,
) -> Rest:
    """The same plan as the preview's. Raises `PreviewOutdated` where that cannot be any more."""
    under_way = read(
        session, settings, caller.asker, caller.rep_code or "", day, travel=travel, now=now
    )
    asker = caller.asker
    free_s = told.moment_of(body.fingerprint, under_way.row.id)
    begins_s = free_at(under_way, body, now=now)
    if free_s is not None and abs(begins_s - free_s) <= PREVIEW_HOLDS_S:
        rest = planned_again(session, asker, under_way, body, change_id, now=now, free_s=free_s)
        if told.fingerprint(rest, sent) == body.fingerprint:
            return rest
    fresh = planned_again(session, asker, under_way, body, change_id, now=now)
    raise _outdated(fresh, change_id, body, sent, language)


def _outdated(
    fresh: Rest, change_id: UUID, body: DayChangeAccepted, sent: str, language: Language
) -> PreviewOutdated:
    error = PreviewOutdated(
        N_("The day has gone on since this was looked at; look at it again, then accept.")
    )
    shown = told.answer(fresh, change_id, body.kind, sent, language=language)
    error.more["preview"] = shown.model_dump(mode="json")
    return error


def _kept(
    session: Session, caller: Caller, day: date, change_id: UUID, sent: str
) -> DayChangeAnswer | None:
    kept = day_changes.with_id(session, change_id)
    if kept is None:
        return None
    if (kept.rep_id, kept.date, kept.sent_sha256) != (caller.asker.rep_id, day, sent):
        raise Conflict(
            "day_change_differs",
            N_("Change {id} was sent before with another body; use a new id."),
            id=str(change_id),
        )
    return _as_kept(kept)


def _as_kept(kept: DayChange) -> DayChangeAnswer:
    return DayChangeAnswer.model_validate(kept.answer | {"state": kept.state})


def _keep(
    session: Session,
    caller: Caller,
    change_id: UUID,
    body: DayChangeAccepted,
    rest: Rest,
    sent: str,
    *,
    now: datetime,
    language: Language,
) -> DayChangeAnswer:
    under_way = rest.under_way
    asked = told.needs(rest)
    purpose = body.reason or say(language, PURPOSES[body.kind])
    plan = keep_plan(
        session,
        under_way.rep,
        rest.again.problem,
        rest.again.plan,
        customer_ids=_customer_ids(session, rest),
        state=PlanState.PROPOSED if asked else PlanState.PUBLISHED,
        now=now,
        purpose=purpose,
        past=_past(rest),
        changes_plan_id=under_way.row.id,
    )
    plan.replan_because = list(under_way.row.replan_because)
    state = DayChangeState.WAITING if asked else DayChangeState.ACCEPTED
    approval = _ask(session, caller, change_id, plan, rest, purpose, now) if asked else None
    approval_id = approval.id if approval else None
    answer = told.answer(
        rest,
        change_id,
        body.kind,
        sent,
        language=language,
        state=state,
        plan_id=plan.id,
        approval_id=approval_id,
    )
    assert under_way.rep.id is not None
    assert plan.id is not None
    session.add(
        DayChange(
            id=change_id,
            rep_id=under_way.rep.id,
            date=under_way.day,
            kind=body.kind,
            state=state,
            plan_id=plan.id,
            approval_id=approval_id,
            answer=answer.model_dump(mode="json"),
            sent_sha256=sent,
            accepted_at=now,
        )
    )
    audit.record(
        session,
        "accept",
        noun=NOUN,
        key=str(change_id),
        reason=purpose,
        details={"kind": body.kind.value, "plan_id": plan.id, "state": state.value},
    )
    if not asked:
        _tell(session, under_way.rep, change_id, body.kind, answer, now=now)
    session.flush()
    return answer


def _customer_ids(session: Session, rest: Rest) -> dict[str, int]:
    """By code, of all whom the plan names: as far as the rep's own go, and those that the plan in
    force has."""
    known = {customer.code: customer.id or 0 for _, customer in rest.under_way.visits}
    wanted = {visit.customer_id for visit in rest.again.problem.visits} - known.keys()
    for code in sorted(wanted):
        known[code] = customers.get(session, OPERATOR, code).id or 0
    return known


def _past(rest: Rest) -> Past:
    """The days before, and what was done of this one."""
    under_way = rest.under_way
    days = [day for day in under_way.days if day.date < under_way.day]
    visits = [visit for visit, _ in under_way.visits if visit.date < under_way.day]
    today = next((day for day in under_way.days if day.date == under_way.day), None)
    if today is not None and rest.behind:
        days.append(_done_of(today, rest))
        visits += [
            visit.model_copy(update={"position": position})
            for position, (visit, _) in enumerate(rest.behind, start=1)
        ]
    return Past(plan=under_way.row, days=days, visits=visits)


def _done_of(today: PlannedDay, rest: Rest) -> PlannedDay:
    """The day as far as it is done; with nothing ahead the way home belongs to it."""
    ahead = any(route.date == today.date for route in rest.again.plan.routes)
    (rep,) = rest.again.problem.reps
    hours = next(day for day in rep.workdays if day.date == today.date)
    home_s = told.home_by(rest)
    back_m = int(rest.again.problem.travel_m[rep.transport][hours.start, hours.end])
    lunch_s = today.lunch_begin_s
    return PlannedDay(
        plan_id=0,
        date=today.date,
        leave_s=today.leave_s,
        return_s=home_s,
        lunch_begin_s=lunch_s if lunch_s is not None and lunch_s < rest.free_s else None,
        travel_s=sum(v.travel_s for v, _ in rest.behind) + (0 if ahead else home_s - rest.free_s),
        travel_m=sum(v.travel_m for v, _ in rest.behind) + (0 if ahead else back_m),
    )


def _ask(
    session: Session,
    caller: Caller,
    change_id: UUID,
    plan: CyclePlan,
    rest: Rest,
    purpose: str,
    now: datetime,
) -> Approval:
    under_way = rest.under_way
    return ask(
        session,
        caller.asker,
        matter=ApprovalMatter.DAY_CHANGE,
        subject=str(change_id),
        title=N_("{rep}'s day {day} changed"),
        title_params={
            "rep": f"{under_way.rep.name} ({under_way.rep.code})",
            "day": under_way.day.isoformat(),
        },
        reason=purpose,
        payload={
            "plan_id": plan.id,
            "base_plan_id": under_way.row.id,
            "day": under_way.day.isoformat(),
            "zone": under_way.zone.key,
            "lost": [
                {"planned_visit_id": visit_id, "need": need.value}
                for visit_id, need in told.needs(rest).items()
            ],
            "changes": [
                {
                    "field": "state",
                    "before": PlanState.PROPOSED.value,
                    "after": PlanState.PUBLISHED.value,
                }
            ],
        },
        place=Place(rep_id=under_way.rep.id),
        now=now,
        zone=under_way.zone,
    )


def _tell(
    session: Session,
    rep: Rep,
    change_id: UUID,
    kind: DayChangeKind,
    answer: DayChangeAnswer,
    *,
    now: datetime,
) -> None:
    """Let the district manager know."""
    messages.tell(
        session,
        messages.managers_of(session, district_id=rep.district_id, roles=(Role.DISTRICT_MANAGER,)),
        kind="day_changed",
        text=TOLD[kind],
        params={
            "rep": f"{rep.name} ({rep.code})",
            "day": answer.date.isoformat(),
            "n": sum(change.what == "put_off" for change in answer.changes),
        },
        key=f"day-change/{change_id}",
        noun=NOUN,
        subject=str(change_id),
        now=now,
    )
