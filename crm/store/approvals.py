"""What was asked for and how it was decided, seen by those whose matter it is."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Approval, ApprovalDecision, ApprovalStep, District, Rep
from crm.rules import organisation
from crm.rules.access import Asker, Reach, Realm
from crm.rules.approvals import refuse_late
from crm.rules.procedures import DEFAULTS, Step, as_data, from_data, steps_for
from crm.store import audit
from crm.text import N_
from crm.vocabulary import ApprovalMatter, ApprovalState, DecisionKind, Role

Place = organisation.Place  # said with whatever is asked for
NOUN = "approval"  # in the audit trail
REALM_OF: dict[ApprovalMatter, Realm] = {
    ApprovalMatter.PLAN: Realm.FIELD_WORK,
    ApprovalMatter.CUSTOMER_CORRECTION: Realm.CUSTOMERS,
    ApprovalMatter.STRIKE_OUT: Realm.CUSTOMERS,
    ApprovalMatter.FREQUENCY: Realm.CUSTOMERS,
    ApprovalMatter.GRADING: Realm.CUSTOMERS,
    ApprovalMatter.TERRITORIES: Realm.CUSTOMERS,
    ApprovalMatter.EXPORT: Realm.FIELD_WORK,
}


class ApprovalNotFound(Refused):
    """No such approval, or not one of the asker's: the two are not told apart."""

    def __init__(self, approval_id: UUID) -> None:
        super().__init__(N_("There is no approval {id} among yours."), id=str(approval_id))


class AlreadyAsked(Refused):
    """The same is waiting for a decision already."""

    def __init__(self, matter: ApprovalMatter, subject: str) -> None:
        super().__init__(
            N_(
                "An approval of {matter} for {subject} is open already; "
                "wait for it or withdraw it first."
            ),
            matter=matter,
            subject=subject,
        )


class Overtaken(Refused):
    """What was asked for no longer fits: the facts changed meanwhile. Raised by what carries an
    approval out; it closes the approval as overtaken."""


def procedure_of(session: Session, matter: ApprovalMatter) -> tuple[Step, ...]:
    """The company's own steps of a matter, else the product's."""
    rows = session.exec(
        select(ApprovalStep)
        .where(ApprovalStep.matter == matter)
        .order_by(col(ApprovalStep.position))
    ).all()
    return tuple(from_data(row.model_dump()) for row in rows) or DEFAULTS[matter]


def ask(  # noqa: PLR0913  (everything that an approval tells)
    session: Session,
    asker: Asker,
    *,
    matter: ApprovalMatter,
    subject: str,
    title: str,
    title_params: dict[str, Any],
    reason: str,
    payload: dict[str, Any],
    size: int = 1,
    place: Place,
    needed_by: date | None = None,
    special_case: bool = False,
    now: datetime,
    zone: tzinfo = UTC,
) -> Approval:
    """Open an approval. `payload` is what will be done, as JSON; `place` needs the narrowest part
    only, a rep's district and region are looked up. `needed_by`: the day it takes effect, which
    begins at midnight in `zone`.

    Raises `AlreadyAsked`, and `AskedTooLate` but for a special case with a reason.
    """
    whole = _whole(session, place)
    steps = steps_for(procedure_of(session, matter), size=size, place=whole, asks=asker.role)
    if not (special_case and reason.strip()):
        refuse_late(steps, needed_by=needed_by, now=now, zone=zone)
    approval = Approval(
        id=uuid4(),
        matter=matter,
        subject=subject,
        title=title,
        title_params=title_params,
        reason=reason,
        payload=payload,
        size=size,
        asked_by_id=asker.user_id,
        asked_at=now,
        needed_by=needed_by,
        rep_id=whole.rep_id,
        district_id=whole.district_id,
        region_id=whole.region_id,
        steps=[as_data(step) for step in steps],
        special_case=special_case,
    )
    wait_at(approval, 0, now)
    try:
        with session.begin_nested():
            session.add(approval)
    except IntegrityError:
        raise AlreadyAsked(matter, subject) from None
    audit.record(
        session,
        "ask",
        noun=NOUN,
        key=str(approval.id),
        reason=reason,
        details={"matter": matter.value, "subject": subject, "special_case": special_case},
    )
    return approval


def steps_of(approval: Approval) -> tuple[Step, ...]:
    """The steps of an approval as they stood when it was asked for."""
    return tuple(from_data(step) for step in approval.steps)


