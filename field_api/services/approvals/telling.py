"""Approvals as they are told: in short for a list, and the whole story of one."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import Approval, ApprovalDecision
from crm.rules.access import Asker
from crm.rules.approvals import may_decide
from crm.store import approvals
from crm.store.approvals import Names, Wanted
from crm.vocabulary import ApprovalMatter, ApprovalState, Role
from field_api.schemas.approvals import (
    ApprovalAnswer,
    ChangeAnswer,
    DecisionAnswer,
    RoundAnswer,
    StepAnswer,
    StoryAnswer,
)
from field_api.schemas.values import Page
from field_api.services.approvals.registry import handlers_of
from field_api.services.pages import cursor, instant, place
from field_api.services.plans.notes import Note
from field_api.wording import Language, say

COMES_BACK = (ApprovalMatter.PLAN,)  # what is asked for again after it was sent back
Standing = Literal["decided", "passed_over", "waiting", "not_reached"]


def listed(
    database: Database,
    asker: Asker,
    wanted: Wanted,
    *,
    after: str | None,
    limit: int,
    now: datetime,
    language: Language,
) -> Page[ApprovalAnswer]:
    """The approvals wanted of those that the asker may see, the last asked for first."""
    with database.reading() as session:
        shown, end = _page(session, asker, wanted, after, limit)
        names = approvals.names_of(session, shown)
        items = [ApprovalAnswer(**short(a, names, asker, now, language)) for a in shown]
        return Page(items=items, next_cursor=end)


def story(
    database: Database, asker: Asker, approval_id: UUID, *, now: datetime, language: Language
) -> StoryAnswer:
    """The whole story of an approval. Raises `ApprovalNotFound`."""
    with database.reading() as session:
        approval = approvals.get(session, asker, approval_id)
        return told(session, approval, asker, now=now, language=language)


def stories(
    database: Database,
    asker: Asker,
    wanted: Wanted,
    *,
    after: str | None,
    limit: int,
    now: datetime,
    language: Language,
) -> Page[StoryAnswer]:
    """The whole stories of the approvals wanted, for short lists; as `listed` otherwise."""
    with database.reading() as session:
        shown, end = _page(session, asker, wanted, after, limit)
        items = [told(session, a, asker, now=now, language=language) for a in shown]
        return Page(items=items, next_cursor=end)


def told(
    session: Session, approval: Approval, asker: Asker, *, now: datetime, language: Language
) -> StoryAnswer:
    """The whole story of an approval that the asker was let see."""
    names = approvals.names_of(session, [approval])
    decisions = approvals.decisions_of(session, approval)
    payload = {key: part for key, part in approval.payload.items() if key != "changes"}
    overtaken = approval.state is ApprovalState.OVERTAKEN
    return StoryAnswer(
        **short(approval, names, asker, now, language),
        changes=[ChangeAnswer(**change) for change in approval.payload.get("changes", [])],
        payload=payload,
        steps=_steps(approval),
        decisions=[_decision(approval, said) for said in decisions],
        earlier=_earlier(session, approval, asker),
        doubts=_doubts(session, approval, now, language),
        outcome={} if overtaken else approval.outcome,
        message=_said(Note(**approval.outcome), language) if overtaken else "",
    )


def _earlier(session: Session, approval: Approval, asker: Asker) -> list[RoundAnswer]:
    """How it went when the same was asked for before, where it can come back: with a plan."""
    if approval.matter not in COMES_BACK:
        return []
    rounds = approvals.rounds_about(session, asker, approval.matter, approval.subject)
    names = approvals.names_of(session, [one for one, _ in rounds])
    return [
        RoundAnswer(
            id=one.id,
            state=one.state,
            reason=one.reason,
            asked_by=names.people.get(one.asked_by_id, ""),
            asked_at=one.asked_at,
            closed_at=one.closed_at,
            decisions=[_decision(one, word) for word in said],
        )
        for one, said in rounds
        if one.id != approval.id
        and one.closed_at is not None
        and one.closed_at <= approval.asked_at
    ]


def _page(
    session: Session, asker: Asker, wanted: Wanted, after: str | None, limit: int
) -> tuple[list[Approval], str | None]:
    """Up to `limit` approvals, and where the next ones begin."""
    before = place(after, lambda at, number: (instant(at), UUID(number)))
    found = approvals.newest(session, asker, wanted, limit=limit + 1, before=before)
    shown = found[:limit]
    if len(found) <= limit:
        return shown, None
    return shown, cursor(shown[-1].asked_at.isoformat(), str(shown[-1].id))


def short(
    approval: Approval, names: Names, asker: Asker, now: datetime, language: Language
) -> dict[str, Any]:
    """What every answer says of an approval."""
    is_open = approval.state is ApprovalState.OPEN
    waits_for = [Role(role) for role in approval.waits_for.split("|") if role]
    return {
        "id": approval.id,
        "matter": approval.matter,
        "subject": approval.subject,
        "title": say(language, approval.title, **approval.title_params),
        "reason": approval.reason,
        "state": approval.state,
        "size": approval.size,
        "asked_by": names.people.get(approval.asked_by_id, ""),
        "asked_at": approval.asked_at,
        "needed_by": approval.needed_by,
        "special_case": approval.special_case,
        "rep_code": names.reps.get(approval.rep_id),
        "district_code": names.districts.get(approval.district_id),
        "region_code": names.regions.get(approval.region_id),
        "waits_for": waits_for,
        "due_at": approval.due_at,
        "late": approval.escalated or (approval.due_at is not None and approval.due_at <= now),
        "closed_at": approval.closed_at,
        "i_may_decide": is_open
        and may_decide(
            asker,
            approvals.steps_of(approval)[approval.position],
            approvals.place_of(approval),
            asked_by_id=approval.asked_by_id,
        ),
        "i_may_withdraw": is_open
        and approval.asked_by_id is not None
        and approval.asked_by_id == asker.user_id,
    }


def _steps(approval: Approval) -> list[StepAnswer]:
    return [
        StepAnswer(
            **{"escalated_at": None, "passed_over_at": None} | step,
            standing=_standing(approval, number, step),
        )
        for number, step in enumerate(approval.steps)
    ]


def _standing(approval: Approval, number: int, step: dict[str, Any]) -> Standing:
    if "passed_over_at" in step:
        return "passed_over"
    if number < approval.position:
        return "decided"
    waits = number == approval.position and approval.state is ApprovalState.OPEN
    return "waiting" if waits else "not_reached"


def _decision(approval: Approval, said: ApprovalDecision) -> DecisionAnswer:
    steps = approvals.steps_of(approval)[said.position : said.until]
    return DecisionAnswer(
        kind=said.kind,
        by=said.actor,
        role=said.role,
        in_place_of=[step.decides for step in steps if said.role not in step.named],
        at=said.at,
        comment=said.comment,
        details=said.details,
    )


def _doubts(session: Session, approval: Approval, now: datetime, language: Language) -> list[str]:
    """What no longer fits, while it can still be decided."""
    look = handlers_of(approval.matter).doubts
    if look is None or approval.state is not ApprovalState.OPEN:
        return []
    return [_said(note, language) for note in look(session, approval, now)]


def _said(note: Note, language: Language) -> str:
    return say(language, note.text, **note.params)
