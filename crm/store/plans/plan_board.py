"""The plans of all reps of somebody's at a glance, without their documents, which are large."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, case, cast, func
from sqlmodel import Session, col, select

from crm.models import Approval, ApprovalDecision, CyclePlan, PlanWish, Rep
from crm.rules.access import Asker
from crm.store.people import people
from crm.vocabulary import ApprovalMatter, ApprovalState, DecisionKind, PlanState, WishState

SHOWN = (PlanState.DRAFT, PlanState.PROPOSED, PlanState.PUBLISHED, PlanState.REFUSED)


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A plan in short; `steps_done` counts the steps of its open approval that are decided,
    `wishes` the rep's that nobody has answered, `comments` what was said on it."""

    id: int
    rep_id: int
    first_day: date
    last_day: date
    state: PlanState
    figures: dict[str, Any]
    needs_replan: bool
    steps_done: int = 0
    wishes: int = 0
    comments: int = 0


def reps_of(session: Session, asker: Asker) -> list[Rep]:
    """The reps at work whom the asker may see, in order of code."""
    query = people.reps_visible_to(asker).where(col(Rep.active).is_(True))
    return list(session.exec(query.order_by(Rep.code)))


def lines(session: Session, asker: Asker, *, since: date, rep: Rep | None = None) -> list[PlanLine]:
    """The plans with days from a day on, in order of rep, time and making; of one rep with `rep`,
    who was already let see."""
    reps = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    query = (
        select(
            CyclePlan.id,
            CyclePlan.rep_id,
            CyclePlan.first_day,
            CyclePlan.last_day,
            CyclePlan.state,
            CyclePlan.figures,
            case((cast(CyclePlan.replan_because, String) != "[]", 1), else_=0),
        )  # type: ignore[call-overload]
        .where(
            col(CyclePlan.rep_id).in_([rep.id] if rep else reps),
            col(CyclePlan.state).in_(SHOWN),
            CyclePlan.last_day >= since,
        )
        .order_by(col(CyclePlan.rep_id), col(CyclePlan.first_day), col(CyclePlan.id))
    )
    rows = session.exec(query).all()
    ids = [row[0] for row in rows]
    waiting, wishes, comments = _waiting(session, ids), _wishes(session, ids), _said(session, ids)
    return [
        PlanLine(
            id=row[0],
            rep_id=row[1],
            first_day=row[2],
            last_day=row[3],
            state=row[4],
            figures=row[5],
            needs_replan=bool(row[6]),
            steps_done=waiting.get(row[0], 0),
            wishes=wishes.get(row[0], 0),
            comments=comments.get(row[0], 0),
        )
        for row in rows
    ]


def _subjects(ids: Collection[int]) -> list[str]:
    return [str(number) for number in ids]


def _waiting(session: Session, ids: Collection[int]) -> dict[int, int]:
    query = select(Approval.subject, Approval.position).where(
        Approval.matter == ApprovalMatter.PLAN,
        Approval.state == ApprovalState.OPEN,
        col(Approval.subject).in_(_subjects(ids)),
    )
    return {int(subject): position for subject, position in session.exec(query)}


def _wishes(session: Session, ids: Collection[int]) -> dict[int, int]:
    query = (
        select(PlanWish.plan_id, func.count())
        .where(col(PlanWish.plan_id).in_(ids), PlanWish.state == WishState.OPEN)
        .group_by(col(PlanWish.plan_id))
    )
    return dict(session.exec(query).all())


def _said(session: Session, ids: Collection[int]) -> dict[int, int]:
    query = (
        select(Approval.subject, func.count())
        .join(ApprovalDecision, col(ApprovalDecision.approval_id) == Approval.id)
        .where(
            Approval.matter == ApprovalMatter.PLAN,
            col(Approval.subject).in_(_subjects(ids)),
            (ApprovalDecision.comment != "") | (ApprovalDecision.kind == DecisionKind.COMMENT),
        )
        .group_by(Approval.subject)
    )
    return {int(subject): count for subject, count in session.exec(query)}
