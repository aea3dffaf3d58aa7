"""The queue of customers without a place, and a person's word on where one is."""

from datetime import datetime

from sqlmodel import Session

from crm.database import Database
from crm.errors import Refused
from crm.models import Customer, DoubtfulPlace, Territory
from crm.rules.files import KEEPS_FILES
from crm.store.customers import customers
from crm.store.house import audit
from crm.store.travel import geocoding
from crm.text import N_
from crm.vocabulary import PlaceOrigin
from field_api.auth import Caller
from field_api.errors import CODES, InvalidInput
from field_api.etags import Match
from field_api.schemas.card_changes import CardChanges, PlaceBody
from field_api.schemas.geocoding import (
    CandidateAnswer,
    DoubtfulAnswer,
    PlaceDoubt,
    SettleBody,
    SettledAnswer,
)
from field_api.schemas.values import Page
from field_api.services.customers import card_changes
from field_api.services.customers import customers as customer_services
from field_api.services.geocoding import running
from field_api.services.pages import cursor, place, storable
from field_api.services.people.roles import refuse_unless
from maps.geocoding.candidates import Candidate, candidate_of

KEEPERS_ONLY = N_("Only managers and information admins settle places; propose a correction.")


class PlaceKnown(Refused):
    """The customer does not wait for a place."""

    def __init__(self, code: str) -> None:
        super().__init__(
            N_("Customer {code} has a place already; edit the card to move it."), code=code
        )


CODES |= {PlaceKnown: (409, "place_known")}


def doubtful(
    database: Database, caller: Caller, *, after: str | None, limit: int
) -> Page[DoubtfulAnswer]:
    """The caller's customers whose place nobody knows, by code, with what was found. Raises
    `Forbidden` for reps."""
    refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
    behind = place(after, lambda code, _: storable(code))
    with database.reading() as session:
        found = geocoding.waiting(session, caller.asker, after=behind, limit=limit + 1)
        rows = [row_of(customer, doubt) for customer, doubt in found[:limit]]
    end = cursor(rows[-1].customer_code, "") if len(found) > limit else None
    return Page(items=rows, next_cursor=end)


def row_of(customer: Customer, doubt: DoubtfulPlace | None) -> DoubtfulAnswer:
    """A customer of the queue with what is doubtful."""
    if doubt is not None:
        doubts = [PlaceDoubt(one) for one in doubt.doubts]
    else:
        asked = bool(running.address_of(customer))
        doubts = [PlaceDoubt.NOT_ASKED if asked else PlaceDoubt.NO_ADDRESS]
    found = [candidate_of(one) for one in doubt.candidates] if doubt is not None else []
    return DoubtfulAnswer(
        customer_code=customer.code,
        customer_name=customer.name,
        version=customer.version,
        address=running.address_of(customer),
        doubts=doubts,
        provider=doubt.provider if doubt is not None else None,
        noticed_at=doubt.noticed_at if doubt is not None else None,
        candidates=[_candidate(number, one) for number, one in enumerate(found, start=1)],
    )


def settle(
    database: Database,
    caller: Caller,
    code: str,
    match: Match,
    body: SettleBody,
    *,
    now: datetime,
) -> SettledAnswer:
    """Say where a waiting customer is: at a candidate, or at a place of one's own.

    Raises `CustomerNotFound`, `Forbidden` for reps, `VersionChanged`, `PlaceKnown`,
    `InvalidInput` for a candidate that there is not and for a place out of the caller's sight.
    """

    def work(session: Session) -> SettledAnswer:
        customer = customers.get(session, caller.asker, code, to_change=True)
        refuse_unless(caller.asker, KEEPS_FILES, KEEPERS_ONLY)
        if customer.placed:
            raise PlaceKnown(code)
        match.refuse_unless(customer.version)
        doubt = geocoding.doubt_about(session, customer)
        chosen = _chosen(doubt, body)
        if chosen is None:
            here = PlaceBody(lat=body.lat or 0.0, lon=body.lon or 0.0, system=body.system)
            customer_services.refuse_out_of_sight(session, caller.asker, here)
            card_changes.write(session, customer, CardChanges(place=here))
            geocoding.drop_doubt(session, customer)
        else:
            assert doubt is not None
            running.place(session, customer, chosen, doubt.provider, origin=PlaceOrigin.GIVEN)
        audit.record(
            session,
            "settle",
            noun="place",
            key=customer.code,
            details={
                "candidate": body.candidate,
                "provider": doubt.provider if doubt is not None else None,
                "doubts": list(doubt.doubts) if doubt is not None else [],
            },
        )
        territory = session.get(Territory, customer.territory_id) if customer.territory_id else None
        return SettledAnswer(
            customer_code=customer.code,
            version=customer.version,
            lat=customer.lat,
            lon=customer.lon,
            territory_code=territory.code if territory is not None else None,
        )

    return database.written(work, by=caller.asker, at=now)


def _chosen(doubt: DoubtfulPlace | None, body: SettleBody) -> Candidate | None:
    if body.candidate is None:
        return None
    found = doubt.candidates if doubt is not None else []
    if body.candidate > len(found):
        raise InvalidInput(
            "body.candidate",
            N_("There are {count} candidates, not {number}; read the list again."),
            count=len(found),
            number=body.candidate,
        )
    return candidate_of(found[body.candidate - 1])


def _candidate(number: int, one: Candidate) -> CandidateAnswer:
    return CandidateAnswer(
        number=number,
        label=one.label,
        city=one.city,
        lat=one.lat,
        lon=one.lon,
        level=one.level,
        said=one.said,
        score=one.score,
    )
