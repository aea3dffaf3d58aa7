"""A customer's card: seen, edited, its people, its frequency, its confidential file."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse

from crm.text import N_
from crm.vocabulary import (
    Attitude,
    CoordinateSystem,
    CustomerStatus,
    RelationKind,
    SayInDecision,
    SourceLevel,
)
from field_api.deps import TheHouse
from field_api.etags import Match, etag_of
from field_api.page_headers import page_headers
from field_api.schemas.corrections import FrequencyBody
from field_api.schemas.customers import StatusBody
from field_api.schemas.files import FactBody, KeyPersonBody, KeyPersonChanges
from field_api.schemas.forms import body_of, read_form
from field_api.schemas.values import Code, FilledSentence, Line, NumberInPath
from field_api.services.customers import (
    customer_cards,
    customer_maps,
    customers,
    files,
    person_relations,
    strike_outs,
)
from field_api.services.grades import frequencies
from field_api.web import grading_words
from field_api.web.desk import Desk, TheDesk
from field_api.web.forms import AsSent

router = APIRouter(prefix="/desk/customers/{code}")
Version = Annotated[int, Form(ge=1, le=2**31 - 1)]
Number = Annotated[int, Form(ge=1, le=2**31 - 1)]
Reason = Annotated[FilledSentence, Form()]
CHOICES = {
    "says": list(SayInDecision),
    "attitudes": list(Attitude),
    "kinds": list(RelationKind),
    "systems": [one.value for one in CoordinateSystem],
    "sources": list(SourceLevel),
    "fields": customer_cards.FIELDS,
}


def _saved(desk: Desk, code: str) -> Response:
    return desk.done(N_("Customer {code} is saved."), code=code)


def _of(version: int) -> Match:
    return Match(tags=frozenset({etag_of(version)}))


@router.get("", response_class=HTMLResponse)
def shown(code: Code, desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """Everything that is known of a customer and the caller's to see."""
    card = customer_cards.shown(house, desk.caller, code, now=desk.now, today=desk.today)
    form = customer_cards.form_of(card.file)
    return desk.page("customers/card", card=card, form=form, choices=CHOICES, words=grading_words)


@router.get("/place", response_class=HTMLResponse)
def place(code: Code, desk: TheDesk, house: TheHouse) -> HTMLResponse:
    """Where the customer is, on a map."""
    html = customer_maps.of_one(house, desk.caller.asker, code, language=desk.language)
    return HTMLResponse(html, headers=page_headers("map", html=html))


@router.post("/card")
def edit(code: Code, desk: TheDesk, house: TheHouse, sent: AsSent, version: Version) -> Response:
    """Change fields of the card, or tell who changed it meanwhile."""
    clash = customer_cards.edit(house, desk.caller, code, version, sent, now=desk.now)
    if clash is not None:
        return desk.part("customers/clash", clash=clash, code=code, choices=CHOICES)
    return _saved(desk, code)


@router.post("/status")
def change_status(
    code: Code,
    desk: TheDesk,
    house: TheHouse,
    status: Annotated[CustomerStatus, Form()],
    reason: Reason,
    version: Version,
) -> Response:
    """Take a prospect up, win a customer back, blacklist one; or ask for a strike-out."""
    if status is CustomerStatus.STRUCK_OUT:
        strike_outs.ask(
            house.database, desk.caller, code, reason, now=desk.now, language=desk.language
        )
        return desk.done(N_("The strike-out is asked for; it waits for its decision."))
    body = body_of(StatusBody, status=status, reason=reason)
    customers.change_status(
        house.database, house.settings, desk.caller, code, _of(version), body, now=desk.now
    )
    return _saved(desk, code)


@router.post("/frequency")
def ask_frequency(
    code: Code,
    desk: TheDesk,
    house: TheHouse,
    reason: Reason,
    interval_days: Annotated[str, Form(pattern=r"^[0-9]{0,3}$")] = "",
) -> Response:
    """Ask for another frequency than the grade's, or for the grade's again."""
    days = int(interval_days or 0) or None
    body = body_of(FrequencyBody, interval_days=days, reason=reason)
    frequencies.ask(house.database, desk.caller, code, body, now=desk.now, language=desk.language)
    return desk.done(N_("The frequency is asked for; it waits for its decision."))


@router.post("/people")
def add_person(code: Code, desk: TheDesk, house: TheHouse, sent: AsSent) -> Response:
    """Add a key person."""
    person = read_form(KeyPersonBody, sent)
    files.add_key_person(house.database, desk.caller, code, person, now=desk.now)
    return _saved(desk, code)


@router.post("/people/{number}")
def edit_person(
    code: Code,
    number: NumberInPath,
    desk: TheDesk,
    house: TheHouse,
    version: Version,
    sent: AsSent,
) -> Response:
    """Change what is known of a key person."""
    changes = read_form(KeyPersonChanges, sent)
    files.edit_key_person(
        house.database, desk.caller, code, number, _of(version), changes, now=desk.now
    )
    return _saved(desk, code)


@router.post("/people/{number}/remove")
def remove_person(
    code: Code, number: NumberInPath, desk: TheDesk, house: TheHouse, version: Version
) -> Response:
    """Take a key person out of the file."""
    files.remove_key_person(house.database, desk.caller, code, number, _of(version), now=desk.now)
    return _saved(desk, code)


@router.post("/relations")
def add_relation(
    code: Code,
    desk: TheDesk,
    house: TheHouse,
    person: Number,
    other: Number,
    kind: Annotated[RelationKind, Form()],
    note: Annotated[Line, Form()] = "",
) -> Response:
    """Note how a key person stands to another."""
    person_relations.add(
        house.database,
        desk.caller,
        code,
        person=person,
        other=other,
        kind=kind,
        note=note,
        now=desk.now,
    )
    return _saved(desk, code)


@router.post("/relations/{number}/remove")
def remove_relation(code: Code, number: NumberInPath, desk: TheDesk, house: TheHouse) -> Response:
    """Take a relation away."""
    person_relations.remove(house.database, desk.caller, code, number, now=desk.now)
    return _saved(desk, code)


@router.post("/facts")
def add_fact(code: Code, desk: TheDesk, house: TheHouse, sent: AsSent) -> Response:
    """Add a piece of information with its source level."""
    fact = read_form(FactBody, sent)
    files.add_fact(house.database, desk.caller, code, fact, now=desk.now)
    return _saved(desk, code)


@router.post("/confidential", response_class=HTMLResponse)
def open_confidential(code: Code, desk: TheDesk, house: TheHouse, reason: Reason) -> HTMLResponse:
    """Open the confidential file on a borrowing card."""
    opened = files.open_confidential(house.database, desk.caller, code, reason=reason, now=desk.now)
    return desk.part("customers/confidential", file=opened)
