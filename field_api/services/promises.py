"""Promises: what is owed, and closing it with evidence or a reason."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from crm.database import Database
from crm.models import Customer, Promise, Rep
from crm.rules.access import Asker
from crm.rules.promises import PromiseStanding, changes_by_closing, standing
from crm.rules.reports import day_of, refuse_future
from crm.store import promises
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
        today = _today(session, settings, now)
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


def close(
    database: Database,
    settings: Settings,
    asker: Asker,
    code: str,
    *,
    to: PromiseState,
    because: str,
    at: datetime | None,
    now: datetime,
) -> PromiseAnswer:
    """Keep or withdraw a promise with its evidence or reason; just so again changes nothing.

    Raises `PromiseNotFound`, `PromiseClosed` when it was closed otherwise, `ImpossibleTimes`.
    """
    refuse_future(at or now, now=now)
    with database.writing() as session:
        promise, customer, owner = promises.get(session, asker, code, to_change=True)
        if changes_by_closing(code, promise.state, promise.evidence, to=to, because=because):
            promise.state, promise.evidence, promise.closed_at = to, because, at or now
            session.flush()
        return _answer(promise, customer, owner, _today(session, settings, now), settings)


def _today(session: Session, settings: Settings, now: datetime) -> promises.Today:
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
    )
