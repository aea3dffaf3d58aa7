"""Visit reports as they were sent, and the visits that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, and_, bindparam, func, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.errors import Refused
from crm.models import Customer, PlannedVisit, Rep, Visit, VisitReport
from crm.models import VisitReportCorrection as Correction
from crm.rules.access import Asker, Reach, Realm
from crm.rules.reports import FIRST_VERSION, is_valid_visit
from crm.store.days.days import RepsDay
from crm.store.imports.upsert import table_of
from crm.store.people import people
from crm.store.prepared import Prepared
from crm.text import N_
from crm.vocabulary import Reviewed, ReviewVerdict, VisitOutcome


class ReportNotFound(Refused):
    """No such report, or not one of the asker's: the two are not told apart."""

    def __init__(self, report_id: UUID) -> None:
        super().__init__(N_("There is no visit report {id} among yours."), id=str(report_id))


def visible_to(asker: Asker) -> SelectOfScalar[VisitReport]:
    """The reports that are the asker's to see: those of the reps whom the asker may see."""
    if asker.reach(Realm.FIELD_WORK) is Reach.EVERYTHING:
        return select(VisitReport)
    reps = people.reps_visible_to(asker).with_only_columns(col(Rep.id))
    return select(VisitReport).where(col(VisitReport.rep_id).in_(reps))


def get(session: Session, asker: Asker, report_id: UUID, *, to_change: bool = False) -> VisitReport:
    """The report with this id, locked where it is to be changed and writers do not queue.

    Raises `ReportNotFound` when there is none for the asker.
    """
    query = visible_to(asker).where(VisitReport.id == report_id)
    if to_change:
        query = query.with_for_update()
    found = session.exec(query).one_or_none()
    if found is None:
        raise ReportNotFound(report_id)
    return found


@dataclass(frozen=True, kw_only=True)
class ReportFilter:
    """Which reports are wanted: a rep's, on a customer, of visits within days (both inclusive).
    `text` is looked for in notes, needs, objections and competitors, as `search_text` has them."""

    rep: Rep | None = None
    customer_code: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    outcome: VisitOutcome | None = None
    far: bool | None = None
    reviewed: Reviewed | None = None
    text: str = ""


def newest(
    session: Session,
    asker: Asker,
    wanted: ReportFilter,
    *,
    limit: int,
    before: tuple[datetime, UUID] | None = None,
) -> list[VisitReport]:
    """Up to `limit` reports, the last received first, those after a place in that order."""
    query = visible_to(asker)
    if before is not None:
        at, report_id = before
        earlier = col(VisitReport.received_at) < at
        same = and_(col(VisitReport.received_at) == at, col(VisitReport.id) < report_id)
        query = query.where(or_(earlier, same))
    query = query.where(*_conditions(wanted))
    order = (col(VisitReport.received_at).desc(), col(VisitReport.id).desc())
    return list(session.exec(query.order_by(*order).limit(limit)).all())


def count(session: Session, asker: Asker, wanted: ReportFilter) -> int:
    """How many of the reports that the asker may see are wanted."""
    query = visible_to(asker).where(*_conditions(wanted)).with_only_columns(func.count())
    return int(session.execute(query).scalar_one())


