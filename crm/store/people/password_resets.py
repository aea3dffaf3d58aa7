"""Ways to a new password: good once, and for a short time."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from crm.errors import Refused
from crm.models import PasswordReset, User
from crm.text import N_


class ResetEnded(Refused):
    """A link that was never ours, was used or closed, or is too old."""

    def __init__(self) -> None:
        super().__init__(N_("This link has been used or has ended; ask for a new one."))


def open_for(
    session: Session, user_id: int, token_sha256: str, *, life: timedelta, now: datetime
) -> PasswordReset:
    """Open a way for a user."""
    opened = PasswordReset(
        user_id=user_id, token_sha256=token_sha256, asked_at=now, expires_at=now + life
    )
    session.add(opened)
    session.flush()
    return opened


def user_of(session: Session, token_sha256: str, *, now: datetime) -> User:
    """Whose way it is; `ResetEnded` when it is open no more or the account is closed."""
    query = (
        select(User)
        .join(PasswordReset, col(PasswordReset.user_id) == User.id)
        .where(
            PasswordReset.token_sha256 == token_sha256,
            col(PasswordReset.used_at).is_(None),
            PasswordReset.expires_at > now,
            col(User.active),
        )
    )
    found = session.exec(query).one_or_none()
    if found is None:
        raise ResetEnded
    return found


def use(session: Session, token_sha256: str, *, now: datetime) -> None:
    """Use a way up. Of several at the same moment one gets through, the others `ResetEnded`."""
    query = (
        update(PasswordReset)
        .where(
            col(PasswordReset.token_sha256) == token_sha256,
            col(PasswordReset.used_at).is_(None),
            col(PasswordReset.expires_at) > now,
        )
        .values(used_at=now)
    )
    if session.connection().execute(query).rowcount != 1:
        raise ResetEnded


def close_all(session: Session, user_id: int, *, now: datetime) -> None:
    """Close a user's ways."""
    session.connection().execute(
        update(PasswordReset)
        .where(col(PasswordReset.user_id) == user_id, col(PasswordReset.used_at).is_(None))
        .values(used_at=now)
    )