def place_of(approval: Approval) -> Place:
    """Whose matter an approval is."""
    return Place(
        rep_id=approval.rep_id, district_id=approval.district_id, region_id=approval.region_id
    )


def wait_at(approval: Approval, position: int, now: datetime) -> None:
    """Let an approval wait at a step from now on."""
    step = steps_of(approval)[position]
    approval.position = position
    approval.waits_for = roles_text(step.named)
    approval.second_person = step.second_person
    approval.due_at = now + timedelta(hours=step.within_hours)
    approval.escalated = False


def close(
    approval: Approval, state: ApprovalState, now: datetime, outcome: dict[str, Any] | None = None
) -> None:
    """End an approval."""
    approval.state, approval.closed_at = state, now
    approval.outcome = outcome or {}
    approval.waits_for, approval.due_at, approval.second_person = "", None, False


def roles_text(roles: Sequence[Role]) -> str:
    """Roles as `waits_for` holds them."""
    return "|" + "".join(f"{role.value}|" for role in roles)


def visible_to(asker: Asker) -> SelectOfScalar[Approval]:
    """The approvals that are the asker's to see: those asked for, and those of the own place in
    the realms that the asker sees."""
    seen: list[ColumnElement[bool]] = [false()]
    if asker.user_id is not None:
        seen.append(col(Approval.asked_by_id) == asker.user_id)
    for realm in Realm:
        matters = [matter for matter, of in REALM_OF.items() if of is realm]
        place: ColumnElement[bool] | None = None
        match asker.reach(realm):
            case Reach.EVERYTHING:
                place = col(Approval.matter).is_not(None)
            case Reach.OWN:
                place = col(Approval.rep_id) == asker.rep_id
            case Reach.DISTRICT:
                place = col(Approval.district_id) == asker.district_id
            case Reach.REGION:
                place = col(Approval.region_id) == asker.region_id
        if place is not None:
            seen.append(and_(col(Approval.matter).in_(matters), place))
    return select(Approval).where(or_(*seen))


def get(session: Session, asker: Asker, approval_id: UUID, *, to_change: bool = False) -> Approval:
    """The approval with this id, locked where it is to be changed and writers do not queue.

    Raises `ApprovalNotFound` when there is none for the asker.
    """
    query = visible_to(asker).where(Approval.id == approval_id)
    if to_change:
        query = query.with_for_update()
    found = session.exec(query).one_or_none()
    if found is None:
        raise ApprovalNotFound(approval_id)
    return found


def open_about(
    session: Session, matter: ApprovalMatter, subject: str, *, to_change: bool = False
) -> Approval | None:
    """The open approval of a matter about a subject that the asker was already let see."""
    query = select(Approval).where(
        Approval.matter == matter,
        Approval.subject == subject,
        Approval.state == ApprovalState.OPEN,
    )
    if to_change:
        query = query.with_for_update()
    return session.exec(query).one_or_none()


def decisions_of(session: Session, approval: Approval) -> list[ApprovalDecision]:
    """What was said to an approval that the asker was already let see, in order."""
    query = select(ApprovalDecision).where(ApprovalDecision.approval_id == approval.id)
    return list(session.exec(query.order_by(col(ApprovalDecision.id))))


def say(
    session: Session,
    asker: Asker,
    approval: Approval,
    kind: DecisionKind,
    *,
    comment: str,
    details: Sequence[dict[str, Any]],
    now: datetime,
) -> ApprovalDecision:
    """Keep what somebody said to an approval at the step where it waits."""
    said = ApprovalDecision(
        approval_id=approval.id,
        position=approval.position,
        kind=kind,
        user_id=asker.user_id,
        actor=asker.name,
        role=asker.role,
        at=now,
        comment=comment,
        details=list(details),
    )
    session.add(said)
    session.flush()
    audit.record(
        session,
        kind.value,
        noun=NOUN,
        key=str(approval.id),
        reason=comment,
        details={"matter": approval.matter.value, "subject": approval.subject},
    )
    return said


def _whole(session: Session, place: Place) -> Place:
    """The place with its district and region."""
    district_id, region_id = place.district_id, place.region_id
    if district_id is None and place.rep_id is not None:
        district_id = session.exec(
            select(Rep.district_id).where(Rep.id == place.rep_id)
        ).one_or_none()
    if region_id is None and district_id is not None:
        region_id = session.exec(
            select(District.region_id).where(District.id == district_id)
        ).one_or_none()
    return Place(rep_id=place.rep_id, district_id=district_id, region_id=region_id)
