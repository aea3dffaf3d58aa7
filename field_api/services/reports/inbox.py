"""The inbox of visit reports: what came in, the unread first."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col

from crm.database import Database
from crm.models import Rep
from crm.rules.access import Asker
from crm.store.people import people
from crm.store.reports import inbox
from crm.store.reports.inbox import Line, Place, Read, Tally
from crm.vocabulary import ReportFlag, VisitOutcome
from field_api.services.pages import cursor, instant, place
from field_api.services.people.accounts import zone_named
from field_api.services.reports.visit_report_facts import searchable
from field_api.settings import Settings

PAGE = 50
NEWER = timedelta(days=92)  # three months: a text is looked for in these unless all are asked for
FAR = "far"  # among the flags of a choice
UNREAD, KNOWN = "unread", "known"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which reports are wanted; `satisfaction`: at most so much; `flag`: a `ReportFlag`, or far;
    `q` is looked for in the newer reports, with `ever` in all."""

    read: Read = Read.ALL
    rep_code: str = ""
    outcome: VisitOutcome | None = None
    satisfaction: int | None = None
    flag: str = ""
    q: str = ""
    ever: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything but the part of the inbox is chosen."""
        return replace(self, ever=False) != Wanted(read=self.read)

    @property
    def of_late(self) -> bool:
        """Whether only the newer reports are looked through."""
        return bool(self.q) and not self.ever


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
    now: datetime,
    after: str | None = None,
    limit: int = PAGE,
) -> Inbox:
    """The reports wanted of the asker's reps. Raises `RepNotFound`, `InvalidInput` for a cursor
    that no list gave out."""
    behind = place(after, _place)
    with database.reading() as session:
        found = inbox.lines(
            session, asker, _selection(session, asker, wanted, now), limit=limit + 1, after=behind
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
            came_in=came_in(line, settings),
        )
        for line in shown
    ]
    return Inbox(rows=rows, next_cursor=end, tally=tally)


def lines(
    database: Database, asker: Asker, wanted: Wanted, *, now: datetime, limit: int
) -> list[Line]:
    """The first of the reports wanted of the asker's reps, in the order of the list. Raises
    `RepNotFound`."""
    with database.reading() as session:
        return inbox.lines(session, asker, _selection(session, asker, wanted, now), limit=limit)


def came_in(line: Line, settings: Settings) -> datetime:
    """When a report was received, by the rep's clock."""
    return line.received_at.astimezone(zone_named(line.rep_zone, settings))


def arrived(database: Database, asker: Asker) -> int:
    """How many reports and corrections of the asker's reps came in ever; it only grows."""
    with database.reading() as session:
        return inbox.tally(session, asker).arrived


def reps(database: Database, asker: Asker) -> list[Rep]:
    """The reps whose reports the asker reads, by name."""
    with database.reading() as session:
        query = people.reps_visible_to(asker).order_by(col(Rep.name), col(Rep.code))
        return list(session.exec(query))


def next_unread(
    database: Database, asker: Asker, wanted: Wanted, *, besides: UUID, now: datetime
) -> UUID | None:
    """The next report to read among those wanted; None: all are read."""
    with database.reading() as session:
        unread = replace(_selection(session, asker, wanted, now), read=Read.UNREAD)
        found = inbox.lines(session, asker, unread, limit=2)
    return next((line.id for line in found if line.id != besides), None)


def _selection(session: Session, asker: Asker, wanted: Wanted, now: datetime) -> inbox.Wanted:
    flag = wanted.flag if wanted.flag in set(ReportFlag) else ""
    return inbox.Wanted(
        read=wanted.read,
        rep=people.get_rep(session, asker, wanted.rep_code) if wanted.rep_code else None,
        outcome=wanted.outcome,
        satisfaction=wanted.satisfaction,
        flag=ReportFlag(flag) if flag else None,
        far=wanted.flag == FAR,
        text=searchable(wanted.q),
        customers=inbox.customers_named(session, asker, wanted.q) if wanted.q else (),
        since=now - NEWER if wanted.of_late else None,
    )


def _place(first: str, number: str) -> Place:
    unread, _, at = first.partition(" ")
    return Place(unread=unread == UNREAD, at=instant(at), id=UUID(number))
