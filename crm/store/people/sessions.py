"""Who is logged in where. Secrets come in as their SHA-256 only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BindParameter, bindparam, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from crm.errors import Refused
from crm.models import LoginSession, RefreshToken, Rep, User
from crm.rules.access import Asker
from crm.text import N_
from crm.vocabulary import SessionEnd, SessionKind

Known = tuple[User, Rep | None, LoginSession]


class SessionNotFound(Refused):
    """No such session, or not one of the asker's: the two are not told apart."""

    def __init__(self, session_id: UUID) -> None:
        text = N_("You are not logged in by a session {id}; it may have ended.")
        super().__init__(text, id=session_id)


class TokenUse(StrEnum):
    """What came of using a refresh token."""

    FRESH = "fresh"
    REUSED = "reused"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Lifetime:
    """How long a login lasts unused, and at most."""

    idle: timedelta
    longest: timedelta


def start(
    session: Session,
    user: User,
    kind: SessionKind,
    *,
    device: str,
    secret_sha256: str | None = None,
    lifetime: Lifetime,
    now: datetime,
) -> LoginSession:
    """Log a user in."""
    assert user.id is not None
    begun = LoginSession(
        id=uuid4(),
        user_id=user.id,
        kind=kind,
        secret_sha256=secret_sha256,
        device=device,
        created_at=now,
        last_used_at=now,
        expires_at=now + lifetime.longest,
    )
    session.add(begun)
    session.flush()
    return begun


def live(now: datetime | BindParameter[datetime]) -> Select[User, Rep, LoginSession]:
    """Sessions that go on, with the user, whose account is in use, and the user's rep."""
    return (
        select(User, Rep, LoginSession)
        .join(LoginSession, col(LoginSession.user_id) == User.id)
        .join(Rep, col(User.rep_id) == Rep.id, isouter=True)
        .where(
            col(User.active),
            col(LoginSession.ended_at).is_(None),
            LoginSession.expires_at > now,
        )
    )


_OF_HOLDER: list[Any] = [
    User.id,
    User.role,
    User.rep_id,
    User.district_id,
    User.region_id,
    User.username,
    User.name,
    col(Rep.code).label("rep_code"),
    Rep.timezone,
]
OF_TOKEN = (
    live(bindparam("now"))
    .where(col(LoginSession.id) == bindparam("session_id"), col(User.id) == bindparam("user_id"))
    .with_only_columns(*_OF_HOLDER, maintain_column_froms=True)
)


def of_token(session: Session, user_id: int, session_id: UUID, *, now: datetime) -> Any | None:
    """Whose session an access token names: columns of the user, with `rep_code` and `timezone` of
    the rep; None when it goes on no more. Asked for with every request."""
    values = {"user_id": user_id, "session_id": session_id, "now": now}
    return session.connection().execute(OF_TOKEN, values).one_or_none()


def of_cookie(
    session: Session, secret_sha256: str, *, idle: timedelta, now: datetime
) -> Known | None:
    """The page's session whose secret this is, unless it lay unused for too long."""
    query = live(now).where(
        LoginSession.secret_sha256 == secret_sha256, LoginSession.last_used_at > now - idle
    )
    found = session.exec(query).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


def of_id(session: Session, session_id: UUID, *, now: datetime) -> Known | None:
    """A session that goes on, by its number."""
    found = session.exec(live(now).where(LoginSession.id == session_id)).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


def touch(session: Session, session_id: UUID, *, now: datetime) -> bool:
    """Note that a session is used now; False when it goes on no more."""
    query = (
        update(LoginSession)
        .where(
            col(LoginSession.id) == session_id,
            col(LoginSession.ended_at).is_(None),
            col(LoginSession.expires_at) > now,
        )
        .values(last_used_at=now)
    )
    return session.connection().execute(query).rowcount == 1


def issue_refresh_token(
    session: Session, login: LoginSession, token_sha256: str, *, idle: timedelta, now: datetime
) -> None:
    """Let a session be continued once by this token."""
    session.add(
        RefreshToken(
            session_id=login.id,
            token_sha256=token_sha256,
            issued_at=now,
            expires_at=min(now + idle, login.expires_at),
        )
    )


def use_refresh_token(
    session: Session, token_sha256: str, *, now: datetime
) -> tuple[TokenUse, UUID | None]:
    """Use a token up, and say what that came to and whose session it is. Of several that use one
    token at the same moment, one finds it fresh."""
    query = (
        update(RefreshToken)
        .where(
            col(RefreshToken.token_sha256) == token_sha256,
            col(RefreshToken.used_at).is_(None),
            col(RefreshToken.expires_at) > now,
        )
        .values(used_at=now)
    )
    taken = session.connection().execute(query).rowcount == 1
    kept = session.exec(
        select(RefreshToken).where(RefreshToken.token_sha256 == token_sha256)
    ).one_or_none()
    if kept is None:
        return TokenUse.UNKNOWN, None
    if taken:
        return TokenUse.FRESH, kept.session_id
    return TokenUse.ENDED if kept.used_at is None else TokenUse.REUSED, kept.session_id


def visible_to(asker: Asker, *, idle: timedelta, now: datetime) -> SelectOfScalar[LoginSession]:
    """The asker's own sessions that go on."""
    return select(LoginSession).where(
        LoginSession.user_id == asker.user_id,
        col(LoginSession.ended_at).is_(None),
        LoginSession.expires_at > now,
        LoginSession.last_used_at > now - idle,
    )


def end(session: Session, session_id: UUID, why: SessionEnd, *, now: datetime) -> bool:
    """End a session, its tokens with it; False when it had ended before."""
    query = (
        update(LoginSession)
        .where(col(LoginSession.id) == session_id, col(LoginSession.ended_at).is_(None))
        .values(ended_at=now, ended_why=why)
    )
    return session.connection().execute(query).rowcount == 1


def end_all(
    session: Session, user_id: int, why: SessionEnd, *, now: datetime, but: UUID | None = None
) -> int:
    """End all sessions of a user, but one; how many they were."""
    query = update(LoginSession).where(
        col(LoginSession.user_id) == user_id, col(LoginSession.ended_at).is_(None)
    )
    if but is not None:
        query = query.where(col(LoginSession.id) != but)
    return session.connection().execute(query.values(ended_at=now, ended_why=why)).rowcount
