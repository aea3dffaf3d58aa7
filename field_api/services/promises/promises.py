"""Promises: what is owed, and closing it with evidence or a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, Promise, Rep
from crm.rules.access import Asker
from crm.rules.promises import PromiseStanding, changes_by_closing, refuse_closed, standing
from crm.rules.reports import day_of, refuse_future
from crm.store.house import audit
from crm.store.promises import promises
from crm.store.reports import attachments
from crm.vocabulary import PromiseState
from field_api.schemas.promises import PromiseAnswer
from field_api.schemas.values import Page
from field_api.services.pages import cursor, place, row_number
from field_api.settings import Settings


def listed(
    database: Database,
    settings: Settings,
    asker: Asker,
    *,
    wanted: PromiseStanding | None,
    after: str | None,
    limit: int,
    now: datetime,
) -> Page[PromiseAnswer]:
    """The asker's promises by due day, in parts of at most `limit`."""
    behind = place(after, lambda due, number: (date.fromisoformat(due), row_number(number)))
    with database.reading() as session:
        today = today_of(session, settings, now)
        found = promises.in_standing(
            session,
            asker,
            wanted,
            today=today,
            soon_days=settings.due_soon_days,
            after=behind,
            limit=limit + 1,
        )
        shown = found[:limit]
        end = None
        if len(found) > limit:
            last = shown[-1][0]
            end = cursor(last.due.isoformat(), last.id or 0)
        items = [_answer(*row, today, settings) for row in shown]
        return Page(items=items, next_cursor=end)


def one(
    database: Database, settings: Settings, asker: Asker, code: str, *, now: datetime
) -> PromiseAnswer:
    """A promise of the asker's; `PromiseNotFound` when there is none."""
    with database.reading() as session:
        return answer(session, settings, promises.get(session, asker, code), now=now)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """How a promise is closed: kept with its evidence, or withdrawn for a reason. `at` (aware) is
    when; None: now."""

    to: PromiseState
    because: str
    at: datetime | None = None
    attachment_id: UUID | None = None


def close(
    database: Database,
    settings: Settings,
    asker: Asker,
    code: str,
    closing: Closing,
    *,
    now: datetime,
) -> PromiseAnswer:
    """Keep or withdraw a promise; just so again changes nothing.

    Raises `PromiseNotFound`, `PromiseClosed` when it was closed otherwise, `ImpossibleTimes`, and
    `AttachmentNotFound` for a photo that is of no report on the customer.
    """
    refuse_future(closing.at or now, now=now)

    def work(session: Session) -> PromiseAnswer:
        promise, customer, owner = promises.get(session, asker, code, to_change=True)
        if _changes(promise, closing):
            if closing.attachment_id is not None:
                attachments.of_customer(session, asker, promise.customer_id, closing.attachment_id)
            promise.state, promise.evidence = closing.to, closing.because
            promise.attachment_id = closing.attachment_id
            promise.closed_at = closing.at or now
            promise.version += 1
            action = "keep" if closing.to is PromiseState.KEPT else "withdraw"
            audit.record(session, action, noun="promise", key=code, reason=closing.because)
            session.flush()
        return answer(session, settings, (promise, customer, owner), now=now)

    return database.written(work, by=asker, at=now)


def answer(
    session: Session, settings: Settings, row: promises.PromiseRow, *, now: datetime
) -> PromiseAnswer:
    """A promise that the asker was already let see, as it stands today where its owner is."""
    return _answer(*row, today_of(session, settings, now), settings)


def _changes(promise: Promise, closing: Closing) -> bool:
    if promise.attachment_id != closing.attachment_id:
        refuse_closed(promise.code, promise.state, promise.evidence)
    return changes_by_closing(
        promise.code, promise.state, promise.evidence, to=closing.to, because=closing.because
    )


def today_of(session: Session, settings: Settings, now: datetime) -> promises.Today:
    """Today where each promise's owner is."""
    return promises.Today(
        elsewhere=day_of(now, settings.zone),
        by_zone={zone: day_of(now, ZoneInfo(zone)) for zone in promises.zones_in_use(session)},
    )


def _answer(
    promise: Promise,
    customer: Customer,
    owner: Rep | None,
    today: promises.Today,
    settings: Settings,
) -> PromiseAnswer:
    return PromiseAnswer(
        code=promise.code,
        what=promise.what,
        to_whom=promise.to_whom,
        made_on=promise.made_on,
        due=promise.due,
        standing=standing(
            promise.state,
            promise.due,
            today=today.of(owner),
            soon_days=settings.due_soon_days,
        ),
        evidence=promise.evidence,
        closed_at=promise.closed_at,
        customer_code=customer.code,
        customer_name=customer.name,
        owner_rep_code=owner.code if owner else None,
        report_id=promise.report_id,
        attachment_id=promise.attachment_id,
        escalated_at=promise.escalated_at,
        version=promise.version,
    )
