"""An approved change of territories carried out, at once or on its day: customers follow the
boundary, promises their customer, and plans are marked. All in one transaction, or nothing."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.models import Approval, Territory
from crm.rules.access import OPERATOR
from crm.rules.boundaries import read_shape
from crm.rules.redrawing import NEW
from crm.rules.reports import day_of
from crm.rules.territories import TerritoryShape
from crm.store.approvals import Overtaken
from crm.store.house import audit
from crm.store.people import messages
from crm.store.territories import territories, territory_changes
from crm.text import N_
from crm.vocabulary import ApprovalMatter, ChangeState, Role
from field_api.services.approvals import register
from field_api.services.territories.judging import effects_of
from field_api.settings import Settings

MANY = 20  # codes told in an entry
TELL = N_("Plan of {rep} until {last}: {why}")
LOST = N_("The change of territories that was to take effect on {day} did not: {why}")


def apply(session: Session, approval: Approval, now: datetime) -> dict[str, Any]:
    """Carry out what was approved, or let it wait for its day. Raises `Overtaken` when a
    territory or its customers changed meanwhile."""
    territory_changes.queue_up(session)
    codes = _codes(approval)
    day = approval.payload.get("takes_effect_on")
    today = day_of(now, ZoneInfo(approval.payload.get("zone", "UTC")))
    try:
        territory_changes.refuse_waiting(session, codes)
    except territory_changes.ChangeWaiting as waiting:
        raise Overtaken(waiting.text, **waiting.params) from None
    if day is not None and date.fromisoformat(day) > today:
        _fitting(session, approval)
        territory_changes.schedule(session, approval, date.fromisoformat(day), codes)
        return {"takes_effect_on": day}
    return _carry_out(session, approval, today=today, now=now)


def take_effect(session: Session, settings: Settings, *, now: datetime) -> int:
    """Carry out what was approved for a day that has come; answers how many did. What no longer
    fits is left, and those concerned are told."""
    done = 0
    if territory_changes.waiting(session, until=day_of(now, settings.zone)):
        territory_changes.queue_up(session)
    for change in territory_changes.waiting(session, until=day_of(now, settings.zone)):
        approval = territory_changes.approval_of(session, change.approval_id)
        change.settled_at = now
        try:
            with session.begin_nested():
                change.outcome = _carry_out(
                    session, approval, today=change.takes_effect_on, now=now
                )
        except Overtaken as why:
            change.state = ChangeState.OVERTAKEN
            change.outcome = {"text": why.text, "params": why.params}
            _tell_lost(session, approval, change.takes_effect_on, change.outcome, now)
        else:
            change.state = ChangeState.DONE
            done += 1
        session.flush()
    return done


def _codes(approval: Approval) -> list[str]:
    payload = approval.payload
    return [one["code"] for one in (*payload["territories"], *payload.get("removed", ()))]


def _fitting(session: Session, approval: Approval) -> dict[str, Territory | None]:
    """The rows that a change is of, locked; raises `Overtaken` where they fit no more."""
    changes, removed = approval.payload["territories"], approval.payload.get("removed", [])
    rows = {
        change["code"]: territories.by_code(session, change["code"], to_change=True)
        for change in (*changes, *removed)
    }
    for change in (*changes, *removed):
        row = rows[change["code"]]
        if (row.version if row else None) != change["version"]:
            raise Overtaken(
                N_("Territory {code} was changed meanwhile; draw it again."), code=change["code"]
            )
    shapes = []
    for number, change in enumerate(changes):
        row = rows[change["code"]]
        shapes.append(
            TerritoryShape(
                id=row.id or NEW if row else NEW - number,
                code=change["code"],
                shape=read_shape(change["geometry"]),
            )
        )
    if effects_of(session, shapes, [one["code"] for one in removed]).unsettling:
        raise Overtaken(
            N_("The customers or territories around {code} changed meanwhile; draw it again."),
            code=changes[0]["code"],
        )
    return rows


def _carry_out(
    session: Session, approval: Approval, *, today: date, now: datetime
) -> dict[str, Any]:
    changes = approval.payload["territories"]
    removed = [one["code"] for one in approval.payload.get("removed", ())]
    rows = _fitting(session, approval)
    before = territory_changes.reps_of_customers(session)
    for change in changes:
        territories.keep(session, rows[change["code"]], change)
    moved = territories.assign(session, OPERATOR, without=removed)
    for code in removed:
        row = rows[code]
        assert row is not None  # it fitted
        territories.remove(session, row, approval.reason)
    moves = territory_changes.moves_between(before, territory_changes.reps_of_customers(session))
    promises = territory_changes.promises_follow(session, moves)
    codes = _codes(approval)
    marked = territory_changes.mark_plans(session, moves, codes, today=today, now=now)
    for plan, rep, note in marked:
        messages.tell(
            session,
            messages.managers_of(
                session, district_id=rep.district_id, roles=(Role.DISTRICT_MANAGER,)
            ),
            kind="replan_needed",
            text=TELL,
            params={
                "rep": f"{rep.name} ({rep.code})",
                "last": plan.last_day.isoformat(),
                "why": {"text": note["text"], "params": note["params"]},
            },
            key=f"replan/{plan.id}/{approval.id}",
            noun="plan",
            subject=str(plan.id),
            now=now,
        )
    outcome = {
        "moved": moved,
        "promises": len(promises),
        "plans_to_replan": [plan.id for plan, _, _ in marked],
    }
    audit.record(
        session,
        "take_effect",
        noun="territories",
        key=approval.subject,
        reason=approval.reason,
        details=outcome | {"codes": codes[:MANY], "followed": promises[:MANY]},
    )
    return outcome


def _tell_lost(
    session: Session, approval: Approval, on: date, why: dict[str, Any], now: datetime
) -> None:
    concerned = messages.managers_of(
        session, district_id=approval.district_id, roles=(Role.DISTRICT_MANAGER,)
    )
    messages.tell(
        session,
        [approval.asked_by_id, *concerned],
        kind="territory_change_overtaken",
        text=LOST,
        params={"day": on.isoformat(), "why": why},
        key=f"territory_change/{approval.id}/overtaken",
        noun="approval",
        subject=str(approval.id),
        now=now,
    )
    audit.record(
        session, "overtake", noun="territories", key=approval.subject, details={"why": why["text"]}
    )


register(ApprovalMatter.TERRITORIES, apply)
