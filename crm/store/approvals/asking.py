"""Asking for something to be approved."""

from datetime import UTC, date, datetime, tzinfo
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from crm.errors import Refused
from crm.models import Approval, District, Rep
from crm.rules.access import Asker
from crm.rules.approvals import refuse_late
from crm.rules.organisation import Place
from crm.rules.procedures import as_data, steps_for
from crm.store.approvals.procedures import procedure_of
from crm.store.approvals.standing import NOUN, wait_at
from crm.store.house import audit
from crm.text import N_
from crm.vocabulary import ApprovalMatter


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
    """Open an approval. `payload` is what will be done, as JSON; fields with their values before
    and after stand in its `changes`. `place` needs the narrowest part only, a rep's district and
    region are looked up. `needed_by`: the day it takes effect, which begins at midnight in `zone`.

    Raises `AlreadyAsked`, and `AskedTooLate` but for a special case with a reason.
    """
    whole = _whole(session, place)
    steps = steps_for(procedure_of(session, matter), size=size, place=whole, asks=asker.role)
    special_case = special_case and bool(reason.strip())
    if not special_case:
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
    session.flush()  # so that only this row can clash below
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


def _whole(session: Session, place: Place) -> Place:
    """The place with its district and region."""
    district_id, region_id = place.district_id, place.region_id
    if district_id is None and place.rep_id is not None:
        of_rep = select(Rep.district_id).where(Rep.id == place.rep_id)
        district_id = session.exec(of_rep).one_or_none()
    if region_id is None and district_id is not None:
        of_district = select(District.region_id).where(District.id == district_id)
        region_id = session.exec(of_district).one_or_none()
    return Place(rep_id=place.rep_id, district_id=district_id, region_id=region_id)
