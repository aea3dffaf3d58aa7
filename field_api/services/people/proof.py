"""Proving to be somebody by name and password, and the brake on guessing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from crm.models import User
from crm.rules.access import SERVICE
from crm.store.house import audit
from crm.store.people import accounts, login_attempts
from field_api.auth import HashingBusy, TooManyAttempts, WrongPassword, normal_username
from field_api.auth.addresses import network_of
from field_api.auth.opaque import kept
from field_api.house import House
from field_api.services.people.accounts import asker_of
from field_api.settings import Settings

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """What somebody logs in with; `address` is where from, `device` what on. Whom the company's own
    login vouches for needs neither name nor password."""

    address: str
    device: str = ""
    username: str = ""
    password: str = ""


@dataclass(frozen=True, kw_only=True)
class AttemptKeys:
    """Under which keys attempts are counted: the name from one address, and the address alone."""

    name: str
    address: str

    def limits(self, settings: Settings) -> dict[str, int]:
        """How many of each are let through within the pause."""
        return {
            self.name: settings.login_attempts,
            self.address: settings.login_attempts_address,
        }


def keys_of(username: str, address: str, *, of: str = "login") -> AttemptKeys:
    """The keys of attempts at a name (in its normal form) from an address."""
    network = network_of(address)
    return AttemptKeys(name=kept(f"{of}\0{network}\0{username}"), address=kept(f"{of}\0{network}"))


def proven(house: House, given: Credentials, *, now: datetime) -> User:
    """The account as it was when its password proved right."""
    username = normal_username(given.username)
    keys = keys_of(username, given.address)

    def work(session: Session) -> tuple[timedelta | None, User | None]:
        within = timedelta(seconds=house.settings.login_pause_s)
        limits = keys.limits(house.settings)
        wait = login_attempts.count(session, limits, now=now, within=within)
        user = accounts.by_username(session, username)
        if user is not None:
            session.expunge(user)
        return wait, user

    wait, user = house.database.written(work, by=SERVICE, at=now)
    if wait is not None:
        raise TooManyAttempts.after(wait)
    try:
        fits = house.passwords.fits(
            given.password, user.password_hash if user is not None and user.active else None
        )
    except HashingBusy:  # nothing was tried
        with house.database.writing(by=SERVICE, at=now) as session:
            login_attempts.take_back(session, keys.name)
            login_attempts.take_back(session, keys.address)
        raise
    if not fits or user is None:
        _note_refused(house, given, user, now=now)
        raise WrongPassword
    return user


def _note_refused(house: House, given: Credentials, user: User | None, *, now: datetime) -> None:
    """Unknown names are not written down: people type passwords into the wrong field."""
    with house.database.writing(by=SERVICE, at=now) as session:
        audit.record(
            session,
            "refuse_login",
            noun="user",
            key=user.username if user is not None else "",
            details={"address": given.address, "device": given.device},
        )


def begun(
    house: House,
    user: User,
    given: Credentials,
    begin: Callable[[Session, User], Answer],
    *,
    now: datetime,
) -> Answer:
    """What `begin` answers, unless the account has changed since its password was proven."""
    keys = keys_of(user.username, given.address)
    proven_id, proven_hash = user.id or 0, user.password_hash

    def work(session: Session) -> Answer | None:
        now_kept = accounts.locked(session, proven_id)
        if now_kept is None or not now_kept.active or now_kept.password_hash != proven_hash:
            return None
        login_attempts.forget(session, keys.name)
        login_attempts.take_back(session, keys.address)
        return begin(session, now_kept)

    answer = house.database.written(work, by=asker_of(user), at=now)
    if answer is None:
        raise WrongPassword
    return answer
