"""A rep's route in calendar programs: an address that can be taken back, and what it answers."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from fastapi import Response
from icalendar import Calendar, Event

from crm.database import Database
from crm.models import Customer, Rep
from crm.rules.access import Asker
from crm.rules.files import is_called_off
from crm.rules.reports import day_of
from crm.rules.visit_calendar import Standing, standings
from crm.store.days import feeds
from crm.store.days.feeds import FeedNotFound, PublishedVisit
from crm.store.people.accounts import asker_of
from crm.text import N_
from field_api.address import address
from field_api.errors import CODES
from field_api.schemas.calendars import FeedAnswer
from field_api.services.people.accounts import zone_of
from field_api.settings import Settings
from field_api.terms import purpose_in_words
from field_api.wording import LANGUAGES, Language, say

SECRET_BYTES = 32
PAST = timedelta(days=28)  # visits made stay in the calendar for so long
TOLD_OF_DROPPED = timedelta(days=30)  # a dropped visit is told as cancelled for so long
LONGEST_CYCLE = timedelta(weeks=13)
FETCH_EVERY = timedelta(hours=1)
NAMESPACE = UUID("0b8b2c3e-54f4-4a55-9a53-2a2f5c9d7c11")  # of the events' identities

CODES |= {FeedNotFound: (404, "feed_not_found")}


@dataclass(frozen=True, kw_only=True)
class CalendarFile:
    """An iCalendar file with the ETag of its content, and when the route changed last."""

    content: bytes
    etag: str
    changed_at: datetime | None


def new_feed(
    database: Database,
    settings: Settings,
    asker: Asker,
    rep_code: str,
    *,
    reached_at: str,
    now: datetime,
) -> FeedAnswer:
    """Give the asker an address of a rep's route, which ends the one before. `reached_at` is
    where this request came in, for services whose settings do not name their address."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    with database.writing(by=asker, at=now) as session:
        feeds.give(session, asker, rep_code, token_sha256=_hashed(token), now=now)
    address = settings.public_url or reached_at.rstrip("/")
    return FeedAnswer(url=f"{address}/calendar/{token}.ics", rep_code=rep_code, created_at=now)


def revoke(database: Database, asker: Asker, rep_code: str, *, now: datetime) -> None:
    """End the asker's address of a rep's route."""
    with database.writing(by=asker, at=now) as session:
        feeds.revoke(session, asker, rep_code, now=now)


def calendar(database: Database, settings: Settings, token: str, *, now: datetime) -> CalendarFile:
    """The route behind an address; raises `FeedNotFound` when it leads nowhere any more."""
    with database.reading() as session:
        user, rep = feeds.owner(session, _hashed(token))
        zone = zone_of(rep, settings)
        language: Language = next((one for one in LANGUAGES if one == user.lang), settings.lang)
        today = day_of(now, zone)
        plans, told = feeds.published(
            session, asker_of(user), rep, since=today - PAST - LONGEST_CYCLE
        )
        shown = [
            _called_off(visit, told[visit.plan_id, visit.visit_id].customer, today)
            for visit in standings(plans)
            if visit.slot.date >= today - PAST
            and not (visit.cancelled and visit.changed_at < now - TOLD_OF_DROPPED)
        ]
        written = _calendar(rep, zone, language)
        for visit in shown:
            written.add_component(
                _event(rep, visit, told[visit.plan_id, visit.visit_id], zone, language)
            )
    if shown:
        written.add_missing_timezones(
            first_date=shown[0].slot.date - timedelta(days=366),
            last_date=shown[-1].slot.date + timedelta(days=366),
        )
    content = written.to_ical()
    return CalendarFile(
        content=content,
        etag=f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        changed_at=max((visit.changed_at for visit in shown), default=None),
    )


def as_answer(file: CalendarFile, if_none_match: str | None) -> Response:
    """The file over HTTP, or that it has not changed."""
    headers = {"ETag": file.etag, "Cache-Control": "private, no-cache"}
    if file.changed_at is not None:
        headers["Last-Modified"] = format_datetime(file.changed_at.astimezone(UTC), usegmt=True)
    known = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    if file.etag in known or known == ["*"]:
        return Response(status_code=304, headers=headers)
    return Response(file.content, media_type="text/calendar; charset=utf-8", headers=headers)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _calendar(rep: Rep, zone: ZoneInfo, language: Language) -> Calendar:
    name = _line(say(language, N_("Visits of {name}"), name=rep.name))
    found = Calendar()
    found.add("prodid", "-//Callcycle//Visits//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("name", name)
    found.add("x-wr-calname", name)
    found.add("x-wr-timezone", zone.key)
    found.add("refresh-interval", FETCH_EVERY, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT1H")
    return found


def _event(
    rep: Rep, visit: Standing, told: PublishedVisit, zone: ZoneInfo, language: Language
) -> Event:
    """A visit as an event: what the operating card says of the place, and no more."""
    customer = told.customer
    midnight = datetime.combine(visit.slot.date, time(), zone)
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE, f'{rep.id}/{visit.cycle}/{visit.visit_id}')}@callcycle")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.changed_at)
    event.add("last-modified", visit.changed_at)
    event.add("dtstart", midnight + timedelta(seconds=visit.slot.begin_s))
    event.add("dtend", midnight + timedelta(seconds=visit.slot.end_s))
    event.add("summary", _line(customer.name))
    place = address(customer.street, customer.postcode, customer.city)
    if place:
        event.add("location", _line(place))
    event.add("geo", (customer.lat, customer.lon))
    event.add("description", _line(purpose_in_words(language, told.purpose)))
    event.add("status", "CANCELLED" if visit.cancelled else "CONFIRMED")
    return event


def _called_off(visit: Standing, customer: Customer, today: date) -> Standing:
    """The visit, cancelled where the customer is not visited any more."""
    if visit.cancelled or not is_called_off(
        customer.status, visit.slot.date, today=today, reported=False
    ):
        return visit
    return replace(visit, cancelled=True, sequence=visit.sequence + 1)


def _line(text: str) -> str:
    """A text on one line, without the control characters that iCalendar forbids."""
    return "".join(c if c.isprintable() else " " for c in text).strip()
