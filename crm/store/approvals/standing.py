"""Where an approval stands: the step it waits at, what was said to it, and how it ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from crm.models import Approval, ApprovalDecision
from crm.rules.access import Asker
from crm.rules.organisation import Place
from crm.rules.procedures import Step, from_data
from crm.store.house import audit
from crm.vocabulary import ApprovalMatter, ApprovalState, Role

NOUN = "approval"  # in the audit trail


def steps_of(approval: Approval) -> tuple[Step, ...]:
    """The steps of an approval as they stood when it was asked for."""
    return tuple(from_data(step) for step in approval.steps)


def place_of(approval: Approval) -> Place:
    """Whose matter an approval is."""
    return Place(
        rep_id=approval.rep_id, district_id=approval.district_id, region_id=approval.region_id
    )


def roles_text(roles: Sequence[Role]) -> str:
    """Roles as `waits_for` holds them."""
    return "|" + "".join(f"{role.value}|" for role in roles)


def wait_at(approval: Approval, position: int, now: datetime) -> None:
    """Let an approval wait at a step from now on."""
    step = steps_of(approval)[position]
    approval.position = position
    approval.waits_for = roles_text(step.named)
    approval.second_person = step.second_person
    approval.due_at = now + timedelta(hours=step.within_hours)
    approval.escalated = False


def open_of(session: Session, matter: ApprovalMatter) -> Approval | None:
    """The approval of a matter of the company's that is open, the last one asked for."""
    query = select(Approval).where(Approval.matter == matter, Approval.state == ApprovalState.OPEN)
    return session.exec(query.order_by(col(Approval.asked_at).desc()).limit(1)).first()


def due_before(session: Session, now: datetime) -> list[Approval]:
    """The open approvals whose step's time is over and that went no further yet, the longest over
    first; locked, those that somebody is deciding left out."""
    query = select(Approval).where(
        Approval.state == ApprovalState.OPEN,
        col(Approval.due_at) <= now,
        col(Approval.escalated).is_(False),
    )
    order = (col(Approval.due_at), col(Approval.id))
    return list(session.exec(query.order_by(*order).with_for_update(skip_locked=True)))


def pass_over(approval: Approval, now: datetime) -> None:
    """Wait at the next step, noting that this one was waited for in vain."""
    _note(approval, "passed_over_at", now)
    wait_at(approval, approval.position + 1, now)


def escalate(approval: Approval, now: datetime) -> Role | None:
    """Let whom the step escalates to decide as well, as long again, and answer the role; None
    where it escalates to nobody: then it stays due."""
    step = steps_of(approval)[approval.position]
    approval.escalated = True
    _note(approval, "escalated_at", now)
    if step.escalates_to is None:
        return None
    approval.waits_for = roles_text(list(dict.fromkeys((*step.named, step.escalates_to))))
    approval.due_at = now + timedelta(hours=step.within_hours)
    return step.escalates_to


def close(
    approval: Approval, state: ApprovalState, now: datetime, outcome: dict[str, Any] | None = None
) -> None:
    """End an approval."""
    approval.state, approval.closed_at = state, now
    approval.outcome = outcome or {}
    approval.waits_for, approval.due_at, approval.second_person = "", None, False


def say(
    session: Session,
    asker: Asker,
    approval: Approval,
    said: ApprovalDecision,
) -> None:
    """Keep what somebody said to an approval at the step where it waits."""
    in_place_of = [
        step.decides.value
        for step in steps_of(approval)[said.position : said.until]
        if asker.role not in step.named
    ]
    session.add(said)
    session.flush()
    audit.record(
        session,
        said.kind.value,
        noun=NOUN,
        key=str(approval.id),
        reason=said.comment,
        details={
            "matter": approval.matter.value,
            "subject": approval.subject,
            "in_place_of": in_place_of,
        },
    )


def _note(approval: Approval, what: str, now: datetime) -> None:
    """Note an instant with the step that is waited for."""
    approval.steps = [
        step | {what: now.isoformat()} if number == approval.position else step
        for number, step in enumerate(approval.steps)
    ]
