"""客户卡 at the desk: everything that is known of a customer and the asker's to see, and the card
as it is edited by two people at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from crm.models import (
    Appointment,
    Approval,
    Customer,
    FieldChange,
    PersonRelation,
    Promise,
    Rep,
    Territory,
)
from crm.models.audit import AuditEntry
from crm.rules.access import MANAGERS, OPENS_CONFIDENTIAL_FILES, Asker, Reach, Realm
from crm.rules.customer_status import WAYS
from crm.rules.files import IN_CARE, KEEPS_FILES
from crm.rules.promises import PromiseStanding, standing
from crm.rules.times_of_day import read_time, write_time
from crm.rules.unfit_times import Unfit, UnreadableUnfitTime, read_unfit_times, write_unfit_times
from crm.store.customers import customer_cards, customers, person_relations
from crm.store.customers.customer_cards import VisitAhead, VisitMade
from crm.store.grades import grading
from crm.store.grades.grading import PastGrade
from crm.store.house import audit_trail
from crm.text import N_
from crm.vocabulary import CustomerStatus
from field_api.auth import Caller
from field_api.errors import CODES, InvalidInput
from field_api.etags import Match, VersionChanged, etag_of
from field_api.house import House
from field_api.schemas.card_changes import CardChanges
from field_api.schemas.customers import WorkingCopy
from field_api.schemas.files import FileLoanAnswer
from field_api.schemas.forms import unreadable
from field_api.services.customers import customers as customer_service
from field_api.services.customers import files
from field_api.services.customers.customer_answers import file_of
from field_api.services.customers.person_relations import RelationPicture, picture
from field_api.services.customers.strike_outs import ASKS

MOST = 10  # of each list on a card
MOST_CHANGES = 30
END_OF_DAY = "24:00"
CODES |= {UnreadableUnfitTime: (422, "unreadable_unfit_time")}
NUMBERS: dict[str, str] = {  # of the form, and what is said of anything else
    "service_minutes": N_("“{value}” is no number of minutes."),
    "credit_score": N_("“{value}” is no number of points from 0 to 100."),
}
FIELDS: dict[str, str] = {
    "name": N_("Name"),
    "trade": N_("Trade"),
    "channel": N_("Channel"),
    "street": N_("Street"),
    "postcode": N_("Postcode"),
    "city": N_("City"),
    "contact_name": N_("Contact"),
    "contact_phone": N_("Phone"),
    "service_minutes": N_("Minutes of a visit"),
    "credit_score": N_("Credit score"),
    "customer_since": N_("Customer since"),
    "opening_hours": N_("Opening hours"),
    "unfit_times": N_("Unfit times"),
    "place": N_("Location"),
    "status": N_("Standing"),
    "grade": N_("Grade"),
    "interval_days": N_("Frequency"),
    "interval_reason": N_("Reason of the frequency"),
    "territory_id": N_("Territory"),
    "lat": N_("Latitude"),
    "lon": N_("Longitude"),
    "verified_on": N_("Verified"),
}


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What the asker may do with the customer. `standings` are those it may be given at once."""

    edits: bool
    asks: bool
    standings: Sequence[CustomerStatus]
    opens: bool
    sees_loans: bool
    sees_work: bool


@dataclass(frozen=True, kw_only=True)
class Card:
    """A customer with all that is the asker's to see."""

    customer: Customer
    file: WorkingCopy
    territory: tuple[str, str]  # code and name
    rep: tuple[str, str]
    unfit_times: str
    due_on: date | None
    ahead: Sequence[VisitAhead]
    made: Sequence[VisitMade]
    promises: Sequence[tuple[Promise, PromiseStanding]]
    appointments: Sequence[Appointment]
    grades: Sequence[PastGrade]
    relations: Sequence[PersonRelation]
    picture: RelationPicture | None
    changes: Sequence[tuple[FieldChange, AuditEntry]]
    loans: Sequence[FileLoanAnswer]
    waiting: Sequence[Approval]
    may: Rights

    def name_of(self, number: int) -> str:
        """The name of a key person."""
        return next((one.name for one in self.file.people if one.number == number), "")


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Somebody changed the card while it was edited: who and when last, the version it is now, and
    the fields that differ from what was sent, as they are and as they were sent."""

    by: str
    at: datetime | None
    version: int
    differing: Sequence[tuple[str, Any, Any]]
    sent: Mapping[str, str]


def shown(house: House, caller: Caller, code: str, *, now: datetime, today: date) -> Card:
    """A customer of the caller's. Raises `CustomerNotFound`."""
    with house.database.reading() as session:
        customer = customers.get(session, caller.asker, code)
        file = file_of(session, house.settings, caller, customer, now=now)
        assert isinstance(file, WorkingCopy)  # operating cards are reps', who have no desk
        may = _rights(caller.asker, customer)
        relations = person_relations.of(session, customer)
        territory = session.get(Territory, customer.territory_id) if customer.territory_id else None
        rep = session.get(Rep, territory.rep_id) if territory and territory.rep_id else None
        card = Card(
            customer=customer,
            file=file,
            territory=(territory.code, territory.name) if territory else ("", ""),
            rep=(rep.code, rep.name) if rep else ("", ""),
            due_on=customer_cards.due_on(session, customer) if may.sees_work else None,
            unfit_times=written(file),
            ahead=_work(may, customer_cards.ahead, session, customer, today),
            made=customer_cards.made(session, customer, most=MOST) if may.sees_work else (),
            promises=[
                (one, _standing(house, one, today))
                for one in (
                    customer_cards.promises(session, customer, most=MOST) if may.sees_work else ()
                )
            ],
            appointments=_work(may, customer_cards.appointments, session, customer, today),
            grades=grading.past_grades(session, caller.asker, code)[:MOST],
            relations=relations,
            picture=picture(file.people, relations),
            changes=audit_trail.history(session, "customer", customer.code, limit=MOST_CHANGES),
            loans=(),
            waiting=customer_cards.waiting(session, customer),
            may=may,
        )
    loans = files.loans(house.database, caller, code) if may.sees_loans else []
    return Card(**(vars(card) | {"loans": loans}))


