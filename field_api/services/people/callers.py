"""Knowing who calls, by token or by cookie."""

from datetime import datetime, timedelta

from crm.store.people import sessions
from crm.store.people.sessions import Known
from field_api.auth import Caller, SessionEnded
from field_api.auth.opaque import kept
from field_api.house import House
from field_api.services.people.accounts import asker_of, zone_named, zone_of
from field_api.settings import Settings

TOUCH_EVERY = timedelta(minutes=5)  # a page's use is noted no more often than that


def by_token(house: House, token: str, *, now: datetime) -> Caller:
    """Who an access token speaks for. The session is looked up each time, so that ending it, or
    closing the account, works at once.

    Raises `NotLoggedIn` for a token that is not ours, `SessionEnded` when it speaks for nobody
    any more.
    """
    user_id, session_id = house.tokens.read(token, now)
    with house.database.reading() as session:
        found = sessions.of_token(session, user_id, session_id, now=now)
    if found is None:
        raise SessionEnded
    return Caller(
        asker=asker_of(found),
        session_id=session_id,
        username=found.username,
        name=found.name,
        zone=zone_named(found.timezone or "", house.settings),
        rep_code=found.rep_code,
    )


def by_cookie(house: House, secret: str, *, now: datetime) -> Caller:
    """Who a page's session belongs to; `SessionEnded` when it goes on no more."""
    with house.database.reading() as session:
        found = sessions.of_cookie(session, kept(secret), idle=house.settings.idle, now=now)
        if found is None:
            raise SessionEnded
        caller, last_used_at = _caller(found, house.settings), found[2].last_used_at
    if now - last_used_at >= TOUCH_EVERY:
        with house.database.writing(by=caller.asker, at=now) as session:
            sessions.touch(session, caller.session_id, now=now)
    return caller


def _caller(found: Known, settings: Settings) -> Caller:
    user, rep, login = found
    return Caller(
        asker=asker_of(user),
        session_id=login.id,
        username=user.username,
        name=user.name,
        zone=zone_of(rep, settings),
        rep_code=rep.code if rep else None,
    )
