"""Passwords: choosing a new one, which ends what was logged in by the old one."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from crm.database import Database
from crm.models import User
from crm.rules import passwords as rules
from crm.rules.access import OPERATOR
from crm.store.house import audit
from crm.store.people import accounts, login_attempts, messages, password_resets, sessions
from crm.text import N_
from crm.vocabulary import SessionEnd
from field_api.auth import Caller, Passwords, TooManyAttempts, WrongOldPassword, normal_username
from field_api.auth.opaque import kept
from field_api.house import House


def changed(house: House, caller: Caller, old: str, new: str, *, now: datetime) -> None:
    """Give the caller a new password for the old one; the caller's other logins end.

    Raises `PasswordRefused`, `WrongOldPassword`, `TooManyAttempts`, `HashingBusy`.
    """
    rules.refuse_unfit(new, caller.username)
    user = proven(house, caller, old, now=now)
    before, hashed = user.password_hash, house.passwords.hashed(new)

    def work(session: Session) -> None:
        now_kept = accounts.locked(session, user.id or 0)
        if now_kept is None or now_kept.password_hash != before:
            raise WrongOldPassword
        login_attempts.forget(session, _key(caller))
        put(session, caller.username, hashed, how="old one", but=caller.session_id, now=now)

    house.database.written(work, by=caller.asker, at=now)


def proven(house: House, caller: Caller, password: str, *, now: datetime) -> User:
    """The caller's account, the password known to whoever holds the device: one that lies open is
    not enough for what would hand the account over.

    Raises `WrongOldPassword`, `TooManyAttempts`, `HashingBusy`.
    """
    key = _key(caller)
    within = timedelta(seconds=house.settings.login_pause_s)

    def count(session: Session) -> timedelta | None:
        limits = {key: house.settings.login_attempts}
        return login_attempts.count(session, limits, now=now, within=within)

    wait = house.database.written(count, by=caller.asker, at=now)
    if wait is not None:
        raise TooManyAttempts.after(wait)
    with house.database.reading() as session:
        user = accounts.by_username(session, caller.username)
    if user is None or not house.passwords.fits(password, user.password_hash):
        raise WrongOldPassword
    return user


def _key(caller: Caller) -> str:
    return kept(f"password\0{caller.username}")  # whoever finds a phone open guesses here


def set_by_operator(
    database: Database, passwords: Passwords, username: str, password: str, *, now: datetime
) -> None:
    """Give an account a new password at the machine itself. Raises `AccountNotFound`,
    `PasswordRefused`."""
    username = normal_username(username)
    with database.reading() as session:
        accounts.get(session, OPERATOR, username)
    rules.refuse_unfit(password, username)
    hashed = passwords.hashed(password)
    database.written(lambda session: put(session, username, hashed, how="operator", now=now))


def put(
    session: Session,
    username: str,
    hashed: str,
    *,
    how: str,
    but: UUID | None = None,
    now: datetime,
) -> None:
    """Keep a new password: logins by the old one end (`but` one), open links close, the person is
    told."""
    user = accounts.get(session, OPERATOR, username, to_change=True)
    assert user.id is not None
    accounts.set_password(session, user.id, hashed)
    ended = sessions.end_all(session, user.id, SessionEnd.NEW_PASSWORD, now=now, but=but)
    password_resets.close_all(session, user.id, now=now)
    audit.record(
        session, "set_password", noun="user", key=username, details={"by": how, "ended": ended}
    )
    messages.tell(
        session,
        [user.id],
        kind="new_password",
        text=N_(
            "{username} has a new password, and other devices are logged out. If it was not you, "
            "ask your manager to end your logins at once."
        ),
        params={"username": username},
        key=f"new_password:{username}:{now.isoformat()}",
        noun="user",
        subject=username,
        now=now,
    )
