"""Deciding an approval: once, in one transaction with what follows from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import Approval
from crm.rules.access import Asker
from crm.rules.approvals import decided_by
from crm.store import approvals, audit
from crm.store.approvals import Overtaken
from crm.text import N_
from crm.vocabulary import ApprovalState, DecisionKind
from field_api.errors import CODES, Forbidden
from field_api.services.approvals.registry import handlers_of


class AlreadyDecided(Refused):
    """Somebody else, or oneself otherwise, was faster."""

    def __init__(self, approval: Approval) -> None:
        super().__init__(
            N_("This was decided already: it is {state}. Nothing was changed."),
            state=approval.state,
        )


class NotYoursToDecide(Forbidden):
    """Known, but another's to decide."""

    code = "not_yours_to_decide"


class WasOvertaken(Refused):
    """The approval is closed: what it was about has changed."""


class CommentMissing(Refused):
    """A refusal says why."""


CODES |= {
    approvals.ApprovalNotFound: (404, "approval_not_found"),
    approvals.AlreadyAsked: (409, "already_asked"),
    AlreadyDecided: (409, "already_decided"),
    WasOvertaken: (409, "overtaken"),
    CommentMissing: (422, "comment_missing"),
}


def decide(
    database: Database,
    asker: Asker,
    approval_id: UUID,
    *,
    kind: DecisionKind,
    comment: str = "",
    details: Sequence[dict[str, Any]] = (),
    now: datetime,
) -> None:
    """Approve, refuse or comment. What follows from the last approval is done in the same
    transaction, exactly once; the same said again by the same person changes nothing.

    Raises `ApprovalNotFound`, `NotYoursToDecide`, `AlreadyDecided`, `CommentMissing`, and
    `WasOvertaken` (then the approval is closed as that).
    """
    with database.writing(by=asker, at=now) as session:
        approval = approvals.get(session, asker, approval_id, to_change=True)
        said = _said_before(session, asker, approval, kind, comment, details)
        if not said:
            _decide(session, asker, approval, kind, comment, details, now)
        why = approval.outcome if approval.state is ApprovalState.OVERTAKEN else None
    if why is not None:
        raise WasOvertaken(why["text"], **why["params"])


def withdraw(
    database: Database, asker: Asker, approval_id: UUID, *, reason: str, now: datetime
) -> None:
    """Take back what one asked for; again changes nothing.

    Raises `ApprovalNotFound`, `NotYoursToDecide` for another's, `AlreadyDecided`.
    """
    with database.writing(by=asker, at=now) as session:
        approval = approvals.get(session, asker, approval_id, to_change=True)
        if asker.user_id is None or approval.asked_by_id != asker.user_id:
            raise NotYoursToDecide(N_("Only who asked for it withdraws it."))
        if approval.state is ApprovalState.WITHDRAWN:
            return
        if approval.state is not ApprovalState.OPEN:
            raise AlreadyDecided(approval)
        end(session, approval, ApprovalState.WITHDRAWN, now, action="withdraw", reason=reason)


def end(
    session: Session,
    approval: Approval,
    state: ApprovalState,
    now: datetime,
    *,
    action: str,
    reason: str = "",
    outcome: dict[str, Any] | None = None,
) -> None:
    """Close an approval that is not carried out, and tell the matter's owner."""
    approvals.close(approval, state, now, outcome)
    audit.record(session, action, noun=approvals.NOUN, key=str(approval.id), reason=reason)
    heard = handlers_of(approval.matter).closed
    if heard is not None:
        heard(session, approval, now)
    session.flush()


def _said_before(
    session: Session,
    asker: Asker,
    approval: Approval,
    kind: DecisionKind,
    comment: str,
    details: Sequence[dict[str, Any]],
) -> bool:
    """Whether the same person said the same already; `AlreadyDecided` if it was the contrary."""
    own = [
        said
        for said in approvals.decisions_of(session, approval)
        if asker.user_id is not None and said.user_id == asker.user_id
    ]
    if kind is DecisionKind.COMMENT:
        return bool(own) and (own[-1].kind, own[-1].comment, own[-1].details) == (
            kind,
            comment,
            list(details),
        )
    decided = [said for said in own if said.kind is not DecisionKind.COMMENT]
    if decided and decided[-1].kind is not kind:
        raise AlreadyDecided(approval)
    return bool(decided)


def _decide(
    session: Session,
    asker: Asker,
    approval: Approval,
    kind: DecisionKind,
    comment: str,
    details: Sequence[dict[str, Any]],
    now: datetime,
) -> None:
    if approval.state is not ApprovalState.OPEN:
        raise AlreadyDecided(approval)
    if kind is DecisionKind.COMMENT:
        approvals.say(session, asker, approval, kind, comment=comment, details=details, now=now)
        return
    steps = approvals.steps_of(approval)
    after = decided_by(
        asker,
        steps,
        approval.position,
        approvals.place_of(approval),
        asked_by_id=approval.asked_by_id,
    )
    if after == approval.position:
        raise NotYoursToDecide(N_("This waits for somebody else to decide."))
    if kind is DecisionKind.REFUSE and not comment:
        raise CommentMissing(N_("A refusal says why: give a comment."))
    approvals.say(session, asker, approval, kind, comment=comment, details=details, now=now)
    if kind is DecisionKind.REFUSE:
        end(session, approval, ApprovalState.REFUSED, now, action="close", reason=comment)
    elif after < len(steps):
        approvals.wait_at(approval, after, now)
    else:
        _carry_out(session, approval, now)


def _carry_out(session: Session, approval: Approval, now: datetime) -> None:
    """Do what was approved, or close as overtaken with nothing of it done."""
    session.flush()
    session.info[audit.REASON] = approval.reason
    try:
        with session.begin_nested():
            outcome = handlers_of(approval.matter).apply(session, approval, now)
    except Overtaken as why:
        outcome = {"text": why.text, "params": why.params}
        end(session, approval, ApprovalState.OVERTAKEN, now, action="overtake", outcome=outcome)
        return
    approvals.close(approval, ApprovalState.APPROVED, now, outcome)
    audit.record(session, "carry_out", noun=approvals.NOUN, key=str(approval.id))
