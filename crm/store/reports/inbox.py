"""Visit reports as a manager reads them: the unread first, each in a line of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, func, or_
from sqlmodel import Session, col, select

from crm.models import Attachment, Customer, Rep, VisitReport
from crm.models import VisitReportCorrection as Correction
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.store.reports import reports
from crm.vocabulary import Grade, ReportFlag, ReviewVerdict, VisitOutcome


class Read(StrEnum):
    """Which reports lie in the inbox: all of them, the unread first, or a part."""

    ALL = "all"
    UNREAD = "unread"
    SENT_BACK = "sent_back"
    READ = "read"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which reports are wanted. `text`, in the form of `search_text`, is looked for in what was
    said, or the report is on one of `customers`; `satisfaction`: at most so much; `flag` None:
    whatever, `far` apart from the flags as the records hold it apart; `since`: received then or
    later."""

    read: Read = Read.ALL
    rep: Rep | None = None
    outcome: VisitOutcome | None = None
    satisfaction: int | None = None
    flag: ReportFlag | None = None
    far: bool = False
    text: str = ""
    customers: tuple[int, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A report in a list."""

    id: UUID
    received_at: datetime
    visited_on: date
    checked_in_at: datetime
    outcome: VisitOutcome
    satisfaction: int | None
    far: bool
    flags: list[str]
    first_line: str
    verdict: ReviewVerdict | None
    version: int
    rep_code: str
    rep_name: str
    rep_zone: str
    customer_code: str
    customer_name: str
    customer_grade: Grade | None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a part of the list ends."""

    unread: bool
    at: datetime
    id: UUID


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many reports wait to be read and to be corrected, and how many came in ever, with each
    correction: `arrived` only ever grows."""

    unread: int
    sent_back: int
    arrived: int


def lines(
    session: Session, asker: Asker, wanted: Wanted, *, limit: int, after: Place | None = None
) -> list[Line]:
    """Up to `limit` reports, the unread before the others, in each part the last received first;
    those after a place in that order."""
    found: list[Line] = []
    for unread in (True, False):
        if (after is not None and unread and not after.unread) or len(found) >= limit:
            continue
        if wanted.read not in (Read.ALL, Read.UNREAD if unread else wanted.read):
            continue
        if not unread and wanted.read is Read.UNREAD:
            continue
        place = after if after is not None and after.unread is unread else None
        found += _part(session, asker, wanted, unread, limit=limit - len(found), after=place)
    return found


def _part(
    session: Session,
    asker: Asker,
    wanted: Wanted,
    unread: bool,
    *,
    limit: int,
    after: Place | None,
) -> list[Line]:
    conditions = [_stands(unread, wanted.read), *_conditions(wanted)]
    if after is not None:
        same = and_(col(VisitReport.received_at) == after.at, col(VisitReport.id) < after.id)
        conditions.append(or_(col(VisitReport.received_at) < after.at, same))
    columns: list[Any] = [
        *(getattr(VisitReport, name) for name in OWN_COLUMNS),
        col(Rep.code).label("rep_code"),
        col(Rep.name).label("rep_name"),
        col(Rep.timezone).label("rep_zone"),
        col(Customer.code).label("customer_code"),
        col(Customer.name).label("customer_name"),
        col(Customer.grade).label("customer_grade"),
    ]
    query = (
        reports.visible_to(asker)
        .join(Rep, col(VisitReport.rep_id) == Rep.id)
        .join(Customer, col(VisitReport.customer_id) == Customer.id)
        .where(*conditions)
        .order_by(col(VisitReport.received_at).desc(), col(VisitReport.id).desc())
        .limit(limit)
        .with_only_columns(*columns)
    )
    rows = session.connection().execute(query)
    names = list(rows.keys())
    return [Line(**dict(zip(names, row, strict=True))) for row in rows.all()]


MOST_NAMED = 500
OWN_COLUMNS = (
    "id",
    "received_at",
    "visited_on",
    "checked_in_at",
    "outcome",
    "satisfaction",
    "far",
    "flags",
    "first_line",
    "verdict",
    "version",
)


def customers_named(session: Session, asker: Asker, text: str) -> tuple[int, ...]:
    """The asker's customers of this code, or whose name holds the text: the first of them by code,
    at most `MOST_NAMED`."""
    query = (
        customers.visible_to(asker)
        .where(
            or_(
                col(Customer.code) == text,
                col(Customer.name).icontains(text, autoescape=True),
            )
        )
        .with_only_columns(col(Customer.id))
        .order_by(col(Customer.code))
        .limit(MOST_NAMED)
    )
    return tuple(session.execute(query).scalars())


def _stands(unread: bool, read: Read) -> ColumnElement[bool]:
    if unread:
        return col(VisitReport.verdict).is_(None)
    if read is Read.SENT_BACK:
        return col(VisitReport.verdict) == ReviewVerdict.SENT_BACK
    if read is Read.READ:
        return col(VisitReport.verdict) == ReviewVerdict.SEEN
    return col(VisitReport.verdict).is_not(None)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.rep is not None:
        found.append(col(VisitReport.rep_id) == wanted.rep.id)
    if wanted.outcome is not None:
        found.append(col(VisitReport.outcome) == wanted.outcome)
    if wanted.satisfaction is not None:
        found.append(col(VisitReport.satisfaction) <= wanted.satisfaction)
    if wanted.far:
        found.append(col(VisitReport.far).is_(True))
    if wanted.flag is not None:  # flags are a list in JSON, and each is a word of ours
        found.append(cast(VisitReport.flags, String).contains(f'"{wanted.flag.value}"'))
    if wanted.since is not None:
        found.append(col(VisitReport.received_at) >= wanted.since)
    if wanted.text:
        said = col(VisitReport.search_text).contains(wanted.text, autoescape=True)
        named = col(VisitReport.customer_id).in_(wanted.customers)
        found.append(or_(said, named) if wanted.customers else said)
    return found


def tally(session: Session, asker: Asker) -> Tally:
    """How the asker's reports stand, in three counts that indexes answer."""
    waiting = (
        reports.visible_to(asker)
        .where(_open())
        .with_only_columns(col(VisitReport.verdict), func.count())
        .group_by(col(VisitReport.verdict))
    )
    by_verdict = {row[0]: row[1] for row in session.execute(waiting)}
    all_reports = reports.visible_to(asker).with_only_columns(func.count())
    corrected = (
        reports.visible_to(asker)
        .join(Correction, col(Correction.report_id) == col(VisitReport.id))
        .with_only_columns(func.count())
    )
    return Tally(
        unread=by_verdict.get(None, 0),
        sent_back=by_verdict.get(ReviewVerdict.SENT_BACK, 0),
        arrived=session.execute(all_reports).scalar_one() + session.execute(corrected).scalar_one(),
    )


def _open() -> ColumnElement[bool]:
    return or_(
        col(VisitReport.verdict).is_(None), col(VisitReport.verdict) == ReviewVerdict.SENT_BACK
    )


def photos_of(session: Session, report_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many photos the reports have that the asker was already let see, by report."""
    query = (
        select(Attachment.report_id, func.count())
        .where(col(Attachment.report_id).in_(report_ids))
        .group_by(col(Attachment.report_id))
    )
    return dict(session.exec(query).all())
