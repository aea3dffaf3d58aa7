"""Reminders and escalations: who must be told what today. Run by the clock, told once each."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from crm.models import Approval
from crm.rules.files import quarter_of
from crm.rules.promises import PromiseStanding, standing
from crm.rules.reports import day_of
from crm.store.house import audit
from crm.store.people import messages, reminders
from crm.text import N_
from crm.vocabulary import ApprovalState, Role
from field_api.services.approvals.overdue import escalate_due
from field_api.services.people.accounts import zone_of
from field_api.settings import Settings

REPORTS_HOUR = 18  # from when on a rep is asked for the day's reports
OUTCOMES_TOLD = timedelta(days=2)  # afterwards nobody needs to be told any more
OUTCOMES = {
    ApprovalState.APPROVED: N_("{title}: approved."),
    ApprovalState.REFUSED: N_("{title}: refused; the reason stands with it."),
    ApprovalState.WITHDRAWN: N_("{title}: withdrawn."),
    ApprovalState.OVERTAKEN: N_("{title}: overtaken, what it was about has changed."),
}
LONGEST_ZONE_LEAD = timedelta(days=1)  # of a rep's date on the date in UTC


def of_promises(session: Session, settings: Settings, *, now: datetime) -> int:
    """Tell owners of promises due soon and late; a late one is told once to the manager, too."""
    told = 0
    soon = timedelta(days=settings.due_soon_days)
    due_by = now.date() + soon + LONGEST_ZONE_LEAD
    for one in reminders.open_promises(session, due_by=due_by):
        promise, customer, rep = one.promise, one.customer, one.owner
        today = day_of(now, zone_of(rep, settings))
        how = standing(promise.state, promise.due, today=today, soon_days=settings.due_soon_days)
        if how not in (PromiseStanding.DUE_SOON, PromiseStanding.LATE):
            continue
        late = how is PromiseStanding.LATE
        about = {"noun": "promise", "subject": promise.code}
        params = {
            "what": promise.what,
            "customer": f"{customer.name} ({customer.code})",
            "due": promise.due.isoformat(),
            "rep": f"{rep.name} ({rep.code})" if rep else "",
        }
        told += messages.tell(
            session,
            messages.users_of_reps(session, [rep.id if rep else None]),
            kind=f"promise_{how.value}",
            text=N_("Promise “{what}” to {customer} was due on {due} and is late.")
            if late
            else N_("Promise “{what}” to {customer} is due on {due}."),
            params=params,
            key=f"promise/{promise.code}/{how.value}/{promise.due}",
            now=now,
            **about,
        )
        if late and promise.escalated_at is None:
            promise.escalated_at = now
            audit.record(session, "escalate", noun="promise", key=promise.code)
            told += messages.tell(
                session,
                messages.managers_of(
                    session, district_id=one.district_id, roles=(Role.DISTRICT_MANAGER,)
                ),
                kind="promise_escalated",
                text=N_("{rep} is late with promise “{what}” to {customer}, due {due}.")
                if rep
                else N_("Promise “{what}” to {customer}, due {due}, is late and nobody's."),
                params=params,
                key=f"promise/{promise.code}/escalated/{promise.due}",
                now=now,
                **about,
            )
    return told


def of_reports(session: Session, settings: Settings, *, now: datetime) -> int:
    """In the evening, tell reps how many of the day's visits have no report yet."""
    told = 0
    for rep in reminders.reps_at_work(session):
        zone = zone_of(rep, settings)
        if now.astimezone(zone).hour < REPORTS_HOUR:
            continue
        today = day_of(now, zone)
        missing = reminders.visits_without_report(session, rep, today)
        if missing:
            told += messages.tell(
                session,
                messages.users_of_reps(session, [rep.id]),
                kind="reports_missing",
                text=N_("{n} visits of {day} have no report yet."),
                params={"n": missing, "day": today.isoformat()},
                key=f"reports/{rep.code}/{today}",
                noun="day",
                subject=today.isoformat(),
                now=now,
            )
    return told


def of_approvals(session: Session, _settings: Settings, *, now: datetime) -> int:
    """Let what waits too long go further, tell whoever may decide what waits for them, and whoever
    asked what became of it."""
    escalate_due(session, now)
    told = 0
    for approval in reminders.approvals_open(session):
        told += messages.tell(
            session,
            _deciders(session, approval),
            kind="approval_waiting",
            text=N_("{title}: waits for your decision."),
            params={"title": _title(approval)},
            key=f"approval/{approval.id}/{approval.position}/{approval.waits_for}"[:200],
            noun="approval",
            subject=str(approval.id),
            now=now,
        )
    for approval in reminders.approvals_closed(session, now - OUTCOMES_TOLD):
        told += messages.tell(
            session,
            [approval.asked_by_id],
            kind=f"approval_{approval.state.value}",
            text=OUTCOMES[approval.state],
            params={"title": _title(approval)},
            key=f"approval/{approval.id}/{approval.state.value}",
            noun="approval",
            subject=str(approval.id),
            now=now,
        )
    return told


def _deciders(session: Session, approval: Approval) -> list[int]:
    roles = [Role(name) for name in approval.waits_for.split("|") if name]
    found = messages.managers_of(
        session,
        district_id=approval.district_id,
        region_id=approval.region_id,
        roles=[role for role in roles if role is not Role.REP],
    )
    if Role.REP in roles:
        found += messages.users_of_reps(session, [approval.rep_id])
    if approval.second_person:
        return [user_id for user_id in found if user_id != approval.asked_by_id]
    return found


def _title(approval: Approval) -> dict[str, Any]:
    """A text within a text, put in the reader's language with it."""
    return {"text": approval.title, "params": approval.title_params}


def of_files(session: Session, settings: Settings, *, now: datetime) -> int:
    """Once a month, tell district managers and information admins how many files wait for being
    verified this quarter; once a week, tell directors and general managers of completions that
    are past their day."""
    today = day_of(now, settings.zone)
    return _files_to_verify(session, today, now) + _completions(session, today, now)


def _files_to_verify(session: Session, today: date, now: datetime) -> int:
    told, total = 0, 0
    text = N_("{n} customer files have not been verified this quarter.")
    about = {"kind": "files_to_verify", "noun": "file_verification"}
    for waiting in reminders.unverified(session, quarter_of(today)):
        total += waiting.files
        if waiting.district_id is not None:
            told += messages.tell(
                session,
                messages.managers_of(
                    session, district_id=waiting.district_id, roles=(Role.DISTRICT_MANAGER,)
                ),
                text=text,
                params={"n": waiting.files},
                key=f"files/{waiting.district_id}/{today:%Y-%m}",
                now=now,
                **about,
            )
    if total:
        told += messages.tell(
            session,
            messages.managers_of(session, roles=(Role.INFORMATION_ADMIN,)),
            text=text,
            params={"n": total},
            key=f"files/all/{today:%Y-%m}",
            now=now,
            **about,
        )
    return told


def _completions(session: Session, today: date, now: datetime) -> int:
    told = 0
    overdue = reminders.completions_overdue(session, today)
    regions = reminders.regions_of_districts(session)
    for district_id, count in overdue:
        told += messages.tell(
            session,
            messages.managers_of(
                session,
                region_id=regions.get(district_id),
                roles=(Role.REGIONAL_DIRECTOR, Role.GENERAL_MANAGER),
            ),
            kind="completions_overdue",
            text=N_("{n} completions of customer files are past their day."),
            params={"n": count},
            key=f"completions/{district_id}/{today:%G-W%V}",
            noun="file_verification",
            now=now,
        )
    return told
