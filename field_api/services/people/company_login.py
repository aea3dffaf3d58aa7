"""Logging in by the company's own login: whose account it is."""

import re
from dataclasses import dataclass
from datetime import datetime

from fastapi import Response
from sqlmodel import Session

from crm.models import User
from crm.rules.access import SERVICE
from crm.store.house import audit
from crm.store.people import accounts, messages
from crm.text import N_
from field_api.auth import normal_username
from field_api.auth.oidc import CompanyLoginRefused, Person
from field_api.auth.opaque import new_secret
from field_api.errors import InvalidInput
from field_api.house import House
from field_api.services.people.accounts import asker_of
from field_api.services.people.logins import begin_page
from field_api.services.people.proof import Credentials

# A path of our own: //host and /\host would lead a browser elsewhere.
LOCAL_PATH = re.compile(r"/(?![/\\])[!-~]*", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A browser that comes back from the provider, with what it brings and what it had."""

    state: str
    code: str
    redirect_uri: str
    cookie: str
    replacing: str | None
    given: Credentials


def refuse_elsewhere(path: str) -> None:
    """Raise `InvalidInput` for what is no path of this service."""
    if not LOCAL_PATH.fullmatch(path) or "\\" in path:
        raise InvalidInput(
            "query.next", N_("{path} is no path of this service; write one like /today."), path=path
        )


def begin(house: House, response: Response, *, redirect_uri: str, then: str, now: datetime) -> str:
    """Where to send a browser to log in. Raises `InvalidInput`, `CompanyLoginOff`,
    `CompanyLoginAway`."""
    refuse_elsewhere(then)
    return house.company_login.begin(response, redirect_uri=redirect_uri, then=then, now=now)


def finish(house: House, response: Response, arrival: Arrival, *, now: datetime) -> str:
    """Log the person in in this browser, and answer the path to open.

    An account is found by what it was bound to before, else once by its name, and bound; none is
    made, and none that is bound already. Raises `CompanyLoginOff`, `CompanyLoginRefused`,
    `CompanyLoginAway`.
    """
    person, then = house.company_login.finish(
        arrival.cookie,
        code=arrival.code,
        state=arrival.state,
        redirect_uri=arrival.redirect_uri,
        now=now,
    )
    house.company_login.forget(response)
    user = house.database.written(lambda session: _bound(session, person, now), by=SERVICE, at=now)
    if user is None:
        raise _unknown()
    secret = new_secret()

    def work(session: Session) -> datetime | None:
        owner = accounts.locked(session, user.id or 0)
        if owner is None or not owner.active:
            return None
        given, replacing = arrival.given, arrival.replacing
        return begin_page(house, session, owner, given, secret, replacing, now=now).expires_at

    ends = house.database.written(work, by=asker_of(user), at=now)
    if ends is None:
        raise _unknown()
    house.cookies.put(response, secret, ends=ends, now=now)
    return then


def _bound(session: Session, person: Person, now: datetime) -> User | None:
    """The account in use that is the person's, bound to the person from now on."""
    user = accounts.by_subject(session, person.subject)
    if user is None and person.username is not None:
        named = accounts.by_username(session, normal_username(person.username))
        if named is not None and named.active and named.oidc_subject is None:
            user = _bind(session, named, person, now)
    if user is None or not user.active:
        audit.record(session, "refuse_company_login", noun="user", key="")
        return None
    session.expunge(user)
    return user


def _bind(session: Session, user: User, person: Person, now: datetime) -> User | None:
    if not accounts.bind(session, user.id or 0, person.subject):
        return None
    audit.record(session, "bind_company_login", noun="user", key=user.username)
    messages.tell(
        session,
        [user.id],
        kind="company_login_bound",
        text=N_(
            "{username} is now bound to a person of the company's own login. If that was not you, "
            "tell who keeps accounts."
        ),
        params={"username": user.username},
        key=f"company_login_bound:{user.username}:{now.isoformat()}",
        noun="user",
        subject=user.username,
        now=now,
    )
    return user


def _unknown() -> CompanyLoginRefused:
    return CompanyLoginRefused(
        N_("The company's login knows you, and nobody here does; ask who keeps accounts.")
    )
