"""Where people are logged in, and ending it from elsewhere."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from crm.models import LoginSession
from crm.store.house import audit
from crm.store.people import accounts, messages, sessions
from crm.store.people.sessions import SessionNotFound
from crm.text import N_
from crm.vocabulary import SessionEnd
from field_api.auth import Caller, normal_username
from field_api.house import House
from field_api.schemas.sessions import EndedAnswer, SessionAnswer, SessionsAnswer

MOST_SHOWN = 200


def own(house: House, caller: Caller, *, now: datetime) -> SessionsAnswer:
    """Where the caller is logged in."""
    query = sessions.visible_to(caller.asker, idle=house.settings.idle, now=now)
    newest = query.order_by(col(LoginSession.last_used_at).desc(), col(LoginSession.id))
    with house.database.reading() as session:
        found = session.exec(newest.limit(MOST_SHOWN))
        return SessionsAnswer(
            items=[
                SessionAnswer(
                    id=login.id,
                    kind=login.kind,
                    device=login.device,
                    created_at=login.created_at,
                    last_used_at=login.last_used_at,
                    expires_at=login.expires_at,
                    current=login.id == caller.session_id,
                )
                for login in found
            ]
        )


def end_own(house: House, caller: Caller, session_id: UUID, *, now: datetime) -> None:
    """End one of the caller's logins; `SessionNotFound`."""

    def work(session: Session) -> None:
        query = sessions.visible_to(caller.asker, idle=house.settings.idle, now=now)
        mine = session.exec(query.where(LoginSession.id == session_id)).one_or_none()
        if mine is None or not sessions.end(
            session, session_id, SessionEnd.ENDED_BY_OWNER, now=now
        ):
            raise SessionNotFound(session_id)
        details = {"session": str(session_id), "device": mine.device}
        audit.record(session, "end_session", noun="user", key=caller.username, details=details)

    house.database.written(work, by=caller.asker, at=now)


def end_anothers(house: House, caller: Caller, username: str, *, now: datetime) -> EndedAnswer:
    """End all logins of somebody whom the caller answers for: a phone is lost. The person is
    told. Raises `AccountNotFound`."""

    def work(session: Session) -> EndedAnswer:
        user = accounts.get(session, caller.asker, normal_username(username), to_change=True)
        ended = sessions.end_all(session, user.id or 0, SessionEnd.ENDED_BY_MANAGER, now=now)
        audit.record(
            session, "end_sessions", noun="user", key=user.username, details={"ended": ended}
        )
        messages.tell(
            session,
            [user.id],
            kind="sessions_ended",
            text=N_("{manager} ended all your logins; log in again where you need to."),
            params={"manager": caller.name},
            key=f"sessions_ended:{user.username}:{now.isoformat()}",
            noun="user",
            subject=user.username,
            now=now,
        )
        return EndedAnswer(username=user.username, ended=ended)

    return house.database.written(work, by=caller.asker, at=now)
