"""Pairs of cards that may be of one customer, seen by whoever sees both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as select_model

from crm.errors import Refused
from crm.models import Customer, DuplicatePair
from crm.rules.access import Asker
from crm.rules.duplicates import Card, Likeness, alike
from crm.store.customers import customers
from crm.store.house import audit
from crm.store.imports.known import chunks
from crm.text import N_
from crm.vocabulary import CustomerStatus, PlaceOrigin

NOUN = "customer_pair"  # in the audit trail
LOOKED_AT = (CustomerStatus.PROSPECT, CustomerStatus.ACTIVE)


class PairNotFound(Refused):
    """No such pair, or not both of the asker's."""

    def __init__(self, pair_id: int) -> None:
        super().__init__(N_("There is no pair {id} among your customers."), id=pair_id)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A pair with both cards."""

    pair: DuplicatePair
    first: Customer
    second: Customer


def search(session: Session, asker: Asker, now: datetime) -> int:
    """Compare the asker's customers and keep the pairs found in place of those found before; what
    was told apart stays so. Answers how many there are."""
    visible = customers.visible_to(asker).where(col(Customer.status).in_(LOOKED_AT))
    rows = session.connection().execute(
        visible.with_only_columns(
            col(Customer.id),
            col(Customer.name),
            col(Customer.contact_phone),
            col(Customer.lat),
            col(Customer.lon),
            col(Customer.place_origin),
        )
    )
    cards = [
        Card(
            id=id_ or 0,
            name=name,
            phone=phone,
            place=None if origin is PlaceOrigin.MISSING else (lat, lon),
        )
        for id_, name, phone, lat, lon, origin in rows
    ]
    return _keep(session, asker, alike(cards), now)


def _keep(session: Session, asker: Asker, found: Sequence[Likeness], now: datetime) -> int:
    connection = session.connection()
    ids = customers.visible_to(asker).with_only_columns(col(Customer.id))
    own = and_(col(DuplicatePair.first_id).in_(ids), col(DuplicatePair.second_id).in_(ids))
    connection.execute(delete(DuplicatePair).where(own, col(DuplicatePair.apart).is_(False)))
    apart = {
        (first, second)
        for first, second in connection.execute(
            select(col(DuplicatePair.first_id), col(DuplicatePair.second_id)).where(own)
        )
    }
    new = [
        {
            "first_id": one.first,
            "second_id": one.second,
            "percent": one.percent,
            "name_percent": one.name_percent,
            "metres": one.metres,
            "same_phone": one.same_phone,
            "found_at": now,
            "apart": False,
            "apart_by": "",
        }
        for one in found
        if (one.first, one.second) not in apart
    ]
    for part in chunks(new):
        connection.execute(insert(DuplicatePair), list(part))
    audit.record(session, "search", noun=NOUN, key="", details={"found": len(new)})
    return len(new)


def listed(session: Session, asker: Asker, *, offset: int, limit: int) -> list[Pair]:
    """The asker's pairs that nobody decided on yet, the surest first."""
    first, second = aliased(Customer), aliased(Customer)
    query = (
        select_model(DuplicatePair, first, second)
        .join(first, first.id == DuplicatePair.first_id)  # type: ignore[arg-type]
        .join(second, second.id == DuplicatePair.second_id)  # type: ignore[arg-type]
        .where(_undecided(asker))
        .order_by(col(DuplicatePair.percent).desc(), col(DuplicatePair.id))
        .offset(offset)
        .limit(limit)
    )
    return [Pair(pair=pair, first=a, second=b) for pair, a, b in session.exec(query)]


def counted(session: Session, asker: Asker) -> int:
    """How many there are."""
    query = select_model(func.count()).select_from(DuplicatePair).where(_undecided(asker))
    return int(session.exec(query).one())


def last_search(session: Session, asker: Asker) -> datetime | None:
    """When a pair of the asker's was found last; None: nobody has looked, or found any."""
    ids = customers.visible_to(asker).with_only_columns(col(Customer.id))
    query = select_model(func.max(DuplicatePair.found_at))
    return session.exec(query.where(col(DuplicatePair.first_id).in_(ids))).one()


def get(session: Session, asker: Asker, pair_id: int, *, to_change: bool = False) -> Pair:
    """A pair of the asker's with both cards as they are, also merged ones; with `to_change`
    locked, in the order of their numbers. Raises `PairNotFound`."""
    pair = session.exec(
        select_model(DuplicatePair).where(DuplicatePair.id == pair_id)
    ).one_or_none()
    if pair is None:
        raise PairNotFound(pair_id)
    query = customers.visible_to(asker).where(col(Customer.id).in_((pair.first_id, pair.second_id)))
    if to_change:
        query = query.with_for_update(of=Customer)
    cards = {card.id: card for card in session.exec(query.order_by(col(Customer.id)))}
    if len(cards) < len((pair.first_id, pair.second_id)):
        raise PairNotFound(pair_id)
    if to_change:  # what was said of it while the cards were waited for
        session.expire(pair)
        again = select_model(DuplicatePair).where(DuplicatePair.id == pair_id)
        pair = session.exec(again).one_or_none()
        if pair is None:
            raise PairNotFound(pair_id)
    return Pair(pair=pair, first=cards[pair.first_id], second=cards[pair.second_id])


def tell_apart(session: Session, found: Pair, asker: Asker, now: datetime) -> None:
    """Remember that these are two customers."""
    session.connection().execute(
        update(DuplicatePair)
        .where(col(DuplicatePair.id) == found.pair.id)
        .values(apart=True, apart_by=asker.name, apart_at=now)
    )
    codes = {"first": found.first.code, "second": found.second.code}
    audit.record(session, "tell_apart", noun=NOUN, key=str(found.pair.id), details=codes)


def _undecided(asker: Asker) -> ColumnElement[bool]:
    """Pairs whose cards are both the asker's and both visited, told apart by nobody."""
    query = customers.visible_to(asker).where(col(Customer.status).in_(LOOKED_AT))
    ids = query.with_only_columns(col(Customer.id))
    return and_(
        col(DuplicatePair.apart).is_(False),
        col(DuplicatePair.first_id).in_(ids),
        col(DuplicatePair.second_id).in_(ids),
    )
