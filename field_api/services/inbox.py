"""The inbox of visit reports: what came in, the unread first, and one report with all about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, PlannedVisit, Rep, VisitReport
from crm.rules.access import Asker
from crm.rules.report_forms import Form
from crm.store import approvals, inbox, people, report_forms, report_stops, reports
from crm.store.inbox import Line, Place, Read, Tally
from crm.vocabulary import ReportFlag, VisitOutcome
from field_api.schemas.approvals import StoryAnswer
from field_api.schemas.visit_reports import VisitReportAnswer, VisitReportBody
from field_api.services.accounts import zone_named, zone_of
from field_api.services.approvals.telling import told
from field_api.services.pages import cursor, instant, place
from field_api.services.visit_report_answers import answers
from field_api.services.visit_report_facts import searchable
from field_api.settings import Settings
from field_api.wording import Language

PAGE = 50
FAR = "far"  # among the flags of a choice
UNREAD, KNOWN = "unread", "known"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which reports are wanted; `satisfaction`: at most so much; `flag`: a `ReportFlag`, or far."""

    read: Read = Read.ALL
    rep_code: str = ""
    outcome: VisitOutcome | None = None
    satisfaction: int | None = None
    flag: str = ""
    q: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the part of the inbox is chosen."""
        return self != Wanted(read=self.read)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A report in the list: `came_in` is when it was received where the rep is."""

    line: Line
    photos: int
    came_in: datetime


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """A part of the list, where the next one begins, and how all of it stands."""

    rows: list[Row]
    next_cursor: str | None
    tally: Tally


def listed(
    database: Database,
    settings: Settings,
    asker: Asker,
    wanted: Wanted,
    *,
    after: str | None = None,
    limit: int = PAGE,
) -> Inbox:
    """The reports wanted of the asker's reps. Raises `RepNotFound`, `InvalidInput` for a cursor
    that no list gave out."""
    behind = place(after, _place)
    with database.reading() as session:
        found = inbox.lines(
            session, asker, _selection(session, asker, wanted), limit=limit + 1, after=behind
        )
        shown = found[:limit]
        photos = inbox.photos_of(session, [line.id for line in shown])
        tally = inbox.tally(session, asker)
    end = None
    if len(found) > limit:
        last = shown[-1]
        unread = UNREAD if last.verdict is None else KNOWN
        end = cursor(f"{unread} {last.received_at.isoformat()}", str(last.id))
    rows = [
        Row(
            line=line,
            photos=photos.get(line.id, 0),
            came_in=line.received_at.astimezone(zone_named(line.rep_zone, settings)),
        )
        for line in shown
    ]
    return Inbox(rows=rows, next_cursor=end, tally=tally)


def arrived(database: Database, asker: Asker) -> int:
    """How many reports and corrections of the asker's reps came in ever; it only grows."""
    with database.reading() as session:
        return inbox.tally(session, asker).arrived


@dataclass(frozen=True, kw_only=True)
class Change:
    """A field of a report that a correction gave another value."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A version of a report: when it was sent, why it was corrected, and what was different."""

    number: int
    sent_at: datetime
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """The planned stop of a visit, as local times; `late_s`: by how much later than planned the
    rep checked in, negative: earlier."""

    date: date
    begin: datetime
    end: datetime
    position: int
    purpose: str
    late_s: int


@dataclass(frozen=True, kw_only=True)
class OpenReport:
    """A report with all that a manager looks at. Times are where the rep is. `requests` are what
    the rep asked for about the customer and nobody has decided yet."""

    report: VisitReportAnswer
    rep: Rep
    customer: Customer
    zone: ZoneInfo
    checked_in: datetime
    checked_out: datetime | None
    stop: Stop | None
    editions: list[Edition]
    form: Form
    requests: list[StoryAnswer]

    @property
    def body(self) -> VisitReportBody:
        """What the newest version says."""
        return self.report.report


def opened(
    database: Database,
    settings: Settings,
    asker: Asker,
    report_id: UUID,
    *,
    now: datetime,
    language: Language,
) -> OpenReport:
    """A report with all about it. Raises `ReportNotFound`."""
    with database.reading() as session:
        report = reports.get(session, asker, report_id)
        customer, rep = reports.names_of(session, [report])[report_id]
        answer = answers(session, settings, asker, [report], now)[0]
        zone = zone_of(rep, settings)
        planned = report_stops.planned(session, report, answer.plan_in_force_id)
        waiting = approvals.open_about_customer(session, asker, customer.code)
        return OpenReport(
            report=answer,
            rep=rep,
            customer=customer,
            zone=zone,
            checked_in=report.checked_in_at.astimezone(zone),
            checked_out=report.checked_out_at and report.checked_out_at.astimezone(zone),
            stop=_stop(report, planned, zone) if planned else None,
            editions=_editions(session, report, zone),
            form=report_forms.form_of(session, customer.trade),
            requests=[told(session, one, asker, now=now, language=language) for one in waiting],
        )


def _selection(session: Session, asker: Asker, wanted: Wanted) -> inbox.Wanted:
    flag = wanted.flag if wanted.flag in set(ReportFlag) else ""
    return inbox.Wanted(
        read=wanted.read,
        rep=people.get_rep(session, asker, wanted.rep_code) if wanted.rep_code else None,
        outcome=wanted.outcome,
        satisfaction=wanted.satisfaction,
        flag=ReportFlag(flag) if flag else None,
        far=wanted.flag == FAR,
        text=searchable(wanted.q),
        written=wanted.q,
    )


def _place(first: str, number: str) -> Place:
    unread, _, at = first.partition(" ")
    return Place(unread=unread == UNREAD, at=instant(at), id=UUID(number))


def _stop(report: VisitReport, planned: PlannedVisit, zone: ZoneInfo) -> Stop:
    midnight = datetime(planned.date.year, planned.date.month, planned.date.day, tzinfo=zone)
    begin = midnight + timedelta(seconds=planned.begin_s)
    return Stop(
        date=planned.date,
        begin=begin,
        end=midnight + timedelta(seconds=planned.end_s),
        position=planned.position,
        purpose=planned.purpose,
        late_s=round((report.checked_in_at - begin).total_seconds()),
    )


def _editions(session: Session, report: VisitReport, zone: ZoneInfo) -> list[Edition]:
    """All versions, the newest first."""
    found: list[Edition] = []
    before: Mapping[str, Any] = {}
    for version in report_stops.versions(session, report):
        found.append(
            Edition(
                number=version.number,
                sent_at=version.sent_at.astimezone(zone),
                reason=version.reason,
                changes=_changes(before, version.body) if found else (),
            )
        )
        before = version.body
    return found[::-1]


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    fields = [*after, *(field for field in before if field not in after)]
    return tuple(
        Change(field=field, before=before.get(field), after=after.get(field))
        for field in fields
        if before.get(field) != after.get(field)
    )
