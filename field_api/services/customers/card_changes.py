"""Changes of a customer's card: what they mean for the columns, and writing them."""

from datetime import date
from typing import Any

from sqlmodel import Session

from crm.models import Customer, Territory
from crm.rules.coordinates import to_wgs84
from crm.rules.opening_hours import problem_with
from crm.rules.times_of_day import write_time
from crm.store.customers import unfit_times
from crm.store.house import audit
from crm.store.territories import territories
from crm.text import N_
from crm.vocabulary import CustomerStatus, PlaceOrigin
from field_api.errors import InvalidInput
from field_api.schemas.card_changes import (
    CardChanges,
    CardFields,
    NewCustomerBody,
    PlaceBody,
    UnfitTimeShape,
)

PLACE, UNFIT_TIMES = "place", "unfit_times"


def unfit_times_of(session: Session, customer: Customer) -> list[UnfitTimeShape]:
    """The times at which a customer cannot be visited."""
    assert customer.id is not None
    return [
        UnfitTimeShape.model_construct(
            weekday=weekday,
            date=day and date.fromisoformat(day),
            begin=write_time(from_s),
            end=write_time(to_s),
        )
        for weekday, day, from_s, to_s in unfit_times.of(session, [customer.id]).get(
            customer.id, ()
        )
    ]


def standing(session: Session, customer: Customer, fields: Any) -> dict[str, Any]:
    """The values of some fields of the card as they stand, as JSON holds them."""
    found: dict[str, Any] = {}
    for field in sorted(fields):
        if field == PLACE and not customer.placed:
            found[field] = None
        elif field == PLACE:
            place = PlaceBody.model_construct(
                lat=customer.source_lat, lon=customer.source_lon, system=customer.source_system
            )
            found[field] = place.model_dump(mode="json")
        elif field == UNFIT_TIMES:
            found[field] = [t.model_dump(mode="json") for t in unfit_times_of(session, customer)]
        else:
            found[field] = getattr(customer, field)
    return found


def in_wgs84(place: PlaceBody) -> tuple[float, float]:
    """(lat, lon) of a place in WGS-84."""
    return to_wgs84(place.lat, place.lon, place.system)


def territory_for(session: Session, place: PlaceBody) -> Territory | None:
    """The territory that a place lies in; None for none or several."""
    return territories.territory_at(session, *in_wgs84(place))


def refuse_unreadable(card: CardFields) -> None:
    """Raise `InvalidInput` for opening hours that nobody can read."""
    problem = problem_with(card.opening_hours)
    if problem is not None:
        raise InvalidInput(
            "body.opening_hours",
            N_("Opening hours stop making sense at “{hint}”; write them such as {example}."),
            hint=problem.hint,
            example="Mo-Fr 08:00-18:00; Sa 09:00-13:00",
        )


def columns_of(
    session: Session,
    card: CardChanges | NewCustomerBody,
    *,
    origin: PlaceOrigin = PlaceOrigin.GIVEN,
) -> dict[str, Any]:
    """The columns that the given fields of a card mean, but for unfit times, which stand in a
    table of their own. The territory follows the place, which comes from `origin`. Raises
    `InvalidInput`."""
    refuse_unreadable(card)
    given = card.model_fields_set - {PLACE, UNFIT_TIMES}
    found = {field: getattr(card, field) for field in sorted(given)}
    if "opening_hours" in given:
        found["opening_hours_problem"] = ""
    if card.place is not None:
        territory = territory_for(session, card.place)
        lat, lon = in_wgs84(card.place)
        found |= {
            "lat": lat,
            "lon": lon,
            "source_lat": card.place.lat,
            "source_lon": card.place.lon,
            "source_system": card.place.system,
            "place_origin": origin,
            "territory_id": territory.id if territory else None,
        }
    return found


def write(
    session: Session,
    customer: Customer,
    changes: CardChanges,
    *,
    origin: PlaceOrigin = PlaceOrigin.GIVEN,
) -> None:
    """Give a customer's card the changes; a place comes from `origin`. What changes is noted in
    the audit trail, and counts as a new version. Raises `InvalidInput`."""
    columns = columns_of(session, changes, origin=origin)
    if UNFIT_TIMES in changes.model_fields_set:
        _replace_unfit_times(session, customer, changes)
    for column, value in columns.items():
        setattr(customer, column, value)
    session.flush()


def add(session: Session, body: NewCustomerBody) -> Customer:
    """A new customer with what its card says, noted in the audit trail. Raises `InvalidInput`."""
    customer = Customer(**columns_of(session, body) | {"status": CustomerStatus(body.status)})
    session.add(customer)
    session.flush()
    assert customer.id is not None
    unfit_times.replace(session, {customer.id: _times(body)})
    card = body.model_dump(mode="json", exclude_defaults=True)
    audit.record(session, "add", noun="customer", key=customer.code, details=card)
    return customer


def _times(card: CardFields) -> unfit_times.Times:
    return tuple(dict.fromkeys(time.stored for time in card.unfit_times))


def _replace_unfit_times(session: Session, customer: Customer, changes: CardChanges) -> None:
    before = standing(session, customer, [UNFIT_TIMES])[UNFIT_TIMES]
    assert customer.id is not None
    unfit_times.replace(session, {customer.id: _times(changes)})
    after = standing(session, customer, [UNFIT_TIMES])[UNFIT_TIMES]
    if after == before:
        return
    customer.version += 1
    audit.record(
        session,
        "change",
        noun="customer",
        key=customer.code,
        reason=session.info.get(audit.REASON, ""),
        changes=[(UNFIT_TIMES, before, after)],
    )
