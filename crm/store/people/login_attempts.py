"""The brake on guessing. It lies in the database, so that it holds for all processes together."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from crm.models import LoginAttempt

LONGEST_KEPT = timedelta(hours=1)  # whatever is counted within less
LOCK = 2_027_130_207  # of ours: any number that no other lock of this database has


def count(
    session: Session, limits: Mapping[str, int], *, now: datetime, within: timedelta
) -> timedelta | None:
    """Count an attempt under each of the keys (SHA-256, with how many are let through `within`
    this time). None: it is let through; else nothing is counted and the wait is answered."""
    if session.get_bind().dialect.name == "postgresql":  # where writers do not queue anyway
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    over = now - max(within, LONGEST_KEPT)
    session.execute(delete(LoginAttempt).where(col(LoginAttempt.at) <= over))
    waits = [
        at + within - now
        for key, limit in limits.items()
        if (at := _nth_newest(session, key, limit)) is not None and at > now - within
    ]
    if waits:
        return max(waits)
    session.add_all(LoginAttempt(key_sha256=key, at=now) for key in limits)
    return None


def forget(session: Session, key: str) -> None:
    """Forget the attempts under a key: it was the right person."""
    session.execute(delete(LoginAttempt).where(col(LoginAttempt.key_sha256) == key))


def take_back(session: Session, key: str) -> None:
    """Take one attempt under a key back."""
    newest = (
        select(LoginAttempt.id)
        .where(LoginAttempt.key_sha256 == key)
        .order_by(col(LoginAttempt.id).desc())
        .limit(1)
    )
    session.execute(delete(LoginAttempt).where(col(LoginAttempt.id).in_(newest)))


def _nth_newest(session: Session, key: str, n: int) -> datetime | None:
    """When the n-th newest attempt under a key was made; None when there are fewer."""
    query = (
        select(LoginAttempt.at)
        .where(LoginAttempt.key_sha256 == key)
        .order_by(col(LoginAttempt.at).desc(), col(LoginAttempt.id).desc())
        .offset(n - 1)
        .limit(1)
    )
    return session.exec(query).one_or_none()