def edit(
    house: House, caller: Caller, code: str, version: int, sent: Mapping[str, str], *, now: datetime
) -> Clash | None:
    """Write the fields of a card's form that differ from the card, if it still is of that version;
    otherwise nothing is written, and the clash is told. Raises `CustomerNotFound`, `Forbidden`,
    `InvalidInput`, `UnreadableUnfitTime`."""
    with house.database.reading() as session:
        customer = customers.get(session, caller.asker, code)
        file = file_of(session, house.settings, caller, customer, now=now)
        assert isinstance(file, WorkingCopy)
        differing = [
            (field, standing_value, sent[field])
            for field, standing_value in form_of(file).items()
            if field in sent and sent[field].strip() != standing_value
        ]
        last = audit_trail.history(session, "customer", customer.code, limit=1)
    if customer.version != version:
        return _clash(customer, last, differing, sent)
    if not differing:
        return None
    changes = _changes({field: value.strip() for field, _, value in differing}, sent)
    match = Match(tags=frozenset({etag_of(version)}))
    try:
        customer_service.edit(house.database, house.settings, caller, code, match, changes, now=now)
    except VersionChanged:  # in this very moment
        return _clash(customer, last, differing, sent)
    return None


def form_of(file: WorkingCopy) -> dict[str, str]:
    """The fields of a card as its form shows them."""
    plain = ("name", "trade", "channel", "street", "postcode", "city", "contact_name")
    place = "" if file.source_lat is None else f"{file.source_lat}, {file.source_lon}"
    return {name: getattr(file, name) for name in (*plain, "contact_phone", "opening_hours")} | {
        "service_minutes": str(file.service_minutes or ""),
        "credit_score": "" if file.credit_score is None else str(file.credit_score),
        "customer_since": file.customer_since.isoformat() if file.customer_since else "",
        "unfit_times": written(file),
        "place": place,
        "system": file.source_system.value,
    }


def written(file: WorkingCopy) -> str:
    """The unfit times as people write them."""
    return write_unfit_times(
        Unfit(
            weekday=one.weekday,
            date=one.date,
            from_s=read_time(one.begin) or 0,
            to_s=read_time(one.end) or 0,
        )
        for one in file.unfit_times
    )


def _work(may: Rights, read: Any, session: Session, customer: Customer, today: date) -> Any:
    return read(session, customer, today, most=MOST) if may.sees_work else ()


def _rights(asker: Asker, customer: Customer) -> Rights:
    return Rights(
        edits=asker.role in KEEPS_FILES,
        asks=asker.role in ASKS and customer.status in IN_CARE,
        standings=[
            after
            for (before, after), roles in WAYS.items()
            if before is customer.status and asker.role in roles
        ],
        opens=asker.role in OPENS_CONFIDENTIAL_FILES,
        sees_loans=asker.role in files.SEES_LOANS,
        sees_work=asker.role in MANAGERS or asker.reach(Realm.FIELD_WORK) is not Reach.NOTHING,
    )


def _standing(house: House, promise: Promise, today: date) -> PromiseStanding:
    soon = house.settings.due_soon_days
    return standing(promise.state, promise.due, today=today, soon_days=soon)


def _clash(
    customer: Customer,
    last: Sequence[tuple[FieldChange, AuditEntry]],
    differing: Sequence[tuple[str, Any, Any]],
    sent: Mapping[str, str],
) -> Clash:
    entry = last[0][1] if last else None
    return Clash(
        by=entry.actor if entry else "",
        at=entry.at if entry else None,
        version=customer.version,
        differing=differing,
        sent=sent,
    )


def _changes(fields: dict[str, str], sent: Mapping[str, str]) -> CardChanges:
    """The changes that a form means. Raises `InvalidInput` naming the first field that cannot be
    read."""
    given: dict[str, Any] = dict(fields)
    given.pop("system", None)
    for name, text in NUMBERS.items():
        if name in given:
            given[name] = _number(name, given[name], text)
    if given.get("customer_since") == "":
        given["customer_since"] = None
    if "unfit_times" in given:
        given["unfit_times"] = [_shape(one) for one in read_unfit_times(given["unfit_times"])]
    if "place" in fields or "system" in fields:
        given["place"] = _place(sent.get("place", ""), sent.get("system", ""))
    try:
        return CardChanges.model_validate(given)
    except ValidationError as error:
        raise unreadable(error) from None


def _shape(one: Unfit) -> dict[str, Any]:
    end = END_OF_DAY if one.to_s == Unfit().to_s else write_time(one.to_s)
    day = one.date.isoformat() if one.date else None
    return {"weekday": one.weekday, "date": day, "begin": write_time(one.from_s), "end": end}


def _number(name: str, written: str, wrong: str) -> int | None:
    if not written:
        return None
    try:
        return int(written)
    except ValueError:
        raise InvalidInput(f"body.{name}", wrong, value=written[:40]) from None


def _place(text: str, system: str) -> dict[str, Any]:
    try:
        lat, lon = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        raise InvalidInput(
            "body.place",
            N_("“{value}” is no place; write latitude, comma, longitude: 35.8991, 14.5142."),
            value=text[:80],
        ) from None
    return {"lat": lat, "lon": lon, "system": system or "WGS-84"}
