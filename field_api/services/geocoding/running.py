"""A run over the customers without a place: each is asked for, judged and kept by itself, so that
whatever ends the run loses nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, select

from crm.database import Database
from crm.models import Customer, DoubtfulPlace, Territory
from crm.rules.access import Asker
from crm.store.customers import customers
from crm.store.house import audit
from crm.store.territories import territories
from crm.store.travel import geocoding
from crm.vocabulary import CoordinateSystem, PlaceOrigin
from field_api.schemas.card_changes import CardChanges, PlaceBody
from field_api.services.customers import card_changes
from field_api.services.geocoding.asking import Clock, GeocoderRefuses, candidates_for
from maps.geocoding.address import normalised, question
from maps.geocoding.ask import Geocoder
from maps.geocoding.candidates import Candidate
from maps.geocoding.judge import Doubt, Expected, Judgement, judge

MOST_FAILURES = 3  # one after another: then it is not the address


class Outcome(StrEnum):
    """What came of a customer."""

    PLACED = "placed"
    DOUBTFUL = "doubtful"
    NOT_FOUND = "not_found"
    UNANSWERED = "unanswered"  # this question failed; it is asked again by the next run
    OVERTAKEN = "overtaken"  # somebody settled or changed it meanwhile


@dataclass(frozen=True, kw_only=True)
class Due:
    """A customer to be asked for, and in which words."""

    code: str
    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of a customer that was asked for."""

    due: Due
    outcome: Outcome
    judgement: Judgement | None = None


OnResult = Callable[[Result], None]


def due(database: Database, asker: Asker, provider: str) -> list[Due]:
    """The customers without a place that a provider was not asked for yet, at the address that
    they have now, in order of code. Those without an address are not among them."""
    with database.reading() as session:
        return [
            Due(code=customer.code, name=customer.name, address=address)
            for customer, doubt in geocoding.waiting(session, asker)
            if (address := address_of(customer)) and not _asked_before(doubt, provider, address)
        ]


def address_of(customer: Customer) -> str:
    """The question about a customer's address; empty where there is none."""
    return question(street=customer.street, postcode=customer.postcode, city=customer.city)


def run(
    database: Database,
    geocoder: Geocoder,
    asker: Asker,
    wanted: Sequence[Due],
    *,
    clock: Clock,
    on_result: OnResult = lambda _result: None,
) -> None:
    """Ask for each customer, one after another; `on_result` hears of each once it is kept.

    A sure place is given to the customer, what is in doubt is queued for a person. Raises
    `GeocoderRefuses` when going on would be in vain; what was done stays done.
    """
    failures = 0
    for one in wanted:
        try:
            found = candidates_for(database, geocoder, asker, one.address, clock=clock)
        except GeocoderRefuses as refuses:
            failures += 1
            on_result(Result(due=one, outcome=Outcome.UNANSWERED))
            if refuses.ends_the_run or failures >= MOST_FAILURES:
                raise
            continue
        failures = 0
        on_result(_kept(database, geocoder.provider, asker, one, found, clock=clock))


def _kept(
    database: Database,
    provider: str,
    asker: Asker,
    one: Due,
    found: Sequence[Candidate],
    *,
    clock: Clock,
) -> Result:
    now = clock()

    def work(session: Session) -> Result:
        customer = customers.get(session, asker, one.code, to_change=True)
        if customer.placed or address_of(customer) != one.address:
            return Result(due=one, outcome=Outcome.OVERTAKEN)
        judgement = judge(found, _expected(session, asker, customer))
        if judgement.sure:
            place(session, customer, judgement.candidates[0], provider, origin=PlaceOrigin.FOUND)
            return Result(due=one, outcome=Outcome.PLACED, judgement=judgement)
        geocoding.note_doubt(
            session,
            customer,
            provider=provider,
            address=normalised(one.address),
            doubts=[doubt.value for doubt in judgement.doubts],
            candidates=[candidate.as_json() for candidate in judgement.candidates],
            now=now,
        )
        none = judgement.doubts == (Doubt.NOT_FOUND,)
        outcome = Outcome.NOT_FOUND if none else Outcome.DOUBTFUL
        return Result(due=one, outcome=outcome, judgement=judgement)

    return database.written(work, by=asker, at=now)


def place(
    session: Session,
    customer: Customer,
    candidate: Candidate,
    provider: str,
    *,
    origin: PlaceOrigin,
) -> None:
    """Put a customer at a candidate, in the system that the geocoder speaks, by the way that all
    edits of cards go; the audit trail tells what it rests on."""
    body = PlaceBody(
        lat=candidate.source_lat,
        lon=candidate.source_lon,
        system=CoordinateSystem(candidate.system),
    )
    session.info[audit.REASON] = f"{provider}: {candidate.label} ({candidate.said})"
    card_changes.write(session, customer, CardChanges(place=body), origin=origin)
    geocoding.drop_doubt(session, customer)


def _expected(session: Session, asker: Asker, customer: Customer) -> Expected:
    divided = session.exec(select(Territory.id).limit(1)).first() is not None

    def covered(lat: float, lon: float) -> bool:
        return territories.territory_at(session, lat, lon) is not None

    return Expected(
        street=customer.street,
        city=customer.city,
        near=geocoding.places_in(session, asker, customer.city),
        covered=covered if divided else None,
    )


def _asked_before(doubt: DoubtfulPlace | None, provider: str, address: str) -> bool:
    return doubt is not None and (doubt.provider, doubt.address) == (provider, normalised(address))
