"""Logging in, going on, and logging out."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from crm.models import LoginSession, User
from crm.rules.access import SERVICE
from crm.store.house import audit
from crm.store.people import messages, sessions
from crm.store.people.sessions import Lifetime, TokenUse
from crm.text import N_
from crm.vocabulary import SessionEnd, SessionKind
from field_api.auth import Caller, NotLoggedIn, SessionEnded
from field_api.auth.opaque import kept, new_secret
from field_api.house import House
from field_api.schemas.accounts import LoginAnswer, PageSessionAnswer
from field_api.services.people.proof import Credentials, begun, proven
from field_api.settings import Settings


def log_in(house: House, given: Credentials, *, now: datetime) -> LoginAnswer:
    """Tokens for name and password.

    Raises `WrongPassword`, `TooManyAttempts` or `HashingBusy`; an unknown name takes as long as
    a wrong password.
    """
    user = proven(house, given, now=now)
    refresh_token = new_secret()

    def begin(session: Session, user: User) -> LoginAnswer:
        login = _start(house, session, user, SessionKind.API, given, now=now)
        return _tokens(house, session, user, login, refresh_token, now=now)

    return begun(house, user, given, begin, now=now)


def log_in_page(
    house: House, given: Credentials, *, replacing: str | None, now: datetime
) -> tuple[PageSessionAnswer, str]:
    """A page's session for name and password, and the secret for its cookie. The secret is new,
    and what the browser had before (`replacing`) ends. Raises as `log_in` does."""
    user = proven(house, given, now=now)
    secret = new_secret()

    def begin(session: Session, user: User) -> PageSessionAnswer:
        return begin_page(house, session, user, given, secret, replacing, now=now)

    return begun(house, user, given, begin, now=now), secret


def begin_page(
    house: House,
    session: Session,
    user: User,
    given: Credentials,
    secret: str,
    replacing: str | None,
    *,
    now: datetime,
) -> PageSessionAnswer:
    """Start a page's session with this secret in the place of the browser's former one."""
    if replacing is not None:
        former = sessions.of_cookie(session, kept(replacing), idle=house.settings.idle, now=now)
        if former is not None:
            sessions.end(session, former[2].id, SessionEnd.NEW_LOGIN, now=now)
    login = _start(house, session, user, SessionKind.PAGE, given, secret=secret, now=now)
    return _page_answer(house, user, login, secret)


def page_session(house: House, caller: Caller, secret: str, *, now: datetime) -> PageSessionAnswer:
    """The page's session that the caller came by."""
    with house.database.reading() as session:
        found = sessions.of_id(session, caller.session_id, now=now)
        if found is None:
            raise SessionEnded
        return _page_answer(house, found[0], found[2], secret)


def refresh(house: House, token: str, *, now: datetime) -> LoginAnswer:
    """New tokens for a refresh token, which is used up by it.

    A used one that comes back was copied by somebody: the session ends with all its tokens.
    Raises `SessionEnded`, or `NotLoggedIn` for a token that was never ours.
    """
    successor = new_secret()

    def work(session: Session) -> LoginAnswer | TokenUse:
        use, session_id = sessions.use_refresh_token(session, kept(token), now=now)
        if session_id is None:
            return TokenUse.UNKNOWN
        if use is TokenUse.REUSED:
            _end_copied(session, session_id, now=now)
        if use is not TokenUse.FRESH or not sessions.touch(session, session_id, now=now):
            return TokenUse.ENDED
        found = sessions.of_id(session, session_id, now=now)
        if found is None:
            return TokenUse.ENDED
        return _tokens(house, session, found[0], found[2], successor, now=now)

    answer = house.database.written(work, by=SERVICE, at=now)
    if isinstance(answer, LoginAnswer):
        return answer
    if answer is TokenUse.UNKNOWN:
        raise NotLoggedIn(N_("This token is not ours; log in again."))
    raise SessionEnded


def log_out(house: House, caller: Caller, *, now: datetime) -> None:
    """End the caller's session, its tokens with it."""
    with house.database.writing(by=caller.asker, at=now) as session:
        if sessions.end(session, caller.session_id, SessionEnd.LOGGED_OUT, now=now):
            details = {"session": str(caller.session_id)}
            audit.record(session, "log_out", noun="user", key=caller.username, details=details)


def lifetime_of(settings: Settings) -> Lifetime:
    """How long a login lasts."""
    return Lifetime(idle=settings.idle, longest=timedelta(days=settings.session_days))


def _start(
    house: House,
    session: Session,
    user: User,
    kind: SessionKind,
    given: Credentials,
    *,
    secret: str | None = None,
    now: datetime,
) -> LoginSession:
    login = sessions.start(
        session,
        user,
        kind,
        device=given.device,
        secret_sha256=kept(secret) if secret is not None else None,
        lifetime=lifetime_of(house.settings),
        now=now,
    )
    details = {
        "session": str(login.id),
        "kind": kind.value,
        "address": given.address,
        "device": given.device,
    }
    audit.record(session, "log_in", noun="user", key=user.username, details=details)
    return login


def _tokens(
    house: House,
    session: Session,
    user: User,
    login: LoginSession,
    refresh_token: str,
    *,
    now: datetime,
) -> LoginAnswer:
    sessions.issue_refresh_token(
        session, login, kept(refresh_token), idle=house.settings.idle, now=now
    )
    access_token, ends = house.tokens.issue(user.id or 0, login.id, now)
    return LoginAnswer(
        access_token=access_token,
        expires_at=ends,
        refresh_token=refresh_token,
        session_expires_at=login.expires_at,
        role=user.role,
        name=user.name,
    )


def _page_answer(house: House, user: User, login: LoginSession, secret: str) -> PageSessionAnswer:
    return PageSessionAnswer(
        csrf_token=house.cookies.csrf(secret),
        expires_at=login.expires_at,
        username=user.username,
        name=user.name,
        role=user.role,
    )


def _end_copied(session: Session, session_id: UUID, *, now: datetime) -> None:
    found = sessions.of_id(session, session_id, now=now)
    if found is None:  # over already, and told of
        return
    user, _, login = found
    sessions.end(session, session_id, SessionEnd.TOKEN_REUSED, now=now)
    details = {"session": str(session_id), "device": login.device}
    audit.record(session, "end_copied_session", noun="user", key=user.username, details=details)
    messages.tell(
        session,
        [user.id or 0],
        kind="session_ended",
        text=N_(
            "You were logged out on {device}: a used login token came back, so somebody may have "
            "copied it. Log in again; change your password if this was not you."
        ),
        params={"device": login.device or "?"},
        key=f"session_ended:{session_id}",
        noun="session",
        subject=str(session_id),
        now=now,
    )
