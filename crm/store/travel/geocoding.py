"""What geocoders answered, kept by provider and question, and customers waiting for a place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from crm.models import Customer, DoubtfulPlace, GeocodingAnswer
from crm.rules.access import Asker
from crm.rules.files import IN_CARE
from crm.store.customers import customers

MOST_NEIGHBOURS = 500  # of a town: enough to tell whether a place is near it

Candidates = Sequence[Mapping[str, Any]]


def answer_to(session: Session, provider: str, question: str) -> GeocodingAnswer | None:
    """What a provider answered to a question before; addresses alone, of nobody in particular."""
    return session.exec(
        select(GeocodingAnswer).where(
            GeocodingAnswer.provider == provider, GeocodingAnswer.question == question
        )
    ).one_or_none()


def keep_answer(
    session: Session, provider: str, question: str, candidates: Candidates, *, now: datetime
) -> None:
    """Remember what a provider answered; a newer answer takes the older one's place."""
    kept = answer_to(session, provider, question)
    if kept is None:
        kept = GeocodingAnswer(provider=provider, question=question, answered_at=now)
    kept.candidates, kept.answered_at = [dict(c) for c in candidates], now
    session.add(kept)
    session.flush()


def waiting(
    session: Session, asker: Asker, *, after: str | None = None, limit: int | None = None
) -> list[tuple[Customer, DoubtfulPlace | None]]:
    """The asker's customers in care whose place nobody knows, by code, each with what was found
    and doubted; None: nobody was asked yet."""
    query = (
        select(Customer, DoubtfulPlace)
        .join(DoubtfulPlace, col(DoubtfulPlace.customer_id) == Customer.id, isouter=True)
        .where(
            customers.are_visible_to(asker),
            ~customers.are_placed(),
            col(Customer.status).in_(IN_CARE),
        )
        .order_by(Customer.code)
        .limit(limit)
    )
    if after is not None:
        query = query.where(Customer.code > after)
    return list(session.exec(query))


def doubt_about(session: Session, customer: Customer) -> DoubtfulPlace | None:
    """What was found and doubted for a customer that the asker was let see."""
    return session.get(DoubtfulPlace, customer.id)


def note_doubt(
    session: Session,
    customer: Customer,
    *,
    provider: str,
    address: str,
    doubts: Sequence[str],
    candidates: Candidates,
    now: datetime,
) -> None:
    """Queue a customer's place for a person; what was queued before is replaced."""
    assert customer.id is not None
    kept = doubt_about(session, customer) or DoubtfulPlace(
        customer_id=customer.id, provider=provider, address=address, noticed_at=now
    )
    kept.provider, kept.address, kept.noticed_at = provider, address, now
    kept.doubts, kept.candidates = list(doubts), [dict(c) for c in candidates]
    session.add(kept)
    session.flush()


def drop_doubt(session: Session, customer: Customer) -> None:
    """Take a customer's place off the queue, if it stands there."""
    kept = doubt_about(session, customer)
    if kept is not None:
        session.delete(kept)
        session.flush()


def places_in(session: Session, asker: Asker, city: str) -> list[tuple[float, float]]:
    """(lat, lon) of the asker's placed customers of a town, by its name."""
    if not city:
        return []
    query = (
        customers.visible_to(asker)
        .where(customers.are_placed(), func.lower(Customer.city) == city.lower())
        .with_only_columns(col(Customer.lat), col(Customer.lon))
        .order_by(col(Customer.id))
        .limit(MOST_NEIGHBOURS)
    )
    return [(lat, lon) for lat, lon in session.connection().execute(query)]
