"""Messages to people, each told once, and their way out of the product."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from crm.models import Channel, Delivery, Message, Rep, User
from crm.rules.access import MANAGERS, Asker
from crm.rules.messages import next_try
from crm.vocabulary import DeliveryState, Role

ERROR_SHOWN = 500


def tell(
    session: Session,
    user_ids: Iterable[int | None],
    *,
    kind: str,
    text: str,
    params: Mapping[str, Any],
    key: str,
    now: datetime,
    noun: str = "",
    subject: str = "",
) -> int:
    """Tell people something, each once for a `key`; answers how many were told.

    `text` is a template of the catalogues, `params` its values as JSON. What goes out of the
    product waits in deliveries, one for each of the person's channels in use.
    """
    wanted = {user_id for user_id in user_ids if user_id is not None}
    query = select(Message.user_id).where(Message.key == key, col(Message.user_id).in_(wanted))
    told = set(session.exec(query).all())
    active = session.exec(select(User).where(col(User.id).in_(wanted), col(User.active)))
    new = {user.id for user in active if user.id is not None} - told
    for user_id in sorted(new):
        message = Message(
            user_id=user_id,
            key=key,
            kind=kind,
            text=text,
            params=dict(params),
            noun=noun,
            subject=subject,
            created_at=now,
        )
        session.add(message)
        session.flush()
        assert message.id is not None
        channels = select(Channel).where(Channel.user_id == user_id, col(Channel.active))
        session.add_all(
            Delivery(
                message_id=message.id, kind=channel.kind, address=channel.address, not_before=now
            )
            for channel in session.exec(channels)
        )
    return len(new)


def users_of_reps(session: Session, rep_ids: Iterable[int | None]) -> list[int]:
    """The accounts in use of reps."""
    wanted = [rep_id for rep_id in rep_ids if rep_id is not None]
    query = select(User.id).where(col(User.rep_id).in_(wanted), col(User.active))
    return [user_id for user_id in session.exec(query) if user_id is not None]


def managers_of(
    session: Session,
    *,
    district_id: int | None = None,
    region_id: int | None = None,
    roles: Sequence[Role] = MANAGERS,
) -> list[int]:
    """The accounts in use of managers of these roles: of the district, of the region, or of all.

    A role bound to a place counts only for that place.
    """
    query = select(User).where(col(User.role).in_(roles), col(User.active))
    place = {Role.DISTRICT_MANAGER: district_id, Role.REGIONAL_DIRECTOR: region_id}
    found = []
    for user in session.exec(query.order_by(col(User.id))):
        own = {Role.DISTRICT_MANAGER: user.district_id, Role.REGIONAL_DIRECTOR: user.region_id}
        if user.role in place and (place[user.role] is None or own[user.role] != place[user.role]):
            continue
        if user.id is not None:
            found.append(user.id)
    return found


def of_user(
    session: Session,
    asker: Asker,
    *,
    unread: bool,
    before: int | None,
    limit: int,
) -> list[Message]:
    """The asker's own messages, the newest first, those before a place in that order."""
    query = select(Message).where(Message.user_id == asker.user_id)
    if unread:
        query = query.where(col(Message.read_at).is_(None))
    if before is not None:
        query = query.where(col(Message.id) < before)
    return list(session.exec(query.order_by(col(Message.id).desc()).limit(limit)))


def count_unread(session: Session, asker: Asker) -> int:
    """How many of the asker's own messages are not read."""
    query = select(func.count()).select_from(Message)
    mine = query.where(Message.user_id == asker.user_id, col(Message.read_at).is_(None))
    return session.exec(mine).one()


def mark_read(session: Session, asker: Asker, up_to: int, now: datetime) -> int:
    """Mark the asker's own messages up to a number as read; answers how many were not."""
    statement = (
        update(Message)
        .where(
            col(Message.user_id) == asker.user_id,
            col(Message.id) <= up_to,
            col(Message.read_at).is_(None),
        )
        .values(read_at=now)
    )
    return int(session.connection().execute(statement).rowcount)


def waiting(
    session: Session, now: datetime, limit: int
) -> list[tuple[Delivery, Message, User, Rep | None]]:
    """Deliveries whose time has come, the oldest first, with the person and the person's rep."""
    query = (
        select(Delivery, Message, User, Rep)
        .join(Message, col(Message.id) == Delivery.message_id)
        .join(User, col(User.id) == Message.user_id)
        .join(Rep, col(Rep.id) == User.rep_id, isouter=True)
        .where(Delivery.state == DeliveryState.WAITING, Delivery.not_before <= now)
        .order_by(col(Delivery.not_before), col(Delivery.id))
        .limit(limit)
    )
    return [(d, m, u, r) for d, m, u, r in session.exec(query)]


def postpone(session: Session, delivery_id: int, until: datetime) -> None:
    """Let a delivery wait, without counting it as a try."""
    delivery = session.get_one(Delivery, delivery_id)
    delivery.not_before = until


def settle(session: Session, delivery_id: int, *, error: str, now: datetime) -> Delivery:
    """Note how a try went: sent, to be tried again, or given up."""
    delivery = session.get_one(Delivery, delivery_id)
    delivery.attempts += 1
    delivery.error = error[:ERROR_SHOWN]
    if not error:
        delivery.state, delivery.sent_at = DeliveryState.SENT, now
    elif (again := next_try(now, delivery.attempts)) is not None:
        delivery.not_before = again
    else:
        delivery.state = DeliveryState.FAILED
    session.flush()
    return delivery
