"""Where a report was made, and where a correction wants a customer to be: beside the card."""

from typing import Any
from uuid import UUID

from crm.models import Approval, Customer
from crm.rules.access import Asker
from crm.rules.places import metres_between
from crm.store import approvals
from crm.store.customers import corrections
from crm.store.reports import reports
from crm.text import N_
from crm.vocabulary import ApprovalMatter
from field_api.errors import HttpRefusal
from field_api.ground import ground_by
from field_api.house import House
from field_api.schemas.card_changes import PlaceBody
from field_api.schemas.visit_reports import Position
from field_api.services.customers import card_changes
from field_api.wording import Language, say
from maps import figures
from maps.draw import evidence
from maps.views import EvidenceKind, EvidencePlace, EvidenceView, LatLon

NAMES: dict[EvidenceKind, str] = {
    "card": N_("Place on the card"),
    "proposed": N_("Place proposed"),
    "arrived": N_("Where the rep checked in"),
    "left": N_("Where the rep checked out"),
}
STOOD_AT: dict[EvidenceKind, str] = {"arrived": "position", "left": "leaving_position"}
STOOD = N_("Where the rep stood")


class NoPlace(HttpRefusal):
    """Nothing that could be drawn."""

    status = 404
    code = "no_place"

    def __init__(self) -> None:
        super().__init__(N_("Nobody noted a place here, so there is no map."))


def of_report(house: House, asker: Asker, report_id: UUID, *, language: Language) -> str:
    """A map of the place on the card and of where the rep stood. Raises `ReportNotFound`,
    `NoPlace`."""
    with house.database.reading() as session:
        report = reports.get(session, asker, report_id)
        customer, _ = reports.names_of(session, [report])[report_id]
        body = reports.newest_body(session, report)
    places = _card(customer, language)
    for kind, position in STOOD_AT.items():
        if body.get(position):
            places.append(_stood(kind, body[position], places, language))
    return _drawn(house, customer.name, places, language)


def of_correction(house: House, asker: Asker, approval_id: UUID, *, language: Language) -> str:
    """A map of the place on the card, the one proposed and where the rep stood. Raises
    `ApprovalNotFound`, `NoPlace`."""
    with house.database.reading() as session:
        approval = approvals.get(session, asker, approval_id)
        if approval.matter is not ApprovalMatter.CUSTOMER_CORRECTION:
            raise NoPlace
        customer = corrections.about(session, approval)
    changed = place_change(approval)
    places = _was(changed, language) if changed else _card(customer, language)
    if changed and changed["after"]:
        at = _in_wgs84(changed["after"])
        places.append(_place("proposed", at, places, language))
    if stood := approval.payload.get("position"):
        places.append(_stood("arrived", stood, places, language, name=STOOD))
    return _drawn(house, customer.name, places, language)


def place_change(approval: Approval) -> dict[str, Any] | None:
    """The change of place that a correction proposes, with the place before and after."""
    for change in approval.payload.get("changes", []):
        if change["field"] == card_changes.PLACE:
            return dict(change)
    return None


def _card(customer: Customer, language: Language) -> list[EvidencePlace]:
    if not customer.placed:
        return []
    return [_place("card", (customer.lat, customer.lon), [], language)]


def _was(changed: dict[str, Any], language: Language) -> list[EvidencePlace]:
    """The place as it was when the correction was asked for."""
    if not changed["before"]:
        return []
    return [_place("card", _in_wgs84(changed["before"]), [], language)]


def _in_wgs84(place: dict[str, Any]) -> LatLon:
    return card_changes.in_wgs84(PlaceBody.model_validate(place, strict=False))


def _stood(
    kind: EvidenceKind,
    position: dict[str, Any],
    before: list[EvidencePlace],
    language: Language,
    *,
    name: str = "",
) -> EvidencePlace:
    stood = Position.model_validate(position)
    at = (stood.lat, stood.lon)
    return _place(kind, at, before, language, name=name, accuracy_m=stood.accuracy_m)


def _place(
    kind: EvidenceKind,
    at: LatLon,
    before: list[EvidencePlace],
    language: Language,
    *,
    name: str = "",
    accuracy_m: float | None = None,
) -> EvidencePlace:
    """A place with its distance from the first, and how far it may err."""
    notes = []
    if before:
        away = metres_between(*at, before[0].lat, before[0].lon)
        notes.append(
            say(language, N_("{distance} away"), distance=figures.distance(away, language))
        )
    if accuracy_m:
        far = figures.distance(round(accuracy_m), language)
        notes.append(say(language, N_("within {distance}"), distance=far))
    return EvidencePlace(
        kind=kind,
        name=say(language, name or NAMES[kind]),
        lat=at[0],
        lon=at[1],
        note=" · ".join(notes),
        accuracy_m=accuracy_m,
    )


def _drawn(house: House, title: str, places: list[EvidencePlace], language: Language) -> str:
    if not places:
        raise NoPlace
    view = EvidenceView(title=title, places=tuple(places))
    return evidence.html(view, language=language, tiles=ground_by(house.settings))
