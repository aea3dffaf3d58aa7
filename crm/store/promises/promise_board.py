"""Promises as a manager's board has them: narrowed, counted by how they stand, with their past."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlmodel import Session, col, select

from crm.models import Attachment, Customer, Promise, Rep, VisitReport
from crm.rules.access import Asker
from crm.rules.promises import PromiseStanding
from crm.store.promises.promises import PromiseRow, Today, stands, visible_to
from crm.store.reports import attachments

CLOSED = (PromiseStanding.KEPT, PromiseStanding.WITHDRAWN)
PHOTOS = 6  # of the customer, to choose one from that shows that a promise was kept


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which promises; OPEN is all that are not closed. `text` is looked for in what was promised,
    to whom, and in the customer's name and code."""

    standing: PromiseStanding = PromiseStanding.OPEN
    owner: Rep | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a part of a list ends: the due day of an open promise, or when one was closed."""

    number: int
    due: date | None = None
    closed_at: datetime | None = None


def lines(
    session: Session,
    asker: Asker,
    wanted: Wanted,
    *,
    today: Today,
    soon_days: int,
    limit: int,
    after: Place | None = None,
) -> list[PromiseRow]:
    """Up to `limit` promises: open ones by due day, closed ones the last closed first."""
    query = visible_to(asker).where(
        stands(wanted.standing, today=today, soon_days=soon_days), *_narrowed(wanted)
    )
    number = col(Promise.id)
    if wanted.standing in CLOSED:
        at = col(Promise.closed_at)
        if after is not None and after.closed_at is not None:
            same = and_(at == after.closed_at, number < after.number)
            query = query.where(or_(at < after.closed_at, same))
        query = query.order_by(at.desc(), number.desc())
    else:
        due = col(Promise.due)
        if after is not None and after.due is not None:
            same = and_(due == after.due, number > after.number)
            query = query.where(or_(due > after.due, same))
        query = query.order_by(due, number)
    found = session.exec(query.limit(limit)).all()
    return [(promise, customer, owner) for promise, customer, owner in found]


def tally(
    session: Session, asker: Asker, wanted: Wanted, *, today: Today, soon_days: int
) -> Mapping[PromiseStanding, int]:
    """How many promises stand each way, in one query, narrowed as wanted."""
    counts = [
        func.coalesce(
            func.sum(case((stands(one, today=today, soon_days=soon_days), 1), else_=0)), 0
        )
        for one in PromiseStanding
    ]
    query = visible_to(asker).where(*_narrowed(wanted)).with_only_columns(*counts)
    return dict(zip(PromiseStanding, session.execute(query).one(), strict=True))


def photos_of_customer(session: Session, asker: Asker, customer_id: int) -> list[Attachment]:
    """The last photos of reports on a customer."""
    on_customer = select(col(VisitReport.id)).where(VisitReport.customer_id == customer_id)
    query = attachments.visible_to(asker).where(col(Attachment.report_id).in_(on_customer))
    order = (col(Attachment.received_at).desc(), col(Attachment.id))
    return list(session.exec(query.order_by(*order).limit(PHOTOS)))


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.owner is not None:
        found.append(col(Promise.owner_rep_id) == wanted.owner.id)
    if wanted.text:
        looked_in = (Promise.what, Promise.to_whom, Customer.name)
        found.append(
            or_(
                col(Customer.code) == wanted.text,
                *(col(one).icontains(wanted.text, autoescape=True) for one in looked_in),
            )
        )
    return found
