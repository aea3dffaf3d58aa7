"""Which approvals are whose to see, and which wait for whom."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Approval, ApprovalDecision
from crm.rules.access import Asker, Reach, Realm
from crm.store.approvals.standing import roles_text
from crm.text import N_
from crm.vocabulary import ApprovalMatter, ApprovalState, Role

REALM_OF: dict[ApprovalMatter, Realm] = {
    ApprovalMatter.PLAN: Realm.FIELD_WORK,
    ApprovalMatter.CUSTOMER_CORRECTION: Realm.CUSTOMERS,
    ApprovalMatter.STRIKE_OUT: Realm.CUSTOMERS,
    ApprovalMatter.FREQUENCY: Realm.CUSTOMERS,
    ApprovalMatter.FREQUENCY_TABLE: Realm.CUSTOMERS,
    ApprovalMatter.GRADING: Realm.CUSTOMERS,
    ApprovalMatter.TERRITORIES: Realm.CUSTOMERS,
    ApprovalMatter.DAY_CHANGE: Realm.FIELD_WORK,
    ApprovalMatter.EXPORT: Realm.FIELD_WORK,  # not even who cares for master data sees others'
}
ABOUT_CUSTOMERS = (
    ApprovalMatter.CUSTOMER_CORRECTION,
    ApprovalMatter.STRIKE_OUT,
    ApprovalMatter.FREQUENCY,
)


class ApprovalNotFound(Refused):
    """No such approval, or not one of the asker's: the two are not told apart."""

    def __init__(self, approval_id: UUID) -> None:
        super().__init__(N_("There is no approval {id} among yours."), id=str(approval_id))


class Box(StrEnum):
    """Which of the approvals that one may see."""

    WAITING = "waiting"  # for the asker to decide
    ASKED = "asked"  # by the asker
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which approvals are wanted."""

    box: Box = Box.ALL
    state: ApprovalState | None = None
    matter: ApprovalMatter | None = None
    matters: tuple[ApprovalMatter, ...] = ()  # one of these; none: whatever
    closed: bool | None = None  # whether it came to its end, whichever


def visible_to(asker: Asker) -> SelectOfScalar[Approval]:
    """The approvals that are the asker's to see: those asked for, and those of the own place in
    the realms that the asker sees."""
    seen = [_asked_by(asker)]
    for realm in Realm:
        matters = [matter for matter, of in REALM_OF.items() if of is realm]
        place: ColumnElement[bool] = false()
        match asker.reach(realm):
            case Reach.EVERYTHING:
                place = true()
            case Reach.OWN:
                place = col(Approval.rep_id) == asker.rep_id
            case Reach.DISTRICT:
                place = col(Approval.district_id) == asker.district_id
            case Reach.REGION:
                place = col(Approval.region_id) == asker.region_id
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


def newest(
    session: Session,
    asker: Asker,
    wanted: Wanted,
    *,
    limit: int,
    before: tuple[datetime, UUID] | None = None,
) -> list[Approval]:
    """Up to `limit` approvals, the last asked for first, those after a place in that order."""
    query = visible_to(asker)
    if wanted.box is Box.WAITING:
        query = query.where(_waits_for(asker))
    elif wanted.box is Box.ASKED:
        query = query.where(_asked_by(asker))
    if wanted.state is not None:
        query = query.where(Approval.state == wanted.state)
    if wanted.matter is not None:
        query = query.where(Approval.matter == wanted.matter)
    if wanted.closed is not None:
        is_open = col(Approval.state) == ApprovalState.OPEN
        query = query.where(~is_open if wanted.closed else is_open)
    if wanted.matters:
        query = query.where(col(Approval.matter).in_(wanted.matters))
    if before is not None:
        at, approval_id = before
        same = and_(col(Approval.asked_at) == at, col(Approval.id) < approval_id)
        query = query.where(or_(col(Approval.asked_at) < at, same))
    order = (col(Approval.asked_at).desc(), col(Approval.id).desc())
    return list(session.exec(query.order_by(*order).limit(limit)))


def waiting_by_matter(session: Session, asker: Asker) -> dict[ApprovalMatter, int]:
    """How many approvals wait for the asker's decision, by what they are about."""
    query = visible_to(asker).where(_waits_for(asker))
    counted = query.with_only_columns(col(Approval.matter), func.count()).group_by(
        col(Approval.matter)
    )
    return {ApprovalMatter(matter): count for matter, count in session.execute(counted)}


def open_about(
    session: Session, matter: ApprovalMatter, subject: str, *, to_change: bool = False
) -> Approval | None:
    """The open approval about a subject that the asker was already let see, locked where it is to
    be changed and writers do not queue."""
    query = select(Approval).where(
        Approval.matter == matter,
        Approval.subject == subject,
        Approval.state == ApprovalState.OPEN,
    )
    return session.exec(query.with_for_update() if to_change else query).one_or_none()


def rounds_about(
    session: Session, asker: Asker, matter: ApprovalMatter, subject: str
) -> list[tuple[Approval, list[ApprovalDecision]]]:
    """How often a subject was asked for and what was said each time, of those that are the asker's
    to see, in order."""
    query = visible_to(asker).where(Approval.matter == matter, Approval.subject == subject)
    in_order = (col(Approval.asked_at), col(Approval.closed_at).is_(None), col(Approval.id))
    rounds = list(session.exec(query.order_by(*in_order)))
    decisions = select(ApprovalDecision).where(
        col(ApprovalDecision.approval_id).in_([one.id for one in rounds])
    )
    said: dict[UUID, list[ApprovalDecision]] = defaultdict(list)
    for one in session.exec(decisions.order_by(col(ApprovalDecision.id))):
        said[one.approval_id].append(one)
    return [(one, said[one.id]) for one in rounds]


def open_about_customer(session: Session, asker: Asker, code: str) -> list[Approval]:
    """The open approvals about a customer that are the asker's to see, the first asked first."""
    named = col(Approval.subject).startswith(f"{code}/", autoescape=True)
    query = visible_to(asker).where(
        col(Approval.matter).in_(ABOUT_CUSTOMERS),
        or_(col(Approval.subject) == code, named),
        Approval.state == ApprovalState.OPEN,
    )
    return list(session.exec(query.order_by(col(Approval.asked_at), col(Approval.id))))


def decisions_of(session: Session, approval: Approval) -> list[ApprovalDecision]:
    """What was said to an approval that the asker was already let see, in order."""
    query = select(ApprovalDecision).where(ApprovalDecision.approval_id == approval.id)
    return list(session.exec(query.order_by(col(ApprovalDecision.id))))


def _asked_by(asker: Asker) -> ColumnElement[bool]:
    return false() if asker.user_id is None else col(Approval.asked_by_id) == asker.user_id


def _waits_for(asker: Asker) -> ColumnElement[bool]:
    """Open, at a step that names the asker's role, in the asker's place."""
    place: ColumnElement[bool] = true()
    match asker.role:
        case Role.REP:
            place = col(Approval.rep_id) == asker.rep_id
        case Role.DISTRICT_MANAGER:
            place = col(Approval.district_id) == asker.district_id
        case Role.REGIONAL_DIRECTOR:
            place = col(Approval.region_id) == asker.region_id
    own = and_(_asked_by(asker), col(Approval.second_person))
    named = col(Approval.waits_for).contains(roles_text([asker.role]), autoescape=True)
    return and_(col(Approval.state) == ApprovalState.OPEN, named, place, ~own)
