"""Nightly: what is over and nobody needs any more goes. Nothing that people wrote does."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import Session, col

from crm.models import (
    Delivery,
    Job,
    LoginAttempt,
    LoginSession,
    Message,
    PasswordReset,
    RefreshToken,
)
from crm.store import statistics
from crm.store.imports import import_drafts
from crm.vocabulary import DeliveryState, JobState
from field_api.services.people.password_ways import JOB as LETTER_JOB
from field_api.settings import Settings

CLOCK_PREFIX = "clock/"  # of the kinds of the clock's jobs
ATTEMPTS = timedelta(days=1)
SESSIONS = timedelta(days=90)  # ended ones stay in the list of devices for so long
RESETS = timedelta(days=7)
CLOCK_JOBS = timedelta(days=3)
SENT = timedelta(days=90)
READ = timedelta(days=400)
BEGUN_IMPORTS = timedelta(days=30)  # since somebody touched one last


def tidy(session: Session, _settings: Settings, *, now: datetime) -> dict[str, int]:
    """Take away what is over, then let the database look at itself; answers how many rows of each
    kind went."""
    connection = session.connection()
    over = col(LoginSession.expires_at) < now - SESSIONS
    ended = {
        "login_attempts": delete(LoginAttempt).where(col(LoginAttempt.at) < now - ATTEMPTS),
        "refresh_tokens": delete(RefreshToken).where(col(RefreshToken.expires_at) < now - SESSIONS),
        "sessions": delete(LoginSession).where(over),
        "password_resets": delete(PasswordReset).where(
            col(PasswordReset.expires_at) < now - RESETS
        ),
        "clock_jobs": delete(Job).where(
            or_(
                col(Job.kind).startswith(CLOCK_PREFIX, autoescape=True),
                col(Job.kind) == LETTER_JOB,
            ),
            col(Job.state).not_in((JobState.QUEUED, JobState.RUNNING)),
            col(Job.created_at) < now - CLOCK_JOBS,
        ),
        "deliveries": delete(Delivery).where(
            col(Delivery.state) != DeliveryState.WAITING, col(Delivery.not_before) < now - SENT
        ),
        "begun_imports": import_drafts.older_than(now - BEGUN_IMPORTS),
        "messages": delete(Message).where(col(Message.read_at) < now - READ),
    }
    gone = {name: int(connection.execute(query).rowcount) for name, query in ended.items()}
    statistics.refresh(session)
    return gone
