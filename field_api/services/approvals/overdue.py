"""Approvals that wait too long: passed over or taken up the line."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from crm.models import Approval
from crm.store import approvals
from crm.store.house import audit
from crm.vocabulary import Role


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """What was done about an approval whose step's time is over: `passed_over` when it goes on
    without that step; otherwise `to` may decide as well, None where nobody is named for it."""

    approval: Approval
    passed_over: bool
    to: Role | None


def escalate_due(session: Session, now: datetime) -> list[Escalation]:
    """Move on what waits too long, each step once, in a writing session. The approvals in the
    answer tell for whom they wait now (`waits_for`) and until when."""
    found = []
    for approval in approvals.due_before(session, now):
        step = approvals.steps_of(approval)[approval.position]
        to = None
        if step.goes_on:
            approvals.pass_over(approval, now)
        else:
            to = approvals.escalate(approval, now)
        audit.record(
            session,
            "pass_over" if step.goes_on else "escalate",
            noun=approvals.NOUN,
            key=str(approval.id),
            details={"waited_for": step.decides.value, "to": to.value if to else None},
        )
        found.append(Escalation(approval=approval, passed_over=step.goes_on, to=to))
    session.flush()
    return found
