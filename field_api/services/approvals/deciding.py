"""Deciding an approval: once, in one transaction with what follows from it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import Approval, ApprovalDecision
from crm.rules.access import Asker
from crm.rules.approvals import Word, decided_by
from crm.store import approvals
from crm.store.approvals import Overtaken
from crm.store.house import audit
from crm.store.people import messages
from crm.text import N_
from crm.vocabulary import ApprovalState, DecisionKind
from field_api.errors import InvalidInput
from field_api.services.approvals.refusals import (
    AlreadyDecided,
    CommentMissing,
    NotYoursToDecide,
    WasOvertaken,
)
from field_api.services.approvals.registry import handlers_of

COMMENTED = N_("{title}: {by} writes: {comment}")


def decide(
    database: Database, asker: Asker, approval_id: UUID, word: Word, *, now: datetime
) -> None:
    """Approve, refuse or comment. What follows from the last approval is done in the same
    transaction, exactly once; the same said again by the same person changes nothing.

    Raises `ApprovalNotFound`, `NotYoursToDecide`, `AlreadyDecided`, `CommentMissing`, and
    `WasOvertaken` (then the approval is closed as that).
    """

    def work(session: Session) -> dict[str, Any] | None:
        approval = approvals.get(session, asker, approval_id, to_change=True)
        if not _said_before(session, asker, approval, word):
            _decide(session, asker, approval, word, now)
        return approval.outcome if approval.state is ApprovalState.OVERTAKEN else None

    why = database.written(work, by=asker, at=now)
    if why is not None:  # kept as overtaken, and said so
        raise WasOvertaken(why["text"], **why["params"])


def decide_several(
    database: Database, asker: Asker, approval_ids: Sequence[UUID], word: Word, *, now: datetime
) -> list[Refused]:
    """Say the same to several approvals, each as `decide` would by itself: one that cannot be
    decided so holds back no other. Answers why those were left that were."""

    def work(session: Session) -> list[Refused]:
        left: list[Refused] = []
        for approval_id in dict.fromkeys(approval_ids):
            try:
                with session.begin_nested():
                    approval = approvals.get(session, asker, approval_id, to_change=True)
                    if not _said_before(session, asker, approval, word):
                        _decide(session, asker, approval, word, now)
            except Refused as why:
                left.append(why)
                continue
            if approval.state is ApprovalState.OVERTAKEN:
                left.append(WasOvertaken(approval.outcome["text"], **approval.outcome["params"]))
        return left

    return database.written(work, by=asker, at=now)


def withdraw(
    database: Database, asker: Asker, approval_id: UUID, *, reason: str, now: datetime
) -> None:
    """Take back what one asked for; again changes nothing.

    Raises `ApprovalNotFound`, `NotYoursToDecide` for another's, `AlreadyDecided`.
    """

    def work(session: Session) -> None:
        approval = approvals.get(session, asker, approval_id, to_change=True)
        take_back(session, asker, approval, reason=reason, now=now)

    database.written(work, by=asker, at=now)


def take_back(
    session: Session, asker: Asker, approval: Approval, *, reason: str, now: datetime
) -> None:
    """Withdraw what one asked for, as part of something bigger; raises as `withdraw` does."""
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


def _said_before(session: Session, asker: Asker, approval: Approval, word: Word) -> bool:
    """Whether the same person said the same already; `AlreadyDecided` if it was the contrary."""
    own = [
        said
        for said in approvals.decisions_of(session, approval)
        if asker.user_id is not None and said.user_id == asker.user_id
    ]
    if word.kind is DecisionKind.COMMENT:
        same = (word.kind, word.comment, list(word.details))
        return bool(own) and (own[-1].kind, own[-1].comment, own[-1].details) == same
    decided = [said for said in own if said.kind is not DecisionKind.COMMENT]
    if decided and decided[-1].kind is not word.kind:
        raise AlreadyDecided(approval)
    return bool(decided)


def _decide(session: Session, asker: Asker, approval: Approval, word: Word, now: datetime) -> None:
    """Keep what is said, and go on from there."""
    if approval.state is not ApprovalState.OPEN:
        raise AlreadyDecided(approval)
    steps = approvals.steps_of(approval)
    until = approval.position
    if word.kind is not DecisionKind.COMMENT:
        until = decided_by(
            asker,
            steps,
            approval.position,
            approvals.place_of(approval),
            asked_by_id=approval.asked_by_id,
        )
        if until == approval.position:
            raise NotYoursToDecide(N_("This waits for somebody else to decide."))
    if word.kind is not DecisionKind.APPROVE and not word.comment:
        raise CommentMissing(N_("Say why: a refusal or a comment needs its words."))
    _refuse_foreign_details(session, approval, word)
    said = ApprovalDecision(
        approval_id=approval.id,
        position=approval.position,
        until=until,
        kind=word.kind,
        user_id=asker.user_id,
        actor=asker.name,
        role=asker.role,
        at=now,
        comment=word.comment,
        details=list(word.details),
    )
    approvals.say(session, asker, approval, said)
    heard = handlers_of(approval.matter).said
    if heard is not None:
        heard(session, approval, said)
    if word.kind is DecisionKind.COMMENT and approval.asked_by_id != asker.user_id:
        _tell_who_asked(session, approval, said)
    if word.kind is DecisionKind.REFUSE:
        state = ApprovalState.REFUSED
        end(session, approval, state, now, action="close", reason=word.comment)
    elif until == len(steps):
        approval.position = until
        _carry_out(session, approval, now)
    elif until > approval.position:
        approvals.wait_at(approval, until, now)


def _tell_who_asked(session: Session, approval: Approval, said: ApprovalDecision) -> None:
    """Whoever asked hears of a comment; of an end, the clock tells."""
    messages.tell(
        session,
        [approval.asked_by_id],
        kind="approval_commented",
        text=COMMENTED,
        params={
            "title": {"text": approval.title, "params": approval.title_params},
            "by": said.actor,
            "comment": said.comment,
        },
        key=f"approval/{approval.id}/said/{said.id}",
        noun="approval",
        subject=str(approval.id),
        now=said.at,
    )


def _refuse_foreign_details(session: Session, approval: Approval, word: Word) -> None:
    """Raise `InvalidInput` for wishes on what is no part of what was asked for."""
    parts = handlers_of(approval.matter).parts
    known = parts(session, approval) if parts is not None and word.details else set()
    for number, detail in enumerate(word.details):
        if detail["planned_visit_id"] not in known:
            raise InvalidInput(
                f"body.details.{number}.planned_visit_id",
                N_("{part} is no part of what was asked for."),
                part=repr(detail["planned_visit_id"]),
            )


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
    session.flush()
