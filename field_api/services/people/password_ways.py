"""Ways to a new password, as they are opened: handed over by a manager, or sent by mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session

from crm.models import User
from crm.store.house import audit, jobs
from crm.store.people import accounts, messages, password_resets
from crm.text import N_
from field_api.auth.opaque import kept
from field_api.auth.password_links import KIND, link, secret_of
from field_api.schemas.passwords import ResetLink
from field_api.settings import Settings

JOB = "accounts/password_link"
FORGOTTEN_LIFE = timedelta(hours=1)
HANDED_LIFE = timedelta(days=2)  # a manager's, which is passed on by word or paper


@dataclass(frozen=True, kw_only=True)
class Way:
    """A new way: its number may be told, its secret only to the person."""

    number: str
    secret: str
    ends: datetime


def opened(
    settings: Settings, session: Session, user: User, life: timedelta, *, now: datetime
) -> Way:
    """Open a way for a user."""
    number = uuid4().hex
    secret = secret_of(number, settings)
    row = password_resets.open_for(session, user.id or 0, kept(secret), life=life, now=now)
    return Way(number=number, secret=secret, ends=row.expires_at)


def handed(settings: Settings, session: Session, user: User, *, now: datetime) -> ResetLink:
    """Open a way to be handed over; those before are closed."""
    password_resets.close_all(session, user.id or 0, now=now)
    way = opened(settings, session, user, HANDED_LIFE, now=now)
    return ResetLink(
        username=user.username,
        token=way.secret,
        link=link(settings, way.secret),
        expires_at=way.ends,
    )


def ask_for_letter(session: Session, user_id: int | None, *, now: datetime) -> None:
    """Let a letter be sent to a user. For nobody the same is written, and takes as long."""
    jobs.enqueue(session, kind=JOB, payload={"user_id": user_id}, now=now)


def send_letter(
    session: Session, settings: Settings, user_id: int | None, *, now: datetime
) -> None:
    """Send a user a letter with a way. Former ones stay open: whoever asks for letters in
    somebody's name takes nothing from anybody."""
    user = accounts.locked(session, user_id or 0)
    if user is None or not user.active:
        return
    way = opened(settings, session, user, FORGOTTEN_LIFE, now=now)
    audit.record(session, "send_password_link", noun="user", key=user.username)
    messages.tell(
        session,
        [user.id],
        kind=KIND,
        text=N_(
            "Somebody asked for a new password for {username}. If it was not you, do nothing: "
            "the old one stays."
        ),
        params={"username": user.username},
        key=f"{KIND}:{way.number}",
        noun=KIND,
        subject=way.number,
        now=now,
    )