def _conditions(wanted: ReportFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.rep is not None:
        found.append(col(VisitReport.rep_id) == wanted.rep.id)
    if wanted.customer_code is not None:
        named = select(col(Customer.id)).where(Customer.code == wanted.customer_code)
        found.append(col(VisitReport.customer_id).in_(named))
    if wanted.first_day is not None:
        found.append(col(VisitReport.visited_on) >= wanted.first_day)
    if wanted.last_day is not None:
        found.append(col(VisitReport.visited_on) <= wanted.last_day)
    if wanted.outcome is not None:
        found.append(col(VisitReport.outcome) == wanted.outcome)
    if wanted.far is not None:
        found.append(col(VisitReport.far).is_(wanted.far))
    if wanted.reviewed is not None:
        found.append(_REVIEWED[wanted.reviewed])
    if wanted.text:
        found.append(col(VisitReport.search_text).contains(wanted.text, autoescape=True))
    return found


_REVIEWED: dict[Reviewed, ColumnElement[bool]] = {
    Reviewed.YES: col(VisitReport.verdict).is_not(None),
    Reviewed.NO: col(VisitReport.verdict).is_(None),
    Reviewed.SENT_BACK: col(VisitReport.verdict) == ReviewVerdict.SENT_BACK,
}


def with_id(session: Session, report_id: UUID) -> VisitReport | None:
    """The report under an id, whosever it is: only to tell a repetition from a clash."""
    return session.get(VisitReport, report_id)


def correction_with_id(session: Session, correction_id: UUID) -> Correction | None:
    """The correction under an id, whosever it is: only to tell a repetition from a clash."""
    return session.get(Correction, correction_id)


def corrections_of(session: Session, asker: Asker, report_ids: list[UUID]) -> list[Correction]:
    """The corrections of visible reports, by version."""
    seen = visible_to(asker).where(col(VisitReport.id).in_(report_ids))
    ids = seen.with_only_columns(col(VisitReport.id))
    query = select(Correction).where(col(Correction.report_id).in_(ids))
    return list(session.exec(query.order_by(col(Correction.version))).all())


def newest_body(session: Session, report: VisitReport) -> dict[str, Any]:
    """What the newest version of a report says that the asker was already let see."""
    query = (
        select(Correction.body)
        .where(Correction.report_id == report.id)
        .order_by(col(Correction.version).desc())
        .limit(1)
    )
    later = session.exec(query).first()
    return report.body if later is None else dict(later)


@dataclass(frozen=True, kw_only=True)
class ReportInShort:
    """What a rep's day tells of a report."""

    id: UUID
    customer_id: int
    customer_code: str
    planned_visit_id: str
    visited_on: date
    outcome: VisitOutcome
    checked_out_at: datetime | None


def _of_day(asker: Asker) -> Executable:
    columns: list[Any] = [
        VisitReport.id,
        VisitReport.customer_id,
        col(Customer.code).label("customer_code"),
        VisitReport.planned_visit_id,
        VisitReport.visited_on,
        VisitReport.outcome,
        VisitReport.checked_out_at,
    ]
    planned = select(PlannedVisit.visit_id).where(
        PlannedVisit.plan_id == bindparam("plan_id"), PlannedVisit.date == bindparam("on")
    )
    within = col(VisitReport.visited_on).between(bindparam("first_day"), bindparam("last_day"))
    return (
        visible_to(asker)
        .join(Customer, col(VisitReport.customer_id) == Customer.id)
        .where(
            VisitReport.rep_id == bindparam("rep_id"),
            or_(
                col(VisitReport.visited_on) == bindparam("on"),
                and_(within, col(VisitReport.planned_visit_id).in_(planned)),
            ),
        )
        .order_by(col(VisitReport.checked_in_at))
        .with_only_columns(*columns)
    )


OF_DAY = Prepared(_of_day)


def of_day(session: Session, asker: Asker, day: RepsDay, on: date) -> list[ReportInShort]:
    """A rep's reports of visits on a day, and those of the plan's other days on visits that were
    planned for it; the first check-in first."""
    rows = OF_DAY.rows(
        session,
        asker,
        rep_id=day.rep_id,
        on=on,
        plan_id=day.plan_id,
        first_day=day.first_day,
        last_day=day.last_day,
    )
    return [ReportInShort(**row._mapping) for row in rows]


NAMES = (
    select(VisitReport.id, Customer, Rep)
    .join(Customer, col(VisitReport.customer_id) == Customer.id)
    .join(Rep, col(VisitReport.rep_id) == Rep.id)
    .where(col(VisitReport.id).in_(bindparam("ids", expanding=True)))
)


def names_of(session: Session, reports: Sequence[VisitReport]) -> dict[UUID, tuple[Customer, Rep]]:
    """Customer and rep of reports that the asker was already let see, by report."""
    rows = session.execute(NAMES, {"ids": [report.id for report in reports]})
    return {report_id: (customer, rep) for report_id, customer, rep in rows}


def settle_visit(session: Session, report: VisitReport) -> None:
    """Make the visits of the records agree with a report just added or corrected.

    One customer visited twice by one rep on one day is one visit; a visit that came in from a
    file stays whatever a report says.
    """
    of_report = None
    if report.version > FIRST_VERSION:
        of_report = session.exec(select(Visit).where(Visit.report_id == report.id)).one_or_none()
    valid = is_valid_visit(report.outcome, report.checked_out_at)
    if of_report is not None and (not valid or of_report.date != report.visited_on):
        left_day = of_report.date
        session.delete(of_report)
        session.flush()
        _hand_over(session, report, left_day)
    if valid:
        _add_visit(session, report)


def _hand_over(session: Session, report: VisitReport, day: date) -> None:
    """Another report of the same rep, customer and day takes the visit over."""
    others = select(VisitReport).where(
        VisitReport.customer_id == report.customer_id,
        VisitReport.rep_id == report.rep_id,
        VisitReport.visited_on == day,
        VisitReport.id != report.id,
    )
    for other in session.exec(others.order_by(col(VisitReport.checked_in_at))):
        if is_valid_visit(other.outcome, other.checked_out_at):
            _add_visit(session, other)
            return


def _add_visit(session: Session, report: VisitReport) -> None:
    """Unless there is one of the day; one that another adds at this moment is waited for."""
    values = {
        "customer_id": report.customer_id,
        "rep_id": report.rep_id,
        "date": report.visited_on,
        "report_id": report.id,
    }
    session.connection().execute(ADD_VISIT[session.get_bind().dialect.name], values)


_VISITS = table_of(Visit)
_ADDED = ("customer_id", "rep_id", "date", "report_id")
ADD_VISIT: dict[str, Executable] = {
    "sqlite": sqlite.insert(_VISITS)
    .values(**{n: bindparam(n) for n in _ADDED})
    .on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_VISITS)
    .values(**{n: bindparam(n) for n in _ADDED})
    .on_conflict_do_nothing(),
}
