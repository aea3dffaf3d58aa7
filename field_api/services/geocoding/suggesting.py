"""The address at the place that a correction from the field is about, for those who decide it."""

import json
from datetime import datetime
from typing import Literal
from uuid import UUID

from crm.database import Database
from crm.errors import Refused
from crm.models import Approval
from crm.rules.places import metres_between
from crm.store import approvals
from crm.text import N_
from crm.vocabulary import ApprovalMatter
from field_api.auth import Caller
from field_api.errors import CODES
from field_api.schemas.card_changes import PlaceBody
from field_api.schemas.geocoding import AddressAnswer
from field_api.services.customers import card_changes
from field_api.services.geocoding.asking import NoGeocoder, address_at
from maps.geocoding.ask import Geocoder


class NoPosition(Refused):
    """What is to be decided is about no place."""

    def __init__(self) -> None:
        super().__init__(
            N_("This request names no place and no position, so there is no address to look up.")
        )


CODES |= {NoPosition: (409, "no_position")}


def suggestion(
    database: Database, geocoder: Geocoder | None, caller: Caller, number: UUID, *, now: datetime
) -> AddressAnswer:
    """The address at the place that a correction proposes, else where the rep stood.

    Raises `ApprovalNotFound`, `NoPosition`, `NoGeocoder`, `GeocoderRefuses`.
    """
    with database.reading() as session:
        lat, lon, of = _position(approvals.get(session, caller.asker, number))
    if geocoder is None:
        raise NoGeocoder
    found = address_at(database, geocoder, caller.asker, lat, lon, clock=lambda: now)
    return AddressAnswer(
        of=of,
        lat=lat,
        lon=lon,
        provider=geocoder.provider,
        address=found.label if found is not None else None,
        distance_m=metres_between(lat, lon, found.lat, found.lon) if found is not None else None,
    )


def _position(approval: Approval) -> tuple[float, float, Literal["place", "position"]]:
    if approval.matter is not ApprovalMatter.CUSTOMER_CORRECTION:
        raise NoPosition
    for change in approval.payload["changes"]:
        if change["field"] == card_changes.PLACE:
            proposed = PlaceBody.model_validate_json(json.dumps(change["after"]))
            return *card_changes.in_wgs84(proposed), "place"
    stood = approval.payload.get("position")
    if stood is None:
        raise NoPosition
    return stood["lat"], stood["lon"], "position"
