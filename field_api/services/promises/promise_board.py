"""The board of promises: what is late, what comes due, what was kept; and one with its past."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col

from crm.database import Database
from crm.models import Attachment, AuditEntry, Customer, FieldChange, Promise, Rep
from crm.rules.access import Asker
from crm.rules.promises import PromiseStanding, standing
from crm.store.house import audit_trail
from crm.store.people import people
from crm.store.promises import promise_board, promises
from crm.store.promises.promise_board import CLOSED, Place
from crm.store.promises.promises import Today
from crm.text import N_
from field_api.services.pages import cursor, instant, place, row_number
from field_api.services.promises.promises import today_of
from field_api.services.reports.report_words import NOTHING, Change
from field_api.settings import Settings
from field_api.wording import Language, say
from maps import figures

PAGE = 50
PAST_SHOWN = 50  # entries of one promise
CHANGES_SHOWN = 10  # of an entry
DEEDS: dict[str, str] = {
    "make": N_("Made"),
    "change": N_("Changed"),
    "hand_over": N_("Handed over"),
    "keep": N_("Kept"),
    "withdraw": N_("Withdrawn"),
    "escalate": N_("Escalated to the manager"),
}
FIELDS: dict[str, str] = {
    "what": N_("Promised"),
    "to_whom": N_("To whom"),
    "due": N_("Due day"),
    "owner": N_("Owner"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which promises; OPEN is all that are not closed."""

    standing: PromiseStanding = PromiseStanding.OPEN
    owner_code: str = ""
    q: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but how they stand is chosen."""
        return bool(self.owner_code or self.q)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A promise in the list, and how it stands today where its owner is; `late_days`: since its
    due day, negative: until it."""

    promise: Promise
    customer: Customer
    owner: Rep | None
    standing: PromiseStanding
    late_days: int


@dataclass(frozen=True, kw_only=True)
class Board:
    """A part of the list, where the next one begins, and how all that are wanted stand."""

    lines: list[Line]
    next_cursor: str | None
    tally: Mapping[PromiseStanding, int]


@dataclass(frozen=True, kw_only=True)
class Past:
    """Something that was done to a promise, with the fields that changed, in words."""

    said: str
    by: str
    at: datetime
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class OpenPromise:
    """A promise with its past, and who may take it: reps of the owner's district at work."""

    line: Line
    past: list[Past]
    takers: list[Rep]
    photos: list[Attachment]


def listed(
    database: Database,
    settings: Settings,
    asker: Asker,
    wanted: Wanted,
    *,
    now: datetime,
    after: str | None = None,
    limit: int = PAGE,
) -> Board:
    """The promises wanted. Raises `RepNotFound`, `InvalidInput` for a cursor of no list."""
    closed = wanted.standing in CLOSED
    behind = place(after, _closed_place if closed else _due_place)
    with database.reading() as session:
        today = today_of(session, settings, now)
        selected = _selection(session, asker, wanted)
        found = promise_board.lines(
            session,
            asker,
            selected,
            today=today,
            soon_days=settings.due_soon_days,
            limit=limit + 1,
            after=behind,
        )
        tally = promise_board.tally(
            session, asker, selected, today=today, soon_days=settings.due_soon_days
        )
        shown = found[:limit]
        return Board(
            lines=[_line(row, today, settings) for row in shown],
            next_cursor=_end(shown[-1][0], closed=closed) if len(found) > limit else None,
            tally=tally,
        )


def opened(
    database: Database,
    settings: Settings,
    asker: Asker,
    code: str,
    *,
    now: datetime,
    language: Language,
) -> OpenPromise:
    """A promise with its past. Raises `PromiseNotFound`."""
    with database.reading() as session:
        row = promises.get(session, asker, code)
        today = today_of(session, settings, now)
        entries = audit_trail.entries(
            session,
            asker,
            audit_trail.Wanted(noun="promise", key=code),
            before=None,
            limit=PAST_SHOWN,
        )
        changes = audit_trail.first_changes(
            session, [entry.id or 0 for entry in entries], most=CHANGES_SHOWN
        )
        return OpenPromise(
            line=_line(row, today, settings),
            past=[_past(entry, changes.get(entry.id or 0, []), language) for entry in entries],
            takers=_takers(session, asker, row[1], row[2]),
            photos=promise_board.photos_of_customer(session, asker, row[0].customer_id),
        )


def _selection(session: Session, asker: Asker, wanted: Wanted) -> promise_board.Wanted:
    code = wanted.owner_code
    return promise_board.Wanted(
        standing=wanted.standing,
        owner=people.get_rep(session, asker, code) if code else None,
        text=wanted.q,
    )


def _line(row: promises.PromiseRow, today: Today, settings: Settings) -> Line:
    promise, customer, owner = row
    day = today.of(owner)
    return Line(
        promise=promise,
        customer=customer,
        owner=owner,
        standing=standing(promise.state, promise.due, today=day, soon_days=settings.due_soon_days),
        late_days=(day - promise.due).days,
    )


def _past(entry: AuditEntry, changes: list[FieldChange], language: Language) -> Past:
    return Past(
        said=say(language, DEEDS[entry.action]) if entry.action in DEEDS else entry.action,
        by=entry.actor,
        at=entry.at,
        reason=entry.reason,
        changes=tuple(
            Change(
                said=say(language, FIELDS[one.field]),
                before_said=_value(one.field, one.before, language),
                after_said=_value(one.field, one.after, language),
            )
            for one in changes
            if one.field in FIELDS
        ),
    )


def _value(field: str, value: str | None, language: Language) -> str:
    if not value:
        return NOTHING
    return figures.day(date.fromisoformat(value), language) if field == "due" else value


def _takers(session: Session, asker: Asker, customer: Customer, owner: Rep | None) -> list[Rep]:
    before = owner or people.rep_of_customer(session, customer)
    found = session.exec(people.reps_visible_to(asker).order_by(col(Rep.name), col(Rep.code)))
    return [
        rep
        for rep in found
        if rep.active
        and (before is None or rep.district_id == before.district_id)
        and (owner is None or rep.id != owner.id)
    ]


def _end(last: Promise, *, closed: bool) -> str:
    if closed and last.closed_at is not None:
        return cursor(last.closed_at.isoformat(), last.id or 0)
    return cursor(last.due.isoformat(), last.id or 0)


def _due_place(due: str, number: str) -> Place:
    return Place(due=date.fromisoformat(due), number=row_number(number))


def _closed_place(at: str, number: str) -> Place:
    return Place(closed_at=instant(at), number=row_number(number))
