"""Addresses outside the product at which people want messages."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlmodel import Session, col, select

from crm.models import Channel
from crm.rules.access import Asker
from crm.vocabulary import ChannelKind


def of_asker(session: Session, asker: Asker) -> list[Channel]:
    """The asker's own, in the order in which they were given."""
    query = select(Channel).where(Channel.user_id == asker.user_id)
    return list(session.exec(query.order_by(col(Channel.id))))


def replace(
    session: Session, asker: Asker, addresses: Iterable[tuple[ChannelKind, str, bool]]
) -> None:
    """Give the asker these addresses (kind, address, in use) in the place of all former ones."""
    assert asker.user_id is not None
    session.connection().execute(delete(Channel).where(col(Channel.user_id) == asker.user_id))
    session.add_all(
        Channel(user_id=asker.user_id, kind=kind, address=address, active=active)
        for kind, address, active in addresses
    )
    session.flush()
